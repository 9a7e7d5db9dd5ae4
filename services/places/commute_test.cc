#include "services/places/commute.h"

#include <gtest/gtest.h>

#include <random>

#include "services/places/distance.h"

namespace heimweg::places {
namespace {

constexpr CommuteMode kModes[] = {CommuteMode::kCar, CommuteMode::kTransit,
                                  CommuteMode::kBicycle, CommuteMode::kWalk};

TEST(CommuteTest, TypicalWaysTakeTypicalTimes) {
  EXPECT_EQ(CommuteMinutes(0, CommuteMode::kCar), 3);
  EXPECT_EQ(CommuteMinutes(10'000, CommuteMode::kCar), 20);
  EXPECT_EQ(CommuteMinutes(30'000, CommuteMode::kCar), 42);
  EXPECT_EQ(CommuteMinutes(10'000, CommuteMode::kTransit), 45);
  EXPECT_EQ(CommuteMinutes(5'000, CommuteMode::kBicycle), 27);
  EXPECT_EQ(CommuteMinutes(1'000, CommuteMode::kWalk), 16);
}

TEST(CommuteTest, AnyStartedMinuteCounts) {
  // 1,250 m of route at 4.8 km/h are 15 min 37.5 s.
  EXPECT_EQ(CommuteMinutes(1'000, CommuteMode::kWalk), 16);
  // 1,200 m of route are exactly 15 min.
  EXPECT_EQ(CommuteMinutes(960, CommuteMode::kWalk), 15);
  EXPECT_EQ(CommuteMinutes(961, CommuteMode::kWalk), 16);
}

TEST(CommuteTest, MinutesNeverFallWithTheDistance) {
  for (CommuteMode mode : kModes) {
    for (int32_t distance_m = 0; distance_m < 300'000; ++distance_m) {
      ASSERT_LE(CommuteMinutes(distance_m, mode),
                CommuteMinutes(distance_m + 1, mode));
    }
  }
}

TEST(CommuteTest, ReachIsTheGreatestDistanceWithinTheMinutes) {
  for (CommuteMode mode : kModes) {
    for (int32_t minutes = CommuteMinutes(0, mode); minutes <= 300; ++minutes) {
      const int32_t reach_m = ReachMeters(minutes, mode);
      ASSERT_LE(CommuteMinutes(reach_m, mode), minutes);
      ASSERT_GT(CommuteMinutes(reach_m + 1, mode), minutes);
    }
  }
}

TEST(CommuteTest, NothingIsInReachOfLessThanTheAccessTime) {
  EXPECT_EQ(ReachMeters(15, CommuteMode::kTransit), -1);
  EXPECT_EQ(ReachMeters(-1, CommuteMode::kWalk), -1);
  EXPECT_EQ(ReachMeters(0, CommuteMode::kWalk), 0);
}

TEST(CommuteTest, TheReachEndsAtTheOtherSideOfTheEarth) {
  EXPECT_EQ(ReachMeters(10'000'000, CommuteMode::kWalk), kMaxDistanceMeters);
}

TEST(CommuteTest, DistancesOffTheScaleCountAsTheNearerEnd) {
  EXPECT_EQ(CommuteMinutes(-5, CommuteMode::kCar),
            CommuteMinutes(0, CommuteMode::kCar));
  EXPECT_EQ(CommuteMinutes(INT32_MAX, CommuteMode::kCar),
            CommuteMinutes(kMaxDistanceMeters, CommuteMode::kCar));
}

}  // namespace
}  // namespace heimweg::places
