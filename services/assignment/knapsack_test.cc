#include "services/assignment/knapsack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <random>
#include <string>

#include "tests/support/sanitized.h"

namespace heimweg::assignment {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Sack {
  std::vector<int> capacities;
  std::vector<int> sizes;
  std::vector<double> profits;
  std::vector<Taking> takings;
};

Sack RandomSack(std::mt19937& random) {
  Sack sack;
  const size_t dimensions = 1 + random() % 3;
  const size_t items = 1 + random() % 14;
  for (size_t d = 0; d < dimensions; ++d) {
    sack.capacities.push_back(static_cast<int>(random() % 9));
  }
  for (size_t i = 0; i < items * dimensions; ++i) {
    sack.sizes.push_back(static_cast<int>(random() % 4));
  }
  for (size_t i = 0; i < items; ++i) {
    sack.profits.push_back(static_cast<double>(random() % 1000) / 1000 - 0.2);
    constexpr Taking kTakings[] = {Taking::kTaken, Taking::kLeft};
    sack.takings.push_back(random() % 6 > 0 ? Taking::kFree
                                            : kTakings[random() % 2]);
  }
  return sack;
}

constexpr double kNothing = -std::numeric_limits<double>::infinity();

struct Best {
  double value = kNothing;
  // By item: the best without and with it.
  std::vector<std::array<double, 2>> by_item;
};

// Tries every set.
Best TryAll(const Sack& sack) {
  const size_t dimensions = sack.capacities.size();
  const size_t items = sack.profits.size();
  Best best;
  best.by_item.assign(items, {kNothing, kNothing});
  for (uint32_t set = 0; set < 1U << items; ++set) {
    double value = 0;
    std::vector<int> use(dimensions, 0);
    bool allowed = true;
    for (size_t i = 0; i < items; ++i) {
      const bool in = (set >> i & 1U) != 0;
      allowed =
          allowed && sack.takings[i] != (in ? Taking::kLeft : Taking::kTaken);
      if (!in) continue;
      value += sack.profits[i];
      for (size_t d = 0; d < dimensions; ++d) {
        use[d] += sack.sizes[i * dimensions + d];
      }
    }
    for (size_t d = 0; d < dimensions; ++d) {
      allowed = allowed && use[d] <= sack.capacities[d];
    }
    if (!allowed) continue;
    best.value = std::max(best.value, value);
    for (size_t i = 0; i < items; ++i) {
      double& other = best.by_item[i][set >> i & 1U];
      other = std::max(other, value);
    }
  }
  return best;
}

TEST(KnapsackTest, FindsWhatTryingEverySetFinds) {
  std::mt19937 random(1);
  for (uint32_t round = 0; round < heimweg::testing::Cases(2000); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const Sack sack = RandomSack(random);
    const Best best = TryAll(sack);
    Knapsack knapsack(sack.capacities, sack.sizes);

    const double value = knapsack.Solve(sack.profits, sack.takings);

    if (best.value == kNothing) {
      EXPECT_EQ(value, kNothing);
      continue;
    }
    EXPECT_NEAR(value, best.value, 1e-9);
    double sum = 0;
    for (const int item : knapsack.chosen()) sum += sack.profits[item];
    EXPECT_NEAR(sum, value, 1e-9);
    for (size_t i = 0; i < sack.profits.size(); ++i) {
      if (sack.takings[i] != Taking::kFree) continue;
      const bool in =
          std::binary_search(knapsack.chosen().begin(), knapsack.chosen().end(),
                             static_cast<int>(i));
      EXPECT_LE(best.by_item[i][in ? 0 : 1],
                knapsack.FlipBound(static_cast<int>(i)) + 1e-9);
    }
  }
}

// So many capacities that a filling is more than a word.
TEST(KnapsackTest, FillsMoreDimensionsThanAWordHolds) {
  constexpr int kDimensions = 40;
  std::vector<int> sizes(4 * kDimensions, 0);
  sizes[0] = 1;
  sizes[kDimensions] = 1;
  sizes[2 * kDimensions - 1] = 1;
  sizes[3 * kDimensions - 1] = 1;
  sizes[3 * kDimensions + 20] = 1;
  Knapsack knapsack(std::vector<int>(kDimensions, 1), sizes);

  EXPECT_EQ(knapsack.Solve({2, 4, 3, 1}, std::vector<Taking>(4, Taking::kFree)),
            6);
  EXPECT_THAT(knapsack.chosen(), ElementsAre(0, 2, 3));
}

TEST(KnapsackTest, AnswersAgainWithOtherProfits) {
  Knapsack knapsack({2}, {1, 1, 2});
  const std::vector<Taking> free(3, Taking::kFree);

  EXPECT_EQ(knapsack.Solve({3, 2, 4}, free), 5);
  EXPECT_THAT(knapsack.chosen(), ElementsAre(0, 1));
  EXPECT_EQ(knapsack.Solve({1, 2, 4}, free), 4);
  EXPECT_THAT(knapsack.chosen(), ElementsAre(2));
  EXPECT_EQ(knapsack.Solve({-1, -2, 0}, free), 0);
  EXPECT_THAT(knapsack.chosen(), IsEmpty());
}

TEST(KnapsackTest, ARoomOfNothingTakesWhatNeedsNothing) {
  Knapsack knapsack({0, 0}, {0, 0, 1, 0});

  EXPECT_EQ(knapsack.Solve({1, 5}, {Taking::kFree, Taking::kFree}), 1);
  EXPECT_EQ(knapsack.Solve({1, 5}, {Taking::kFree, Taking::kTaken}), kNothing);
}

}  // namespace
}  // namespace heimweg::assignment
