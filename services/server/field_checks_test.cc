#include "services/server/field_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/repeated_field.h"

namespace heimweg::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> Paths(FieldChecks checks) {
  std::vector<std::string> paths;
  for (const auto& violation : std::move(checks).Take()) {
    paths.push_back(violation.field);
  }
  return paths;
}

TEST(FieldTest, SpellsPaths) {
  EXPECT_EQ(Field("title").Path(), "title");
  EXPECT_EQ(Field("place", "ags").Path(), "place.ags");
  EXPECT_EQ(Field("skills", 3).Path(), "skills[3]");
  EXPECT_EQ(Field("languages", 0, "level").Path(), "languages[0].level");
}

TEST(FieldChecksTest, AnEmptyPathIsTheMessageItself) {
  FieldChecks checks;
  FieldChecks anchor = checks.In(Field("anchors", 2));
  FieldChecks place = anchor.In("place");
  place.Add("", "is required");
  place.Add("ags", "must be 8 digits");
  EXPECT_THAT(Paths(checks),
              ElementsAre("anchors[2].place", "anchors[2].place.ags"));
}

TEST(FieldChecksTest, CountsCharactersAndNotBytes) {
  std::string umlauts;
  for (int i = 0; i < 200; ++i) umlauts += "ü";
  FieldChecks checks;
  checks.Text("a", umlauts, 200);
  checks.Text("b", umlauts + "ü", 200);
  checks.Text("c", "😀😀😀", 3);
  EXPECT_THAT(Paths(checks), ElementsAre("b"));
}

TEST(FieldChecksTest, ARequiredTextIsNotBlank) {
  FieldChecks checks;
  checks.RequiredText("a", "", 5);
  checks.RequiredText("b", " \n", 5);
  checks.RequiredText("c", "x", 5);
  checks.RequiredText("d", "xxxxxx", 5);
  EXPECT_THAT(Paths(checks), ElementsAre("a", "b", "d"));
}

TEST(FieldChecksTest, PlainTextHasNoControlCharacters) {
  FieldChecks checks;
  checks.PlainText("a", "ä ö", 5);
  checks.PlainText("b", std::string("x\0y", 3), 5);
  checks.PlainText("c", "x\n", 5);
  EXPECT_THAT(Paths(checks), ElementsAre("b", "c"));
}

TEST(FieldChecksTest, KnowsHttpUris) {
  FieldChecks checks;
  for (const char* right :
       {"", "http://x", "https://www.example.org/a?b=c#d"}) {
    checks.HttpUri("right", right, 100);
  }
  EXPECT_THAT(Paths(checks), IsEmpty());
  const std::vector<const char*> wrong = {
      "x", "ftp://x", "https://", "https:///a", "https://a b", "javascript:x"};
  for (const char* uri : wrong) checks.HttpUri("wrong", uri, 100);
  EXPECT_THAT(Paths(checks), SizeIs(wrong.size()));
}

TEST(FieldChecksTest, KnowsTheLanguagesOfIso639) {
  FieldChecks checks;
  for (const char* right : {"aa", "de", "en", "uk", "zu"}) {
    checks.Language(right, right);
  }
  for (const char* wrong : {"", "d", "DE", "xx", "ger", "ea"}) {
    checks.Language(wrong, wrong);
  }
  EXPECT_THAT(Paths(checks), ElementsAre("", "d", "DE", "xx", "ger", "ea"));
}

TEST(FieldChecksTest, ADayStandsInTheCalendar) {
  const auto check = [](int year, int month, int day) {
    type::v1::Date date;
    date.set_year(year);
    date.set_month(month);
    date.set_day(day);
    FieldChecks checks;
    checks.Day("day", date);
    return checks.ok();
  };
  EXPECT_TRUE(check(2028, 2, 29));
  EXPECT_TRUE(check(1900, 1, 1));
  EXPECT_TRUE(check(2200, 12, 31));
  EXPECT_FALSE(check(2027, 2, 29));
  EXPECT_FALSE(check(2027, 4, 31));
  EXPECT_FALSE(check(2027, 13, 1));
  EXPECT_FALSE(check(2027, 0, 1));
  EXPECT_FALSE(check(2027, 1, 0));
  EXPECT_FALSE(check(1899, 12, 31));
  EXPECT_FALSE(check(2201, 1, 1));
}

TEST(FieldChecksTest, RangesIncludeTheirEndsAndExcludeNan) {
  FieldChecks checks;
  checks.Range("a", 0.5, 0.5, 80.0);
  checks.Range("b", 80.0, 0.5, 80.0);
  checks.Range("c", 0.4, 0.5, 80.0);
  checks.Range("d", std::nan(""), 0.5, 80.0);
  checks.Range("e", std::numeric_limits<double>::infinity(), 0.5, 80.0);
  EXPECT_THAT(Paths(checks), ElementsAre("c", "d", "e"));
}

TEST(FieldChecksTest, TimesLieInTimestampsRange) {
  google::protobuf::Timestamp time;
  FieldChecks checks;
  checks.Time("a", time);
  time.set_nanos(1'000'000'000);
  checks.Time("b", time);
  time.set_nanos(0);
  time.set_seconds(253402300800);
  checks.Time("c", time);
  EXPECT_THAT(Paths(checks), ElementsAre("b", "c"));
}

TEST(FieldChecksTest, PathsGoDownIntoMessages) {
  FieldChecks checks;
  FieldChecks adult = checks.In(Field("adults", 2));
  adult.Expect(true, "id", "is right");
  adult.Expect(false, "id", "must be right");
  adult.In("salary").Range("floor_cents", 0, 1, 2);
  EXPECT_FALSE(checks.ok());
  EXPECT_THAT(Paths(checks),
              ElementsAre("adults[2].id", "adults[2].salary.floor_cents"));
}

TEST(FieldChecksTest, ViolationsFoundElsewhereAreAddedBelowThePath) {
  FieldChecks checks;
  checks.In("inline_profile").AddAll({{"pets[0]", "must be known"}});
  EXPECT_THAT(
      std::move(checks).Take(),
      ElementsAre(Violation{"inline_profile.pets[0]", "must be known"}));
}

TEST(FieldChecksTest, ValuesOfAnEnumAreKnownAndSaid) {
  FieldChecks checks;
  google::protobuf::RepeatedField<int> levels;
  levels.Add(type::v1::CEFR_LEVEL_A1);
  levels.Add(type::v1::CEFR_LEVEL_UNSPECIFIED);
  levels.Add(99);
  checks.EachKnown("levels", levels, type::v1::CefrLevel_IsValid);
  EXPECT_THAT(Paths(checks), ElementsAre("levels[1]", "levels[2]"));
}

TEST(BelowTest, PutsThePathBeforeEach) {
  EXPECT_THAT(Below("job", {{"title", "is required"}}),
              ElementsAre(Violation{"job.title", "is required"}));
}

}  // namespace
}  // namespace heimweg::server
