// Property tests of what homes and contacts are turned down by: in random
// worlds no offer that passes loses less than is said, and most of what it
// loses is said.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <random>

#include "absl/time/time.h"
#include "services/matching/contact_losses.h"
#include "services/matching/home_losses.h"
#include "services/matching/index.h"
#include "services/matching/plane_losses.h"
#include "services/matching/quick_distance.h"
#include "services/matching/scan.h"
#include "services/matching/testing/populate.h"
#include "services/matching/testing/world.h"
#include "services/matching/wish.h"
#include "tests/support/status_matchers.h"

namespace heimweg::matching::testing {
namespace {

using ::heimweg::testing::IsOk;

constexpr uint64_t kLossWorlds = 12;
constexpr int kWishes = 12;
constexpr int kRows = 300;
constexpr size_t kAllOfThem = 1'000'000;

struct Losses {
  int64_t said = 0;
  int64_t exact = 0;
};

template <typename Query>
void ExpectTrueLosses(const Query& query, Losses& all) {
  const auto ranking = Scan(query, kAllOfThem, {});
  ASSERT_TRUE(ranking.has_value());
  const auto weights = WeightsOf(query.wish(), Query::kFeatures);
  typename Query::Losses losses(query);
  for (const Ranked& ranked : ranking->best) {
    const auto at = RowOf(query.view(), ranked.segment, ranked.row);
    const auto values = query.Features(at, ranked.seeker);
    int64_t exact = 0;
    for (size_t i = 0; i < weights.size(); ++i) {
      if (Query::kFeatures[i] == v1::FEATURE_DISTANCE) continue;
      exact += int64_t{weights[i]} * (kOne - values[i].OrNeutral());
    }
    losses.EnterNewest(at.columns.newest());
    const auto& block = at.columns.planes().block(at.row / kBlockRows);
    const uint32_t place = at.row % kBlockRows;
    const int64_t said = losses.Of(block, place);
    ASSERT_LE(said, exact);
    // Whatever unit the bytes have.
    for (const int64_t budget : {exact, 2 * exact + 1, int64_t{70} * kOne}) {
      losses.Fit(budget);
      ASSERT_NE(losses.Filter(block, exact) >> place & 1U, 0U);
    }
    ASSERT_EQ(losses.Filter(block, -1), 0U);
    all.said += said;
    all.exact += exact;
  }
}

void ExpectTrueLosses(const Snapshot& snapshot, const Wish& wish, Losses& homes,
                      Losses& contacts) {
  if (wish.kind == type::v1::OFFER_KIND_HOME) {
    return ExpectTrueLosses(HomeQuery(*snapshot.homes, wish), homes);
  }
  ExpectTrueLosses(ContactQuery(*snapshot.contacts, wish), contacts);
}

class QuickLossesTest : public ::testing::TestWithParam<Flavour> {};

TEST_P(QuickLossesTest, NoOfferLosesLessAndMostOfItIsSaid) {
  constexpr int64_t kPercent = 100;
  constexpr int64_t kMostlySaid = 80;
  Losses homes;
  Losses contacts;
  for (uint64_t seed = 0; seed < kLossWorlds; ++seed) {
    WorldMaker maker(seed, GetParam());
    Index index({false, 64});
    World world;
    PopulateAll(maker, kRows, index, world);
    for (int i = 0; i < kWishes; ++i) {
      const v1::RankOffersRequest request = maker.Request(
          i % 2 == 0 ? type::v1::OFFER_KIND_HOME : type::v1::OFFER_KIND_CONTACT,
          maker.Profile(kRows));
      const auto wish = CompileWish(
          QuestionOf(request), request.inline_profile(), absl::UnixEpoch());
      ASSERT_THAT(wish, IsOk());
      ExpectTrueLosses(index.snapshot(), *wish, homes, contacts);
      if (HasFatalFailure()) FAIL() << request.DebugString();
    }
  }
  EXPECT_GE(kPercent * homes.said, kMostlySaid * homes.exact)
      << homes.said << " of " << homes.exact;
  EXPECT_GE(kPercent * contacts.said, kMostlySaid * contacts.exact)
      << contacts.said << " of " << contacts.exact;
}

INSTANTIATE_TEST_SUITE_P(Worlds, QuickLossesTest,
                         ::testing::Values(Flavour::kUsual, Flavour::kTies,
                                           Flavour::kExtremes,
                                           Flavour::kUnknown));

TEST(PlaneLossesTest, TheProcessorsWayGivesWhatOneByOneGives) {
  std::mt19937 numbers(1);
  const auto fill = [&](auto& bytes, uint32_t greatest) {
    for (uint8_t& byte : bytes) {
      byte = static_cast<uint8_t>(numbers() % (greatest + 1));
    }
  };
  for (int round = 0; round < 2'000; ++round) {
    BytePlane plane;
    fill(plane, 255);
    std::array<int32_t, 256> unscaled{};
    const size_t from = numbers() % unscaled.size();
    for (size_t i = from; i < unscaled.size(); ++i) {
      unscaled[i] = static_cast<int32_t>(numbers() % (INT32_MAX / 2));
    }
    LossUnit unit;
    ASSERT_TRUE(unit.Fit(static_cast<int64_t>(1 + numbers() % INT32_MAX)));
    ScaledLosses table;
    table.Scale(unscaled, unit);
    HalfTables halves;
    PointLosses points;
    for (ByteTable* one : {&halves.low, &halves.high, &points.by_points}) {
      fill(*one, numbers() % 256);
      std::copy_n(one->begin(), one->size() / 2,
                  one->begin() + one->size() / 2);
    }
    points.unsaid = static_cast<uint8_t>(numbers());
    LossSums sums;
    fill(sums, numbers() % 256);
    LossSums one = sums;
    LossSums other = sums;
    AddLosses(plane, table, one);
    AddLossesOneByOne(plane, table, other);
    ASSERT_EQ(one, other);
    AddHalves(plane, halves, one);
    AddHalvesOneByOne(plane, halves, other);
    ASSERT_EQ(one, other);
    AddByPoints(sums, plane, points, one);
    AddByPointsOneByOne(sums, plane, points, other);
    ASSERT_EQ(one, other);
    const auto most = static_cast<uint8_t>(numbers() % 255);
    ASSERT_EQ(RowsAtMost(one, most), RowsAtMostOneByOne(one, most));
  }
}

TEST(RowsWithinTest, AreThoseThatLoseNoMoreAndDoNotFail) {
  std::mt19937 numbers(1);
  for (int round = 0; round < 1'000; ++round) {
    DistanceLosses losses;
    for (int32_t& loss : losses) {
      loss = static_cast<int32_t>(numbers() % (QuickDistance::kFails + 1)) >>
             (numbers() % 30);
      if (numbers() % 8 == 0) loss = QuickDistance::kFails;
    }
    const int64_t most =
        static_cast<int64_t>(numbers() % (QuickDistance::kFails + 1)) * 4 >>
        (numbers() % 30);
    uint64_t within = 0;
    for (size_t place = 0; place < losses.size(); ++place) {
      if (losses[place] <= most && losses[place] != QuickDistance::kFails) {
        within |= uint64_t{1} << place;
      }
    }
    ASSERT_EQ(RowsWithin(losses, most), within);
    ASSERT_EQ(RowsWithin(losses, -1 - most), 0U);
  }
}

}  // namespace
}  // namespace heimweg::matching::testing
