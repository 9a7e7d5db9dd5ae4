#include "services/matching/wish.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/matching/relaxed_limit.h"
#include "services/matching/terms.h"
#include "services/matching/weights.h"
#include "services/server/errors.h"
#include "tests/support/status_matchers.h"

namespace heimweg::matching {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::ElementsAre;

profiles::v1::Profile AWishingProfile() {
  profiles::v1::Profile profile;
  profiles::v1::Adult& adult = *profile.add_adults();
  adult.set_id("a");
  adult.set_seeks_job(true);
  return profile;
}

Question AQuestion() {
  Question question;
  question.kind = type::v1::OFFER_KIND_JOB;
  question.profile_path = "inline_profile";
  return question;
}

std::vector<std::string> WrongFields(const Question& question,
                                     const profiles::v1::Profile& profile) {
  const auto wish = CompileWish(question, profile, absl::UnixEpoch());
  EXPECT_THAT(wish.status(), StatusIs(absl::StatusCode::kInvalidArgument));
  std::vector<std::string> fields;
  for (const server::Violation& violation :
       server::ViolationsOf(wish.status())) {
    fields.push_back(violation.field);
  }
  return fields;
}

TEST(WishTest, AllWrongFieldsAreNamedAtOnce) {
  profiles::v1::Profile profile = AWishingProfile();
  profile.add_anchors()->set_id("home");
  Question question = AQuestion();
  question.ags_prefixes = {"12", "x"};
  question.networks = {"networks/-"};
  question.adult = "b";
  question.weights.set_people(11);
  EXPECT_THAT(WrongFields(question, profile),
              ElementsAre("inline_profile.anchors[0].place", "ags_prefixes[1]",
                          "networks[0]", "weights.people", "adult"));
}

TEST(WishTest, AnEvaluationTimeIsInWholeSeconds) {
  Question question = AQuestion();
  question.evaluation_time.emplace();
  question.evaluation_time->set_nanos(1);
  EXPECT_THAT(WrongFields(question, AWishingProfile()),
              ElementsAre("evaluation_time"));
}

TEST(WishTest, AKindIsRequired) {
  Question question = AQuestion();
  question.kind = type::v1::OFFER_KIND_UNSPECIFIED;
  EXPECT_THAT(WrongFields(question, AWishingProfile()), ElementsAre("kind"));
  v1::ExplainMatchRequest request;
  request.set_offer("jobs/1");
  EXPECT_THAT(WrongFields(QuestionOf(request), AWishingProfile()),
              ElementsAre("offer"));
}

TEST(WishTest, JobsNeedAnAdultWhoSeeksOne) {
  profiles::v1::Profile profile = AWishingProfile();
  profile.mutable_adults(0)->set_seeks_job(false);
  EXPECT_THAT(CompileWish(AQuestion(), profile, absl::UnixEpoch()),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST(WishTest, WeightsOfTheRequestWinOverTheProfilesAndTheStandard) {
  profiles::v1::Profile profile = AWishingProfile();
  profile.mutable_weights()->set_skills(1);
  profile.mutable_weights()->set_hours(1);
  Question question = AQuestion();
  question.weights.set_hours(0);
  const auto wish = CompileWish(question, profile, absl::UnixEpoch());
  ASSERT_THAT(wish, IsOk());
  EXPECT_EQ(wish->weights.occupation(), 6);
  EXPECT_EQ(wish->weights.skills(), 1);
  EXPECT_EQ(wish->weights.hours(), 0);
  for (const WeightRule& rule : WeightRules()) {
    EXPECT_TRUE((wish->weights.*rule.has)()) << rule.field;
  }
}

TEST(WishTest, NamesSayTheirKind) {
  EXPECT_EQ(KindOfName("networks/a/jobs/b"), type::v1::OFFER_KIND_JOB);
  EXPECT_EQ(KindOfName("networks/a/homes/b"), type::v1::OFFER_KIND_HOME);
  EXPECT_EQ(KindOfName("networks/a/contacts/b"), type::v1::OFFER_KIND_CONTACT);
  for (const char* name : {"", "networks/a/jobs", "networks/a/jobs/",
                           "networks/a/dogs/b", "x/a/jobs/b"}) {
    EXPECT_EQ(KindOfName(name), type::v1::OFFER_KIND_UNSPECIFIED) << name;
  }
}

TEST(PayTest, MonthsAndYearsAreTurnedIntoHours) {
  const Pay month{390'000, jobs::v1::SALARY_PERIOD_MONTH, 0};
  EXPECT_EQ(month.Hourly(), 2307);  // 3,900 euros x 12 / (52 x 39 hours)
  const Pay year{4'680'000, jobs::v1::SALARY_PERIOD_YEAR, 39 * 60};
  EXPECT_EQ(year.Hourly(), 2307);
  const Pay half{195'000, jobs::v1::SALARY_PERIOD_MONTH, 39 * 30};
  EXPECT_EQ(half.Hourly(), 2307);
  const Pay hour{2'307, jobs::v1::SALARY_PERIOD_HOUR, 60};
  EXPECT_EQ(hour.Hourly(), 2307);
}

TEST(PayTest, TheGreatestPayForAnHourlyOneIsExact) {
  for (const int32_t minutes : {0, 30, 1'170, 4'800}) {
    for (int64_t hourly = 1; hourly < 20'000; hourly += 97) {
      Pay pay{0, jobs::v1::SALARY_PERIOD_MONTH, minutes};
      pay.cents = pay.GreatestFor(hourly);
      ASSERT_LE(pay.Hourly(), hourly);
      ++pay.cents;
      ASSERT_GT(pay.Hourly(), hourly);
    }
  }
}

TEST(RelaxedLimitTest, StepsAreThirdsTenthsRoomsHoursAndDays) {
  Wish wish;
  wish.kind = type::v1::OFFER_KIND_HOME;
  wish.latest_day = 0;
  wish.home.max_rent_cents = 90'000;
  wish.home.min_room_halves = 5;
  Anchor anchor;
  anchor.id = "p";
  anchor.limit = Anchor::Limit::kRadius;
  anchor.radius_m = 25'000;
  wish.anchors = {anchor};
  anchor.limit = Anchor::Limit::kMinutes;
  anchor.minutes = 500;
  wish.anchors.push_back(anchor);
  std::vector<std::string> steps;
  for (const RelaxedLimit& limit : RelaxedLimits(wish)) {
    steps.push_back(limit.text.from() + " > " + limit.text.to() + " " +
                    limit.text.unit());
  }
  EXPECT_THAT(
      steps, ElementsAre("25 > 33.4 km", "25 > 41.7 km",
                         "500 > 600 minutes",  // no field holds more
                         "1970-01-01 > 1970-04-01 ", "1970-01-01 > 1970-06-30 ",
                         "90000 > 99000 cents", "90000 > 108000 cents",
                         "2.5 > 1.5 rooms"));
}

// The euro sign keeps a text from the fast way.
TEST(FoldCaseTest, LettersOfWesternEuropeAreFoldedAsAllOthers) {
  for (int low = 0x80; low <= 0xBF; ++low) {
    const std::string letter = {'\xC3', static_cast<char>(low)};
    for (const std::string& text : {letter, "A" + letter + "z", letter + letter,
                                    letter + "\xCC\x88", letter + "\xC3"}) {
      EXPECT_EQ(FoldCase(text) + "\u20AC", FoldCase(text + "\u20AC")) << low;
    }
  }
}

TEST(FoldCaseTest, CaseIsFoldedAsUnicodeDoes) {
  EXPECT_EQ(FoldCase("GRÖSSE"), FoldCase("größe"));
  EXPECT_EQ(FoldCase("C++"), "c++");
  // O with a combining diaeresis.
  EXPECT_EQ(FoldCase("O\xCC\x88l"), FoldCase("Öl"));
  EXPECT_EQ(FoldCase("\xFF"
                     "A"),
            "\xFF"
            "a");
}

}  // namespace
}  // namespace heimweg::matching
