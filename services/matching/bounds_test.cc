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
void ExpectBounds(RowScorer<Query>& scorer, const Tree& tree, size_t segment,
                  bool other, uint32_t place, int32_t score) {
  uint32_t node = place / kBlockRows;
  for (size_t level = 0; level < tree.levels(); ++level, node /= kFanOut) {
    const HalfOpen blocks = tree.BlocksOf(level, node);
    const NodeRows rows{segment, other, blocks.first, blocks.last};
    ASSERT_GE(scorer.Bound(tree.at(level, node), rows), score)
        << "level " << level;
  }
}

// Wherever the row is looked for.
template <typename Query, typename Segment>
void ExpectBounds(RowScorer<Query>& scorer, const Segment& segment,
                  const Ranked& ranked) {
  ExpectBounds(scorer, segment.blocks, ranked.segment, false, ranked.row,
               ranked.score);
  if (!scorer.InOtherOrder() || segment.other_order.empty()) return;
  const auto found = std::find(segment.other_order.begin(),
                               segment.other_order.end(), ranked.row);
  ASSERT_NE(found, segment.other_order.end());
  const auto place = static_cast<uint32_t>(found - segment.other_order.begin());
  ExpectBounds(scorer, segment.other_blocks, ranked.segment, true, place,
               ranked.score);
}

template <typename Query>
void ExpectTrueBounds(const Query& query, Plan plan) {
  const auto ranking = Scan(query, kEverything, {});
  ASSERT_TRUE(ranking.has_value());
  RowScorer<Query> scorer(query, plan);
  OfferCursor<Query> cursor(query, plan);
  for (const Ranked& ranked : ranking->best) {
    const auto& segment = *query.view().segments[ranked.segment].segment;
    ExpectBounds(scorer, segment, ranked);
    ASSERT_GE(cursor.UpperBound(), ranked.score);
    const std::optional<Ranked> next = cursor.Next();
    ASSERT_TRUE(next.has_value());
    ASSERT_EQ(next->score, ranked.score);
    ASSERT_EQ(next->seeker, ranked.seeker);
    ASSERT_EQ(next->segment, ranked.segment);
    ASSERT_EQ(next->row, ranked.row);
  }
  EXPECT_FALSE(cursor.Next().has_value());
  EXPECT_EQ(cursor.UpperBound(), -1);
}

// Whatever way a search takes through the rows, it finds the same.
void ExpectEqualPlans(const JobQuery& query) {
  for (const size_t limit : {size_t{1}, size_t{20}, kEverything}) {
    const auto ranking = Scan(query, limit, {});
    ASSERT_TRUE(ranking.has_value());
    for (const Plan plan : {Plan::kChosen, Plan::kFirst, Plan::kOther}) {
      const auto found = Search(query, limit, {}, plan);
      ASSERT_TRUE(found.has_value());
      ASSERT_EQ(found->size(), ranking->best.size());
      for (size_t i = 0; i < found->size(); ++i) {
        ASSERT_EQ((*found)[i].score, ranking->best[i].score);
        ASSERT_EQ((*found)[i].seeker, ranking->best[i].seeker);
        ASSERT_EQ((*found)[i].segment, ranking->best[i].segment);
        ASSERT_EQ((*found)[i].row, ranking->best[i].row);
      }
    }
  }
}

void ExpectTrueBounds(const Snapshot& snapshot, const Wish& wish) {
  switch (wish.kind) {
    case type::v1::OFFER_KIND_JOB:
      ExpectTrueBounds(JobQuery(*snapshot.jobs, wish), Plan::kOther);
      return ExpectTrueBounds(JobQuery(*snapshot.jobs, wish), Plan::kFirst);
    case type::v1::OFFER_KIND_HOME:
      return ExpectTrueBounds(HomeQuery(*snapshot.homes, wish), Plan::kChosen);
    default:
      return ExpectTrueBounds(ContactQuery(*snapshot.contacts, wish),
                              Plan::kChosen);
  }
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
    distance.Losses({points.data(), nullptr, at.row, 1}, losses);
    const int64_t exact =
        query.shared().Distance(at.columns.common, at.row).OrNeutral();
    ASSERT_LE(losses[0], weight * (kOne - exact));
    ASSERT_GE(distance.UpperIn(SphereOfPoints({points[at.row]})), exact);
  }
}

// Each row that passes stays if its seeker may lose what it does, in both
// orders.
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
    const auto expect = [&](const JobPlanes& planes, uint32_t place,
                            bool other) {
      const uint32_t block = place / kBlockRows;
      SkillShares shares(query, ranked.seeker, other);
      RowFilter filter(query, ranked.seeker);
      filter.EnterNewest(at.columns.newest());
      // Whatever unit the bytes have.
      for (const int64_t budget : {loss, 2 * loss + 1, int64_t{70} * kOne}) {
        FilteredRows rows;
        filter.Filter(planes.block(block), shares.OfBlock(at.segment, block),
                      DistanceLosses(), budget, rows);
        ASSERT_LE(filter.LossOf(rows.others[place % kBlockRows]) +
                      filter.LossOf(rows.skills[place % kBlockRows]),
                  loss);
        ASSERT_NE(rows.rows >> (place % kBlockRows) & 1U, 0U);
      }
    };
    expect(at.columns.planes(), at.row, false);
    const auto& order =
        query.view().segments[ranked.segment].segment->other_order;
    const auto found = std::find(order.begin(), order.end(), at.row);
    if (found == order.end()) continue;
    expect(at.columns.other_planes(),
           static_cast<uint32_t>(found - order.begin()), true);
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
          ExpectTrueDistances(query);
          ExpectTrueFilter(query);
          ExpectEqualPlans(query);
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
    for (JobPlanes::Plane& plane : block) {
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
    JobPlanes::Plane shares;
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
    distance.Losses({&point, nullptr, 0, 1}, losses);
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
    std::vector<places::GeoPoint> points(3 * kBlockRows);
    std::vector<uint32_t> order;
    for (places::GeoPoint& one : points) {
      order.push_back(static_cast<uint32_t>(numbers() % points.size()));
      one = point(spread);
    }
    const QuickDistance distance(anchors, static_cast<int32_t>(round % 11));
    const uint32_t* const orders[] = {nullptr, order.data()};
    for (const uint32_t* const rows : orders) {
      const BlockPoints block = {points.data(), rows, kBlockRows, kBlockRows};
      DistanceLosses one;
      DistanceLosses other;
      distance.Losses(block, one);
      distance.LossesOneByOne(block, other);
      ASSERT_EQ(one, other);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Worlds, BoundsTest,
                         Values(Flavour::kUsual, Flavour::kTies,
                                Flavour::kOnePoint, Flavour::kNoMatch,
                                Flavour::kAllMatch, Flavour::kExtremes,
                                Flavour::kUnknown, Flavour::kEmpty));

}  // namespace
}  // namespace heimweg::matching::testing
