#include "services/assignment/room_prices.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "services/assignment/simplex.h"
#include "tests/support/sanitized.h"

namespace heimweg::assignment {
namespace {

struct Knap {
  std::vector<int> room;
  std::vector<int> sizes;
  std::vector<double> profits;
  std::vector<int> items;
};

// Some items are not asked about; some need nothing, or more than there is.
Knap MakeKnap(uint32_t seed) {
  std::mt19937 random(seed);
  Knap knap;
  const size_t rows = 1 + seed % 4;
  const int items = static_cast<int>(random() % 40);
  for (size_t d = 0; d < rows; ++d) {
    knap.room.push_back(static_cast<int>(random() % 20));
  }
  for (int i = 0; i < items; ++i) {
    for (size_t d = 0; d < rows; ++d) {
      knap.sizes.push_back(static_cast<int>(random() % 5));
    }
    // Ties, too.
    knap.profits.push_back(static_cast<double>(1 + random() % 12) / 4);
    if (random() % 4 != 0) knap.items.push_back(i);
  }
  return knap;
}

double Relaxation(const Knap& knap) {
  Simplex simplex(std::vector<double>(knap.room.begin(), knap.room.end()));
  // One that gains nothing: CLP wants an entry in the matrix.
  std::vector<Simplex::Column> columns = {{{{0, 1}}, 0, 1}};
  for (const int i : knap.items) {
    Simplex::Column column{{}, knap.profits[i], 1};
    for (size_t d = 0; d < knap.room.size(); ++d) {
      const double size = knap.sizes[i * knap.room.size() + d];
      if (size > 0) column.entries.push_back({static_cast<int>(d), size});
    }
    columns.push_back(std::move(column));
  }
  simplex.AddColumns(columns);
  EXPECT_TRUE(simplex.Solve());
  return simplex.objective();
}

double BoundAt(const Knap& knap, const std::vector<double>& prices) {
  double bound = 0;
  for (size_t d = 0; d < prices.size(); ++d) bound += prices[d] * knap.room[d];
  for (const int i : knap.items) {
    double worth = knap.profits[i];
    for (size_t d = 0; d < prices.size(); ++d) {
      worth -= prices[d] * knap.sizes[i * prices.size() + d];
    }
    bound += std::max(0.0, worth);
  }
  return bound;
}

TEST(RoomPricesTest, BoundAsCloselyAsTheRelaxation) {
  RoomPrices prices;
  for (uint32_t seed = 1; seed <= heimweg::testing::Cases(1000); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Knap knap = MakeKnap(seed);

    const std::vector<double> found =
        prices.Solve(knap.room, knap.sizes, knap.profits, knap.items);

    ASSERT_EQ(found.size(), knap.room.size());
    for (const double price : found) EXPECT_GE(price, 0);
    EXPECT_NEAR(BoundAt(knap, found), Relaxation(knap), 1e-8);
  }
}

}  // namespace
}  // namespace heimweg::assignment
