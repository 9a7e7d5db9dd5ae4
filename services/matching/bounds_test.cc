// Property tests of the bounds: in random worlds no offer that passes has more
// than the bound of its block, nor any block more than the groups above it, and
// a cursor gives all offers in the order of a scan.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

#include "services/matching/features/distance.h"
#include "services/matching/filter_rows.h"
#include "services/matching/index.h"
#include "services/matching/search.h"
#include "services/matching/skill_shares.h"
#include "services/matching/testing/esco_world.h"
#include "services/matching/testing/populate.h"
#include "services/matching/testing/same_as_scan.h"
#include "services/matching/testing/world.h"
#include "services/matching/wish.h"
#include "tests/support/status_matchers.h"

namespace heimweg::matching::testing {
namespace {

using ::heimweg::testing::IsOk;
using ::testing::Values;

constexpr uint64_t kWorlds = 12;
constexpr int kQueries = 6;
constexpr int kOffers = 300;
constexpr size_t kEverything = 1'000'000;

// Blocks of many kinds, in trees of more than one level.
constexpr IndexOptions kSomeMerges = {false, 64};

// The nodes above a place in an order, and its block, have at least this bound.
template <typename Query, typename Tree>
void ExpectBounds(RowScorer<Query>& scorer, const Tree& tree, uint32_t place,
                  int32_t score) {
  uint32_t node = place / kBlockRows;
  for (size_t level = 0; level < tree.levels(); ++level, node /= kFanOut) {
    typename RowScorer<Query>::OfSiblings found;
    scorer.Look(tree.siblings(level, node), found);
    ASSERT_GE(scorer.Bound(tree.at(level, node), found, node % kFanOut), score)
        << "level " << level;
  }
}

template <typename Query>
void ExpectTrueBounds(const Query& query) {
  const auto ranking = Scan(query, kEverything, {});
  ASSERT_TRUE(ranking.has_value());
  RowScorer<Query> scorer(query);
  for (const Ranked& ranked : ranking->best) {
    const auto& segment = *query.view().segments[ranked.segment].segment;
    ExpectBounds(scorer, segment.blocks, ranked.row, ranked.score);
  }
  // Whether it ends early or goes through all.
  for (const size_t limit : {size_t{1}, size_t{20}, kEverything}) {
    ExpectSameAsScan(query, limit);
  }
}

void ExpectTrueBounds(const Snapshot& snapshot, const Wish& wish) {
  switch (wish.kind) {
    case type::v1::OFFER_KIND_JOB:
      return ExpectTrueBounds(JobQuery(*snapshot.jobs, wish));
    case type::v1::OFFER_KIND_HOME:
      return ExpectTrueBounds(HomeQuery(*snapshot.homes, wish));
    default:
      return ExpectTrueBounds(ContactQuery(*snapshot.contacts, wish));
  }
}

// By either way, which say the same.
void FindUppers(const QuickDistance& distance, const EightSpheres& spheres,
                QuickDistance::Uppers& uppers) {
  distance.UppersIn(spheres, uppers);
  QuickDistance::Uppers one_by_one;
  distance.UppersOneByOne(spheres, one_by_one);
  ASSERT_EQ(uppers, one_by_one);
}

// What is said of the place of a row that passes, wherever it stands.
void ExpectTrueDistances(const JobQuery& query) {
  constexpr size_t kDistance = 4;
  const auto ranking = Scan(query, kEverything, {});
  ASSERT_TRUE(ranking.has_value());
  const int64_t weight =
      WeightsOf(query.wish(), JobQuery::kFeatures)[kDistance];
  const QuickDistance distance(query.wish().anchors,
                               static_cast<int32_t>(weight));
  for (const Ranked& ranked : ranking->best) {
    const auto at = RowOf(query.view(), ranked.segment, ranked.row);
    const auto& points = at.columns.common.point;
    // A job that may be done anywhere passes wherever it is.
    if (!IsKnown(points[at.row]) ||
        AreaConstraint(query.wish().anchors, points[at.row]) ==
            Outcome::kFailed) {
      continue;
    }
    DistanceLosses losses;
    distance.Losses({&points[at.row], 1}, losses);
    const int64_t exact =
        query.shared().Distance(at.columns.common, at.row).OrNeutral();
    ASSERT_LE(losses[0], weight * (kOne - exact));
    EightSpheres spheres;
    const size_t some = at.row % EightSpheres::kCount;
    spheres.Set(some, SphereOfPoints({points[at.row]}));
    QuickDistance::Uppers uppers;
    FindUppers(distance, spheres, uppers);
    for (size_t i = 0; i < uppers.size(); ++i) {
      if (i == some) {
        ASSERT_GE(uppers[i], exact);
      } else {
        ASSERT_EQ(uppers[i], -1);
      }
    }
  }
}

// Spheres of more and more points, from one on, are never farther than a point
// of theirs.
void ExpectTrueSpheres(const JobQuery& query) {
  const QuickDistance distance(query.wish().anchors, 1);
  for (const auto& segment : query.view().segments) {
    const absl::Span<const places::GeoPoint> points =
        segment.segment->columns.common.point;
    EightSpheres spheres;
    for (size_t i = 0; i < EightSpheres::kCount; ++i) {
      spheres.Set(i, SphereOfPoints(points.first(points.size() >> i)));
    }
    QuickDistance::Uppers uppers;
    FindUppers(distance, spheres, uppers);
    for (size_t row = 0; row < points.size(); ++row) {
      if (!IsKnown(points[row]) ||
          AreaConstraint(query.wish().anchors, points[row]) ==
              Outcome::kFailed) {
        continue;
      }
      const int64_t exact =
          DistanceFeature(query.wish().anchors, points[row]).OrNeutral();
      for (size_t i = 0; i < uppers.size() && row < points.size() >> i; ++i) {
        ASSERT_GE(uppers[i], exact);
      }
    }
  }
}

// Each row that passes stays if its seeker may lose what it does.
void ExpectTrueFilter(const JobQuery& query) {
  const auto ranking = Scan(query, kEverything, {});
  ASSERT_TRUE(ranking.has_value());
  const auto weights = WeightsOf(query.wish(), JobQuery::kFeatures);
  constexpr size_t kDistance = 4;
  for (const Ranked& ranked : ranking->best) {
    const auto at = RowOf(query.view(), ranked.segment, ranked.row);
    const auto values = query.Features(at, ranked.seeker);
    int64_t loss = 0;
    for (size_t i = 0; i < weights.size(); ++i) {
      if (i == kDistance) continue;
      loss += int64_t{weights[i]} * (kOne - values[i].OrNeutral());
    }
    const uint32_t block = at.row / kBlockRows;
    const uint32_t in_block = at.row % kBlockRows;
    SkillShares shares(query, ranked.seeker);
    RowFilter filter(query, ranked.seeker);
    filter.EnterNewest(at.columns.newest());
    // Whatever unit the bytes have.
    for (const int64_t budget : {loss, 2 * loss + 1, int64_t{70} * kOne}) {
      FilteredRows rows;
      filter.Filter(at.columns.planes().block(block),
                    shares.Of(at.segment, block).shares, DistanceLosses(),
                    budget, rows);
      ASSERT_LE(filter.LossOf(rows.others[in_block]) +
                    filter.LossOf(rows.skills[in_block]),
                loss);
      ASSERT_NE(rows.rows >> in_block & 1U, 0U);
    }
  }
}

class BoundsTest : public ::testing::TestWithParam<Flavour> {};

TEST_P(BoundsTest, NoOfferHasMoreThanItsBlock) {
  const auto taxonomy = EngineTaxonomy(SmallEsco());
  for (uint64_t seed = 0; seed < kWorlds; ++seed) {
    WorldMaker maker(seed, GetParam());
    Index index(kSomeMerges,
                seed % 2 == 1 ? taxonomy : std::make_shared<const Taxonomy>());
    World world;
    PopulateAll(maker, GetParam() == Flavour::kEmpty ? 0 : kOffers, index,
                world);
    for (const type::v1::OfferKind kind :
         {type::v1::OFFER_KIND_JOB, type::v1::OFFER_KIND_HOME,
          type::v1::OFFER_KIND_CONTACT}) {
      for (int i = 0; i < kQueries; ++i) {
        const v1::RankOffersRequest request =
            maker.Request(kind, maker.Profile(kOffers));
        const auto wish = CompileWish(
            QuestionOf(request), request.inline_profile(), absl::UnixEpoch());
        ASSERT_THAT(wish, IsOk());
        ExpectTrueBounds(index.snapshot(), *wish);
        if (kind == type::v1::OFFER_KIND_JOB) {
          const Snapshot snapshot = index.snapshot();
          const JobQuery query(*snapshot.jobs, *wish);
          ExpectTrueSpheres(query);
          ExpectTrueDistances(query);
          ExpectTrueFilter(query);
        }
        if (HasFatalFailure()) FAIL() << request.DebugString();
      }
    }
  }
}

// Random bytes, tables and budgets.
TEST(RowFilterTest, TheProcessorsWayGivesWhatOneByOneGives) {
  std::mt19937 numbers(1);
  for (int round = 0; round < 2'000; ++round) {
    JobPlanes::Block block;
    for (BytePlane& plane : block) {
      for (uint8_t& byte : plane) byte = static_cast<uint8_t>(numbers());
    }
    RowTables tables;
    const uint32_t greatest = 1 + numbers() % 256;
    const auto fill = [&](ByteTable& table) {
      for (size_t i = 0; i < HalfBytes::kCount; ++i) {
        table[i] = table[i + HalfBytes::kCount] =
            static_cast<uint8_t>(numbers() % greatest);
      }
    };
    for (ByteTable& table : tables.losses) fill(table);
    tables.share_loss = static_cast<uint16_t>(numbers() % (INT16_MAX + 1));
    BytePlane shares;
    for (uint8_t& share : shares) share = static_cast<uint8_t>(numbers());
    tables.shift = static_cast<int>(numbers() % 20);
    DistanceLosses distances;
    for (int32_t& loss : distances) {
      loss = static_cast<int32_t>(numbers() % (QuickDistance::kFails + 1)) >>
             (numbers() % 16);
    }
    const auto most = static_cast<uint8_t>(numbers() % 255);
    FilteredRows one;
    FilteredRows other;
    FilterRows(block, shares.data(), distances, tables, most, one);
    FilterRowsOneByOne(block, shares.data(), distances, tables, most, other);
    ASSERT_EQ(one.others, other.others);
    ASSERT_EQ(one.skills, other.skills);
    ASSERT_EQ(one.rows, other.rows);
  }
}

// From metres to the other side of the Earth, and where steps meet.
TEST(QuickDistanceTest, IsNeverLessThanTheValueAndHardlyMore) {
  Anchor anchor;
  anchor.point = places::ToGeoPoint({50, 8});
  anchor.limit = Anchor::Limit::kRadius;
  anchor.radius_m = 60'000;
  anchor.chord_within = ChordWithinRadius(anchor.radius_m);
  const std::vector<Anchor> anchors = {anchor};
  const QuickDistance distance(anchors, 1);
  for (double degrees = 0.0001; degrees < 170; degrees *= 1.003) {
    const places::GeoPoint point = places::ToGeoPoint({50, 8 + degrees});
    DistanceLosses losses;
    distance.Losses({&point, 1}, losses);
    const bool inside = AreaConstraint(anchors, point) != Outcome::kFailed;
    const int32_t exact = DistanceFeature(anchors, point).OrNeutral();
    if (inside) {
      ASSERT_LE(losses[0], kOne - exact) << degrees;
      ASSERT_GE(losses[0], kOne - exact - kOne / 20) << degrees;
    } else if (DistanceFeature(anchors, point).OrNeutral() < kOne / 10) {
      ASSERT_EQ(losses[0], QuickDistance::kFails) << degrees;
    }
  }
}

// Points all over the Earth and near each other, limits of all kinds.
TEST(QuickDistanceTest, TheProcessorsWayGivesWhatOneByOneGives) {
  std::mt19937 numbers(1);
  const auto point = [&](double spread) {
    const auto part = [&] {
      return (static_cast<double>(numbers() % 2'001) / 1'000 - 1) * spread;
    };
    return places::ToGeoPoint({45 * part(), 90 * part()});
  };
  for (int round = 0; round < 500; ++round) {
    const double spread = round % 2 == 0 ? 1 : 0.01;
    std::vector<Anchor> anchors(numbers() % 4);
    for (Anchor& anchor : anchors) {
      anchor.point = point(spread);
      anchor.weight = static_cast<int32_t>(numbers() % 5);
      anchor.required = numbers() % 2 == 0;
      if (numbers() % 3 == 0) continue;
      anchor.limit = Anchor::Limit::kRadius;
      anchor.radius_m = static_cast<int32_t>(1 + numbers() % 200'000);
      anchor.chord_within = ChordWithinRadius(anchor.radius_m);
    }
    std::vector<places::GeoPoint> points(kBlockRows);
    for (places::GeoPoint& one : points) one = point(spread);
    const QuickDistance distance(anchors, static_cast<int32_t>(round % 11));
    DistanceLosses one;
    DistanceLosses other;
    distance.Losses({points.data(), kBlockRows}, one);
    distance.LossesOneByOne({points.data(), kBlockRows}, other);
    ASSERT_EQ(one, other);
  }
}

INSTANTIATE_TEST_SUITE_P(Worlds, BoundsTest,
                         Values(Flavour::kUsual, Flavour::kTies,
                                Flavour::kOnePoint, Flavour::kNoMatch,
                                Flavour::kAllMatch, Flavour::kExtremes,
                                Flavour::kUnknown, Flavour::kEmpty));

}  // namespace
}  // namespace heimweg::matching::testing
