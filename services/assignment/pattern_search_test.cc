#include "services/assignment/pattern_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>
#include <string>

#include "services/assignment/placement_core.h"
#include "tests/support/sanitized.h"

namespace heimweg::assignment {
namespace {

using ::testing::ElementsAre;

// Households of one to four adults and some children, the room for nine tenths
// of them, unevenly.
PlacementProblem MakeFullPlaces(uint32_t seed, int households, int places) {
  std::mt19937 random(seed);
  PlacementProblem problem;
  problem.dimensions = {"adults", "children", "seats"};
  problem.households.resize(households);
  problem.places.resize(places);
  double total[3] = {0, 0, 0};
  for (int i = 0; i < households; ++i) {
    const double children = static_cast<double>(random() % 4);
    const double size[3] = {1 + static_cast<double>(random() % 4), children,
                            std::floor(children * 0.6)};
    for (int d = 0; d < 3; ++d) {
      problem.sizes.push_back(size[d]);
      total[d] += size[d];
    }
    for (int k = 0; k < places; ++k) {
      if (random() % 5 == 0) continue;
      problem.pairs.push_back(
          {i, k, size[0] * static_cast<double>(random() % 1000) / 1000});
    }
  }
  for (int k = 0; k < places; ++k) {
    for (const double sum : total) {
      problem.capacities.push_back(
          4 + std::floor(sum / places * (0.7 + 0.1 * (random() % 5))));
    }
  }
  return problem;
}

IntegerProgram PlainProgram(const PlacementProblem& problem) {
  CorePlacement core;
  core.problem = problem;
  std::vector<int> all(problem.pairs.size());
  std::iota(all.begin(), all.end(), 0);
  return MakePairProgram(core, all,
                         std::vector<int>(problem.households.size(), kUnplaced))
      .program;
}

PatternResult Search(const PlacementProblem& problem, absl::Time deadline) {
  const auto amounts = WholeNumbers(problem);
  EXPECT_TRUE(amounts.has_value());
  return SearchPatterns(
      problem, *amounts, std::vector<double>(problem.households.size(), 0),
      std::vector<int>(problem.households.size(), kUnplaced), 1e-8, deadline);
}

TEST(PatternSearchTest, FindsWhatThePlainProgrammeFinds) {
  for (uint32_t seed = 1; seed <= heimweg::testing::Cases(40); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const PlacementProblem problem =
        MakeFullPlaces(seed, 12 + static_cast<int>(seed % 10), 4);
    const IntegerSolution plain = SolveInteger(PlainProgram(problem), {});
    ASSERT_EQ(plain.status, IntegerSolution::Status::kOptimal);

    const PatternResult found = Search(problem, absl::InfiniteFuture());

    EXPECT_TRUE(CheckPlacement(problem, found.place_of).ok());
    const double objective = PlacementObjective(problem, found.place_of);
    EXPECT_NEAR(objective, plain.objective, 1e-6);
    EXPECT_GE(found.bound, objective);
    EXPECT_LE(found.bound, objective * (1 + 1e-7));
  }
}

TEST(PatternSearchTest, ADeadlineLeavesATrueBound) {
  for (uint32_t seed = 1; seed <= heimweg::testing::Cases(20); ++seed) {
    const PlacementProblem problem = MakeFullPlaces(seed, 30, 5);
    const PatternResult best = Search(problem, absl::InfiniteFuture());
    const double optimum = PlacementObjective(problem, best.place_of);

    for (const int milliseconds : {0, 2, 5, 10, 20}) {
      const PatternResult found =
          Search(problem, absl::Now() + absl::Milliseconds(milliseconds));

      EXPECT_TRUE(CheckPlacement(problem, found.place_of).ok());
      EXPECT_GE(found.bound, optimum * (1 - 1e-9)) << "seed " << seed;
      EXPECT_LE(PlacementObjective(problem, found.place_of),
                optimum * (1 + 1e-7));
    }
  }
}

// Two threads bound nodes and learn from them.
TEST(PatternSearchTest, IsTheSameWhicheverThreadIsFaster) {
  for (uint32_t seed = 1; seed <= heimweg::testing::Cases(5); ++seed) {
    const PlacementProblem problem = MakeFullPlaces(seed, 30, 5);

    const PatternResult once = Search(problem, absl::InfiniteFuture());
    const PatternResult again = Search(problem, absl::InfiniteFuture());

    EXPECT_EQ(once.place_of, again.place_of) << "seed " << seed;
    EXPECT_EQ(once.bound, again.bound) << "seed " << seed;
  }
}

TEST(PatternSearchTest, EqualWeightsFillThePlaces) {
  PlacementProblem problem;
  problem.dimensions = {"adults"};
  problem.places = {"p", "q", "closed"};
  problem.capacities = {3, 2, 0};
  for (int i = 0; i < 6; ++i) {
    problem.households.push_back(std::to_string(i));
    problem.sizes.push_back(1);
    for (int k = 0; k < 2; ++k) problem.pairs.push_back({i, k, 1});
  }

  const PatternResult found = Search(problem, absl::InfiniteFuture());

  EXPECT_EQ(PlacementObjective(problem, found.place_of), 5);
  EXPECT_NEAR(found.bound, 5, 1e-6);
}

TEST(WholeNumbersTest, KnowsHalvesAndQuarters) {
  PlacementProblem problem;
  problem.dimensions = {"rooms", "adults"};
  problem.households = {"a", "b"};
  problem.places = {"p"};
  problem.sizes = {1.5, 1, 2, 3};
  problem.capacities = {3.25, 2.9};

  const auto amounts = WholeNumbers(problem);

  ASSERT_TRUE(amounts.has_value());
  EXPECT_THAT(amounts->sizes, ElementsAre(3, 1, 4, 3));
  // Six half rooms; no third adult.
  EXPECT_THAT(amounts->capacities, ElementsAre(6, 2));
}

TEST(WholeNumbersTest, LeavesOtherAmountsAlone) {
  PlacementProblem problem;
  problem.dimensions = {"money"};
  problem.households = {"a", "b"};
  problem.places = {"p"};
  problem.capacities = {1};
  problem.sizes = {0.12345, 0.5};
  EXPECT_FALSE(WholeNumbers(problem).has_value());
  // Too many fillings.
  problem.sizes = {1'000'000, 900'000};
  problem.dimensions = {"money", "more"};
  problem.sizes = {300'000, 300'000, 700'000, 700'000};
  problem.capacities = {500'000, 500'000};
  EXPECT_FALSE(WholeNumbers(problem).has_value());
  problem = PlacementProblem();
  problem.households = {"a"};
  EXPECT_FALSE(WholeNumbers(problem).has_value());
}

}  // namespace
}  // namespace heimweg::assignment
