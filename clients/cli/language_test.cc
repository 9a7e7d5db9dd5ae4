#include "clients/cli/language.h"

#include <gmock/gmock.h>

#include <limits>

namespace heimweg::cli {
namespace {

constexpr Language kEn = Language::kEnglish;
constexpr Language kDe = Language::kGerman;

TEST(Language, FollowsTheLocale) {
  EXPECT_EQ(LanguageOfLocale("de_DE.UTF-8"), kDe);
  EXPECT_EQ(LanguageOfLocale("de"), kDe);
  EXPECT_EQ(LanguageOfLocale("del_US"), kEn);
  EXPECT_EQ(LanguageOfLocale("C"), kEn);
  EXPECT_EQ(LanguageOfLocale(""), kEn);
}

TEST(Language, WritesNumbersAsEachLanguageDoes) {
  EXPECT_EQ(FormatNumber(1234567.5, 2, kEn), "1,234,567.50");
  EXPECT_EQ(FormatNumber(1234567.5, 2, kDe), "1.234.567,50");
  EXPECT_EQ(FormatNumber(-0.05, 1, kEn), "-0.1");
  EXPECT_EQ(FormatCount(999, kDe), "999");
  EXPECT_EQ(FormatCount(1000, kDe), "1.000");
  EXPECT_EQ(FormatCount(std::numeric_limits<int64_t>::min(), kEn),
            "-9,223,372,036,854,775,808");
}

TEST(Language, WritesMoneyAsEachLanguageDoes) {
  EXPECT_EQ(FormatCents(123450, kEn), "€1,234.50");
  EXPECT_EQ(FormatCents(123450, kDe), "1.234,50 €");
  EXPECT_EQ(FormatCents(5, kDe), "0,05 €");
  EXPECT_EQ(FormatCents(-5, kEn), "-€0.05");
}

TEST(Language, WritesDaysAsEachLanguageDoes) {
  EXPECT_EQ(FormatDay("2027-08-31", kEn), "2027-08-31");
  EXPECT_EQ(FormatDay("2027-08-31", kDe), "31.08.2027");
  EXPECT_EQ(FormatDay("soon", kDe), "soon");
}

TEST(Language, ShowsAScoreOf100OnlyIfItIsPerfect) {
  EXPECT_EQ(FormatScore(1'000'000, kEn), "100.0");
  EXPECT_EQ(FormatScore(999'999, kEn), "99.9");
  EXPECT_EQ(FormatScore(873'456, kDe), "87,3");
  EXPECT_EQ(FormatScore(0, kEn), "0.0");
}

}  // namespace
}  // namespace heimweg::cli
