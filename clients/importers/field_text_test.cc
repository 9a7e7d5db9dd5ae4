#include "clients/importers/field_text.h"

#include <gmock/gmock.h>

#include <map>
#include <string>

namespace heimweg::importers {
namespace {

using ::testing::Optional;

TEST(ParseDecimal, ReadsWhatGermansAndMachinesWrite) {
  for (const auto& [text, value] :
       std::map<std::string, double>{{"390.00", 390},
                                     {"390,50", 390.5},
                                     {"1.234,50", 1234.5},
                                     {"1,234.50", 1234.5},
                                     {"1.234.567", 1234567},
                                     {"12 500", 12500},
                                     {"119'000.00", 119000},
                                     {"68.5 m\u00b2", 68.5},
                                     {"\u20ac 450", 450},
                                     {"450,- ", 450},
                                     {"450 EUR", 450},
                                     {"0.125", 0.125},
                                     {"-3", -3}}) {
    EXPECT_THAT(ParseDecimal(text), Optional(value)) << text;
  }
  EXPECT_THAT(ParseDecimal("1.234", '.'), Optional(1.234));
  EXPECT_THAT(ParseDecimal("1.234", ','), Optional(1234));
  EXPECT_THAT(ParseDecimal("1,234", ','), Optional(1.234));
}

TEST(ParseDecimal, GuessesNothing) {
  for (const char* text : {"", "auf Anfrage", "450 bis 500", "1.23.4", "4a",
                           "1,2,3", "--5", ".", "1.2345.678", "nan", "1e9"}) {
    EXPECT_EQ(ParseDecimal(text), std::nullopt) << text;
  }
}

TEST(ParseCents, Rounds) {
  EXPECT_THAT(ParseCents("375.005"), Optional(37501));
  EXPECT_EQ(ParseCents("-1"), std::nullopt);
  EXPECT_EQ(ParseCents("99999999999999"), std::nullopt);
}

TEST(ParseDate, KnowsDaysThatExist) {
  EXPECT_EQ(ParseDate("2026-05-01")->day(), 1);
  EXPECT_EQ(ParseDate("2026-05-01T10:00:00")->month(), 5);
  EXPECT_EQ(ParseDate("1.5.2026")->month(), 5);
  for (const char* text : {"", "2026-02-30", "31.04.2026", "sofort", "1.5.26",
                           "2026", "20260501", "2026-05-01x"}) {
    EXPECT_FALSE(ParseDate(text).has_value()) << text;
  }
}

TEST(ParseMoment, TakesOffsetsAndTheZone) {
  const absl::TimeZone berlin = Berlin();
  const absl::Time time = absl::FromUnixSeconds(1774602000);
  EXPECT_EQ(ParseMoment("2026-03-27T10:00:00", berlin), time);
  EXPECT_EQ(ParseMoment("2026-03-27T10:00:00.5+01:00", berlin),
            time + absl::Milliseconds(500));
  EXPECT_EQ(ParseMoment("2026-03-27T09:00:00Z", berlin), time);
  EXPECT_EQ(ParseMoment("2026-03-27T10:00", berlin), time);
  EXPECT_EQ(ParseMoment("Fri, 27 Mar 2026 10:00:00 +0100", berlin), time);
  EXPECT_EQ(ParseMoment("yesterday", berlin), std::nullopt);
}

TEST(ParseAnswer, SaysNothingWhereNothingIsSaid) {
  EXPECT_EQ(ParseAnswer(" Ja "), type::v1::ANSWER_YES);
  EXPECT_EQ(ParseAnswer("0"), type::v1::ANSWER_NO);
  EXPECT_EQ(ParseAnswer("nach Vereinbarung"), type::v1::ANSWER_UNSPECIFIED);
}

TEST(ParsePostcode, PutsTheLostZeroBackAndSaysSo) {
  bool repaired = false;
  EXPECT_THAT(ParsePostcode(" 04910 ", repaired),
              Optional(std::string("04910")));
  EXPECT_FALSE(repaired);
  EXPECT_THAT(ParsePostcode("4910", repaired), Optional(std::string("04910")));
  EXPECT_TRUE(repaired);
  EXPECT_THAT(ParsePostcode("D-04910", repaired),
              Optional(std::string("04910")));
  EXPECT_TRUE(repaired);
  EXPECT_EQ(ParsePostcode("910", repaired), std::nullopt);
  EXPECT_EQ(ParsePostcode("PL-59900", repaired), std::nullopt);
}

TEST(Texts, LoseControlCharactersAndAreCutBetweenCharacters) {
  EXPECT_EQ(OneLine(" a\t\n b\x01 "), "a b");
  EXPECT_EQ(ManyLines("a  \r\n\n\n\nb\x01"), "a\n\nb");
  std::string text = "\u00e4\u00f6\u00fc";
  EXPECT_TRUE(CutTo(2, text));
  EXPECT_EQ(text, "\u00e4\u00f6");
  EXPECT_FALSE(CutTo(2, text));
}

}  // namespace
}  // namespace heimweg::importers
