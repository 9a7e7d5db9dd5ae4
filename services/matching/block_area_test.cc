#include "services/matching/block_area.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "services/matching/constraints/shared.h"
#include "services/matching/relaxed_limit.h"
#include "services/matching/sphere.h"
#include "services/places/distance.h"

namespace heimweg::matching {
namespace {

// What a household may ask for, and places near each other, block by block.
struct Asked {
  explicit Asked(std::mt19937& numbers) : numbers_(numbers) {
    wish.anchors.resize(1 + numbers_() % 3);
    for (Anchor& anchor : wish.anchors) {
      anchor.point = places::ToGeoPoint(Near({51, 10}, 2));
      anchor.required = numbers_() % 3 == 0;
      if (numbers_() % 4 == 0) continue;
      anchor.limit = Anchor::Limit::kRadius;
      anchor.radius_m = static_cast<int32_t>(1'000 + numbers_() % 200'000);
      anchor.chord_within = ChordWithinRadius(anchor.radius_m);
    }
    limits = RelaxedLimits(wish);
    for (std::vector<places::GeoPoint>& points : blocks) {
      const places::LatLng middle = Near({51, 10}, 3);
      points.resize(1 + numbers_() % 64);
      for (auto& point : points) point = places::ToGeoPoint(Near(middle, 0.3));
    }
  }

  SiblingSpheres Siblings() const {
    SiblingSpheres siblings;
    for (size_t i = 0; i < blocks.size(); ++i) {
      siblings.spheres.Set(i, SphereOfPoints(blocks[i]));
    }
    return siblings;
  }
  bool AllFail(size_t block, AnchorLimit relaxed) const {
    for (const places::GeoPoint point : blocks[block]) {
      if (AreaConstraint(wish.anchors, point, relaxed) != Outcome::kFailed) {
        return false;
      }
    }
    return true;
  }
  bool AllFailRelaxed(size_t block) const {
    for (const RelaxedLimit& limit : limits) {
      if (!AllFail(block, limit.area)) return false;
    }
    return AllFail(block, {});
  }

  Wish wish;
  std::vector<RelaxedLimit> limits;
  std::array<std::vector<places::GeoPoint>, kFanOut> blocks;

 private:
  places::LatLng Near(places::LatLng middle, double degrees) {
    const auto part = [&] {
      return (static_cast<double>(numbers_() % 2'001) / 1'000 - 1) * degrees;
    };
    return {middle.lat_deg + part(), middle.lng_deg + part()};
  }

  std::mt19937& numbers_;
};

TEST(BlockAreaTest, WhatItSaysIsOutsideIsAndItSaysSoOfMost) {
  std::mt19937 numbers(1);
  int outside = 0;
  int said = 0;
  int beyond = 0;
  int said_beyond = 0;
  for (int round = 0; round < 2'000; ++round) {
    const Asked asked(numbers);
    const OutsideBlocks found =
        BlockArea(asked.wish, asked.limits).Of(asked.Siblings());
    for (uint32_t block = 0; block < kFanOut; ++block) {
      const bool fails = asked.AllFail(block, {});
      const bool fails_relaxed = asked.AllFailRelaxed(block);
      ASSERT_LE(found.IsOutside(block), fails);
      ASSERT_LE(found.IsBeyond(block), fails_relaxed);
      outside += static_cast<int>(fails);
      said += static_cast<int>(found.IsOutside(block));
      beyond += static_cast<int>(fails_relaxed);
      said_beyond += static_cast<int>(found.IsBeyond(block));
    }
  }
  EXPECT_GT(said, outside * 9 / 10);
  EXPECT_GT(said_beyond, beyond * 9 / 10);
  EXPECT_GT(said, said_beyond);
}

TEST(BlockAreaTest, SaysNothingOfAPlaceThatIsNotKnownNorOfNoRow) {
  std::mt19937 numbers(2);
  Asked asked(numbers);
  asked.wish.anchors.resize(1);
  asked.wish.anchors[0].limit = Anchor::Limit::kRadius;
  asked.wish.anchors[0].chord_within = 0;
  const std::vector<RelaxedLimit> no_limits;
  const BlockArea area(asked.wish, no_limits);
  SiblingSpheres siblings = asked.Siblings();
  ASSERT_EQ(area.Of(siblings).now, UINT8_MAX);
  siblings.unplaced = 1U << 2U;
  siblings.spheres.Set(5, Sphere());
  EXPECT_EQ(area.Of(siblings).now, UINT8_MAX & ~(1U << 2U) & ~(1U << 5U));
}

}  // namespace
}  // namespace heimweg::matching
