#include "services/assignment/placement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

#include "absl/time/clock.h"
#include "tests/support/sanitized.h"

namespace heimweg::assignment {
namespace {

using ::testing::ElementsAre;

PlacementProblem RandomProblem(uint32_t seed, int households, int places) {
  std::mt19937 random(seed);
  PlacementProblem problem;
  problem.dimensions = {"adults", "children"};
  problem.households.resize(households);
  problem.places.resize(places);
  double total[2] = {0, 0};
  for (int i = 0; i < households; ++i) {
    for (double& sum : total) {
      problem.sizes.push_back(static_cast<double>(random() % 4));
      sum += problem.sizes.back();
    }
    for (int k = 0; k < places; ++k) {
      if (random() % 5 == 0) continue;
      problem.pairs.push_back(
          {i, k, static_cast<double>(random() % 1000) / 1000 - 0.05});
    }
  }
  for (int k = 0; k < places; ++k) {
    for (const double sum : total) {
      problem.capacities.push_back(std::floor(sum / places * 0.9));
    }
  }
  return problem;
}

// Tries everything: the best objective, or nothing if no assignment keeps the
// locks and the floor.
std::optional<double> BruteForce(const PlacementProblem& problem,
                                 const PlacementOptions& options) {
  std::vector<int> place_of(problem.households.size(), kUnplaced);
  std::optional<double> best;
  const auto judge = [&] {
    for (const PlacementLock& lock : options.locks) {
      if (place_of[lock.household] != lock.place) return;
    }
    if (!CheckPlacement(problem, place_of).ok()) return;
    if (options.floor.has_value()) {
      double sum = 0;
      for (size_t i = 0; i < problem.pairs.size(); ++i) {
        const PlacementPair& pair = problem.pairs[i];
        if (place_of[pair.household] == pair.place) {
          sum += options.floor->weights[i];
        }
      }
      if (sum < options.floor->least) return;
    }
    const double value = PlacementObjective(problem, place_of);
    if (!best.has_value() || value > *best) best = value;
  };
  const std::function<void(size_t)> place = [&](size_t household) {
    if (household == place_of.size()) return judge();
    const int places = static_cast<int>(problem.places.size());
    for (int k = kUnplaced; k < places; ++k) {
      place_of[household] = k;
      place(household + 1);
    }
  };
  place(0);
  return best;
}

TEST(PlacementTest, FindsWhatTryingEverythingFinds) {
  for (uint32_t seed = 1; seed <= heimweg::testing::Cases(30); ++seed) {
    const PlacementProblem problem = RandomProblem(seed, 7, 3);

    const auto placement = SolvePlacement(problem, {});

    ASSERT_TRUE(placement.ok()) << placement.status();
    EXPECT_EQ(placement->status, PlacementStatus::kOptimal) << seed;
    EXPECT_NEAR(placement->objective, *BruteForce(problem, {}), 1e-9) << seed;
    EXPECT_TRUE(CheckPlacement(problem, placement->place_of).ok()) << seed;
    EXPECT_NEAR(placement->objective,
                PlacementObjective(problem, placement->place_of), 1e-9);
    EXPECT_LE(placement->gap, 1e-6) << seed;
  }
}

TEST(PlacementTest, KeepsLocks) {
  for (uint32_t seed = 1; seed <= heimweg::testing::Cases(15); ++seed) {
    const PlacementProblem problem = RandomProblem(seed, 7, 3);
    PlacementOptions options;
    options.locks = {{0, 1}, {1, kUnplaced}};

    const auto placement = SolvePlacement(problem, options);

    ASSERT_TRUE(placement.ok()) << placement.status();
    const auto expected = BruteForce(problem, options);
    if (!expected.has_value()) {
      EXPECT_EQ(placement->status, PlacementStatus::kInfeasible) << seed;
      continue;
    }
    EXPECT_EQ(placement->status, PlacementStatus::kOptimal) << seed;
    EXPECT_NEAR(placement->objective, *expected, 1e-9) << seed;
    EXPECT_EQ(placement->place_of[0], 1);
    EXPECT_EQ(placement->place_of[1], kUnplaced);
  }
}

TEST(PlacementTest, KeepsAFloorOnOtherWeights) {
  for (uint32_t seed = 1; seed <= heimweg::testing::Cases(15); ++seed) {
    const PlacementProblem outcome = RandomProblem(seed, 7, 3);
    const auto best = SolvePlacement(outcome, {});
    ASSERT_TRUE(best.ok());
    PlacementProblem wishes = outcome;
    PlacementOptions options;
    options.floor.emplace();
    options.floor->least = 0.9 * best->objective;
    std::mt19937 random(seed);
    for (PlacementPair& pair : wishes.pairs) {
      options.floor->weights.push_back(pair.weight);
      pair.weight = static_cast<double>(random() % 10);
    }
    options.start = best->place_of;

    const auto placement = SolvePlacement(wishes, options);

    ASSERT_TRUE(placement.ok()) << placement.status();
    EXPECT_EQ(placement->status, PlacementStatus::kOptimal) << seed;
    EXPECT_NEAR(placement->objective, *BruteForce(wishes, options), 1e-9)
        << seed;
    EXPECT_GE(PlacementObjective(outcome, placement->place_of),
              options.floor->least - 1e-9);
  }
}

TEST(PlacementTest, AFloorAboveTheBestIsInfeasible) {
  const PlacementProblem problem = RandomProblem(1, 7, 3);
  PlacementOptions options;
  options.floor.emplace();
  options.floor->least = 1000;
  options.floor->weights.assign(problem.pairs.size(), 1);

  const auto placement = SolvePlacement(problem, options);

  ASSERT_TRUE(placement.ok()) << placement.status();
  EXPECT_EQ(placement->status, PlacementStatus::kInfeasible);
}

TEST(PlacementTest, TakesNobodyWherePairsOrRoomAreMissing) {
  PlacementProblem problem;
  problem.households = {"a", "b"};
  problem.places = {"p"};
  problem.dimensions = {"adults"};
  problem.sizes = {2, 1};
  problem.capacities = {1};
  problem.pairs = {{0, 0, 5}};

  const auto placement = SolvePlacement(problem, {});

  ASSERT_TRUE(placement.ok()) << placement.status();
  EXPECT_EQ(placement->status, PlacementStatus::kOptimal);
  EXPECT_EQ(placement->objective, 0);
  EXPECT_THAT(placement->place_of, ElementsAre(kUnplaced, kUnplaced));
}

// Two places of nothing, then one household that is too large for each, then
// nobody who may go anywhere: all are proven at once, and take nobody.
TEST(PlacementTest, ProvesThatNothingCanBeDone) {
  PlacementProblem problem;
  problem.households = {"a", "b"};
  problem.places = {"p", "q"};
  problem.dimensions = {"adults", "seats"};
  problem.sizes = {2, 1, 1, 0};
  problem.capacities = {0, 0, 0, 0};
  problem.pairs = {{0, 0, 5}, {0, 1, 5}, {1, 0, 1}};
  PlacementProblem large = problem;
  large.capacities = {1, 9, 9, 0};
  large.pairs = {{0, 0, 5}, {0, 1, 5}};
  PlacementProblem alone = large;
  alone.pairs.clear();
  for (const PlacementProblem& each : {problem, large, alone}) {
    const auto placement = SolvePlacement(each, {});

    ASSERT_TRUE(placement.ok()) << placement.status();
    EXPECT_EQ(placement->status, PlacementStatus::kOptimal);
    EXPECT_EQ(placement->objective, 0);
    EXPECT_EQ(placement->gap, 0);
    EXPECT_THAT(placement->place_of, ElementsAre(kUnplaced, kUnplaced));
  }
}

TEST(PlacementTest, WhatNeedsNoRoomGoesWhereItIsWorthMost) {
  PlacementProblem problem;
  problem.households = {"a", "b"};
  problem.places = {"p", "q"};
  problem.dimensions = {"seats"};
  problem.sizes = {0, 0};
  problem.capacities = {0, 0};
  problem.pairs = {{0, 0, 1}, {0, 1, 2}, {1, 0, 3}, {1, 1, 3}};

  const auto placement = SolvePlacement(problem, {});

  ASSERT_TRUE(placement.ok()) << placement.status();
  EXPECT_EQ(placement->status, PlacementStatus::kOptimal);
  EXPECT_EQ(placement->objective, 5);
}

// As many of the same as fit, whoever they are; and amounts that are no whole
// numbers take the other way to the same result.
TEST(PlacementTest, EqualWeightsAreProven) {
  for (const double unit : {1.0, 0.123}) {
    PlacementProblem problem;
    problem.places = {"p", "q", "r"};
    problem.dimensions = {"adults"};
    problem.capacities = {10 * unit, 10 * unit, 10 * unit};
    for (int i = 0; i < 40; ++i) {
      problem.households.push_back("h");
      problem.sizes.push_back(unit);
      for (int k = 0; k < 3; ++k) problem.pairs.push_back({i, k, 1});
    }

    const auto placement = SolvePlacement(problem, {});

    ASSERT_TRUE(placement.ok()) << placement.status();
    EXPECT_EQ(placement->status, PlacementStatus::kOptimal) << unit;
    EXPECT_EQ(placement->objective, 30) << unit;
  }
}

TEST(PlacementTest, KeepsTheTimeLimit) {
  const PlacementProblem problem = RandomProblem(3, 200, 20);
  PlacementOptions options;
  options.time_limit = absl::Milliseconds(300);

  const absl::Time begin = absl::Now();
  const auto placement = SolvePlacement(problem, options);

  ASSERT_TRUE(placement.ok()) << placement.status();
  // Generous: the machine may be busy.
  EXPECT_LT(absl::Now() - begin, absl::Seconds(10));
  EXPECT_TRUE(CheckPlacement(problem, placement->place_of).ok());
  EXPECT_GT(placement->objective, 0);
  EXPECT_GE(placement->bound, placement->objective);
}

TEST(PlacementTest, AnEmptyProblemIsOptimal) {
  const auto placement = SolvePlacement({}, {});

  ASSERT_TRUE(placement.ok()) << placement.status();
  EXPECT_EQ(placement->status, PlacementStatus::kOptimal);
}

TEST(PlacementTest, RefusesWhatIsNotWellFormed) {
  PlacementProblem problem = RandomProblem(1, 3, 2);
  problem.pairs.push_back(problem.pairs[0]);
  EXPECT_EQ(SolvePlacement(problem, {}).status().code(),
            absl::StatusCode::kInvalidArgument);
  problem = RandomProblem(1, 3, 2);
  problem.sizes[0] = -1;
  EXPECT_EQ(SolvePlacement(problem, {}).status().code(),
            absl::StatusCode::kInvalidArgument);
  problem = RandomProblem(1, 3, 2);
  PlacementOptions options;
  options.locks = {{5, 0}};
  EXPECT_EQ(SolvePlacement(problem, options).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace heimweg::assignment
