// Every feature at the ends of its range, at its steps, and unknown.
#include <gtest/gtest.h>

#include <cmath>
#include <optional>

#include "services/matching/exp_table.h"
#include "services/matching/features/dates.h"
#include "services/matching/features/distance.h"
#include "services/matching/features/equipment.h"
#include "services/matching/features/freshness.h"
#include "services/matching/features/hours.h"
#include "services/matching/features/occupation.h"
#include "services/matching/features/people.h"
#include "services/matching/features/price.h"
#include "services/matching/features/salary.h"
#include "services/matching/features/skills.h"
#include "services/matching/features/space.h"
#include "services/matching/occupation_code.h"

namespace heimweg::matching {
namespace {

constexpr FeatureValue kUnknown;
constexpr FeatureValue kFull(kOne);
constexpr FeatureValue kNothing(0);

TEST(ExpTableTest, EveryValueIsTheNearestMillionthOrTheNextToIt) {
  for (int64_t x = 0; x <= 17'000'000; x += 37) {
    const double exact = std::exp(-static_cast<double>(x) / 1e6) * 1e6;
    ASSERT_NEAR(ExpMillionths(x), exact, 0.51) << x;
  }
}

TEST(ExpTableTest, ItNeverRises) {
  int32_t before = ExpMillionths(0);
  for (int64_t x = 1; x <= 17'000'000; ++x) {
    const int32_t value = ExpMillionths(x);
    ASSERT_LE(value, before) << x;
    before = value;
  }
  EXPECT_EQ(before, 0);
  EXPECT_EQ(ExpMillionths(INT64_MAX), 0);
  EXPECT_EQ(ExpMillionths(-1), kOne);
}

TEST(OccupationTest, TheLadderFollowsTheSharedLeadingDigits) {
  const auto value = [](const char* wished, const char* offered) {
    OccupationPair pair;
    pair.codes = true;
    pair.common_digits =
        CommonDigits(OccupationCode::Of(wished), OccupationCode::Of(offered));
    return OccupationFeature(pair);
  };
  EXPECT_EQ(value("81302", "81302"), kFull);
  EXPECT_EQ(value("81302", "81303"), FeatureValue(850'000));
  EXPECT_EQ(value("81302", "81312"), FeatureValue(600'000));
  EXPECT_EQ(value("81302", "81402"), FeatureValue(350'000));
  EXPECT_EQ(value("81302", "82302"), kNothing);
  EXPECT_EQ(value("81", "81302"), FeatureValue(350'000));
  EXPECT_EQ(value("00000", "00"), FeatureValue(350'000));
}

TEST(OccupationTest, WhatCannotBeComparedIsUnknown) {
  EXPECT_EQ(OccupationFeature({}), kUnknown);
  EXPECT_EQ(OccupationFeature({false, true, 0, false}), kNothing);
  EXPECT_EQ(OccupationFeature({false, true, 0, true}), kFull);
}

TEST(OccupationTest, OnlyTwoToFiveDigitsAreACode) {
  for (const char* text : {"", "8", "813021", "8130x", "81 02"}) {
    EXPECT_EQ(OccupationCode::Of(text).length, 0U) << text;
  }
  EXPECT_EQ(OccupationCode::Of("0123").Text(), "0123");
}

TEST(SkillsTest, TheShareIsRoundedDownAndUnknownIfOneSideIsSilent) {
  EXPECT_EQ(SkillsFeature(true, 1, 3), FeatureValue(333'333));
  EXPECT_EQ(SkillsFeature(true, 0, 3), kNothing);
  EXPECT_EQ(SkillsFeature(true, 0, 0), kUnknown);
  EXPECT_EQ(SkillsFeature(false, 0, 3), kUnknown);
}

TEST(HoursTest, TheShareOfTheOfferedRangeCounts) {
  EXPECT_EQ(HoursFeature({1200, 1800}, {1200, 1800}), kFull);
  EXPECT_EQ(HoursFeature({1200, 1800}, {1500, 2100}), FeatureValue(500'000));
  EXPECT_EQ(HoursFeature({1200, 1800}, {1800, 1800}), kFull);
  EXPECT_EQ(HoursFeature({1200, 1800}, {2400, 2400}), kNothing);
  EXPECT_EQ(HoursFeature({1200, 1800}, {1900, 2400}), kNothing);
  EXPECT_EQ(HoursFeature({0, 0}, {1200, 1800}), kUnknown);
  EXPECT_EQ(HoursFeature({1200, 1800}, {0, 0}), kUnknown);
}

TEST(SalaryTest, TheFloorIsAHalfAndOneAndAHalfTimesItIsAll) {
  EXPECT_EQ(SalaryFeature(2000, 2000), FeatureValue(500'000));
  EXPECT_EQ(SalaryFeature(2000, 3000), kFull);
  EXPECT_EQ(SalaryFeature(2000, 9000), kFull);
  EXPECT_EQ(SalaryFeature(2000, 1000), kNothing);
  EXPECT_EQ(SalaryFeature(2000, 10), kNothing);
  EXPECT_EQ(SalaryFeature(0, 0), kNothing);
  EXPECT_EQ(SalaryFeature(-1, 2000), kUnknown);
  EXPECT_EQ(SalaryFeature(2000, -1), kUnknown);
}

Anchor AnchorAt(double latitude, int32_t weight) {
  Anchor anchor;
  anchor.point = places::ToGeoPoint({latitude, 13});
  anchor.weight = weight;
  return anchor;
}

TEST(DistanceTest, EachKindOfLimitHasItsScale) {
  Anchor anchor = AnchorAt(51, 5);
  EXPECT_EQ(AnchorFeature(anchor, 0), kFull);
  EXPECT_EQ(AnchorFeature(anchor, 50'000), FeatureValue(367'879));
  anchor.limit = Anchor::Limit::kRadius;
  anchor.radius_m = 30'000;
  EXPECT_EQ(AnchorFeature(anchor, 15'000), FeatureValue(367'879));
  anchor.limit = Anchor::Limit::kMinutes;
  anchor.minutes = 2 * places::CommuteMinutes(10'000, anchor.mode);
  EXPECT_EQ(AnchorFeature(anchor, 10'000), FeatureValue(367'879));
}

TEST(DistanceTest, AnchorsCountByTheirWeight) {
  const places::GeoPoint here = places::ToGeoPoint({51, 13});
  const std::vector<Anchor> anchors = {AnchorAt(51, 3), AnchorAt(-51, 1)};
  EXPECT_EQ(DistanceFeature(anchors, here), FeatureValue(750'000));
  EXPECT_EQ(DistanceFeature(std::vector<Anchor>{AnchorAt(51, 0)}, here),
            kUnknown);
  EXPECT_EQ(DistanceFeature(std::vector<Anchor>{}, here), kUnknown);
}

TEST(DistanceTest, TheRemoteShareClosesPartOfTheGap) {
  EXPECT_EQ(WithRemoteShare(FeatureValue(200'000), 50), FeatureValue(600'000));
  EXPECT_EQ(WithRemoteShare(FeatureValue(200'000), 0), FeatureValue(200'000));
  EXPECT_EQ(WithRemoteShare(kUnknown, 99), kUnknown);
  EXPECT_EQ(WithRemoteShare(kUnknown, 100), kFull);
}

TEST(DatesTest, JobsFitInsideTheWindowAndHomesAlsoBefore) {
  const ReturnDays window{100, 200};
  EXPECT_EQ(JobDateFeature(window, 100), kFull);
  EXPECT_EQ(JobDateFeature(window, 200), kFull);
  EXPECT_EQ(JobDateFeature(window, 10), FeatureValue(367'879));
  EXPECT_EQ(JobDateFeature(window, 290), FeatureValue(367'879));
  EXPECT_EQ(HomeDateFeature(window, 10), kFull);
  EXPECT_EQ(HomeDateFeature(window, 290), FeatureValue(367'879));
  EXPECT_EQ(JobDateFeature(window, kNoDay), kUnknown);
  EXPECT_EQ(HomeDateFeature({100, std::nullopt}, 90'000), kFull);
}

TEST(DatesTest, TheNextEventIsTheBest) {
  const int64_t now = 1'000'000'000;
  const auto start = static_cast<uint32_t>(now + kEventDecaySeconds);
  EXPECT_EQ(EventDateFeature({start, start, false}, now),
            FeatureValue(367'879));
  EXPECT_EQ(EventDateFeature({1, static_cast<uint32_t>(now), false}, now),
            kFull);
  EXPECT_EQ(EventDateFeature({}, now), kUnknown);
  EXPECT_EQ(EventDateFeature({1, 2, true}, now), kUnknown);
}

TEST(PriceTest, HalfTheBudgetIsBestAndTheBudgetAThird) {
  EXPECT_EQ(PriceFeature(100'000, 50'000), kFull);
  EXPECT_EQ(PriceFeature(100'000, 0), kFull);
  EXPECT_EQ(PriceFeature(100'000, 100'000), FeatureValue(333'333));
  EXPECT_EQ(PriceFeature(100'000, 125'000), kNothing);
  EXPECT_EQ(PriceFeature(100'000'000'000, 100'000'000'000),
            FeatureValue(333'333));
  EXPECT_EQ(PriceFeature(std::nullopt, 1), kUnknown);
  EXPECT_EQ(PriceFeature(1, -1), kUnknown);
}

TEST(SpaceTest, KnownPartsAreAveraged) {
  EXPECT_EQ(SpaceFeature(6, 6, std::nullopt, 8000), FeatureValue(700'000));
  EXPECT_EQ(SpaceFeature(6, 8, std::nullopt, 0), kFull);
  EXPECT_EQ(SpaceFeature(6, 1, std::nullopt, 0), kNothing);
  EXPECT_EQ(SpaceFeature(std::nullopt, 6, 8000, 6000), FeatureValue(750'000));
  EXPECT_EQ(SpaceFeature(6, 6, 8000, 8000), FeatureValue(850'000));
  EXPECT_EQ(SpaceFeature(6, 0, 8000, 0), kUnknown);
}

TEST(EquipmentTest, OnlyWhatTheHomeSpeaksOfCounts) {
  EXPECT_EQ(EquipmentFeature(0b110, 0b010, 0b100, std::nullopt, 50),
            FeatureValue(500'000));
  EXPECT_EQ(EquipmentFeature(0b110, 0b010, 0, std::nullopt, 50), kFull);
  EXPECT_EQ(EquipmentFeature(0, 0, 0, 100, 50), kNothing);
  EXPECT_EQ(EquipmentFeature(0, 0, 0, 50, 50), kFull);
  EXPECT_EQ(EquipmentFeature(0b110, 0b1000, 0, 50, -1), kUnknown);
}

TEST(PeopleTest, AHookCountsTwice) {
  EXPECT_EQ(PeopleFeature(true, 1, 0), FeatureValue(333'333));
  EXPECT_EQ(PeopleFeature(true, 0, 1), FeatureValue(666'666));
  EXPECT_EQ(PeopleFeature(true, 2, 1), kFull);
  EXPECT_EQ(PeopleFeature(true, 0, 0), kNothing);
  EXPECT_EQ(PeopleFeature(false, 0, 0), kUnknown);
}

TEST(FreshnessTest, AMonthIsWorthAThird) {
  const uint32_t fresh = 1'000'000'000;
  EXPECT_EQ(FreshnessFeature(fresh + kFreshnessDecaySeconds, fresh),
            FeatureValue(367'879));
  EXPECT_EQ(FreshnessFeature(fresh - 5, fresh), kFull);
  EXPECT_EQ(FreshnessFeature(fresh, 0), kUnknown);
}

}  // namespace
}  // namespace heimweg::matching
