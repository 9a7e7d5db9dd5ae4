#include "services/assignment/online.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace heimweg::assignment {
namespace {

using ::testing::ElementsAre;

// One place with room for one; first comes somebody of little weight, then
// three of much.
PlacementProblem FewThenMuch() {
  PlacementProblem problem;
  problem.households = {"little", "much", "more", "most"};
  problem.places = {"p"};
  problem.dimensions = {"adults"};
  problem.sizes = {1, 1, 1, 1};
  problem.capacities = {1};
  problem.pairs = {{0, 0, 1}, {1, 0, 10}, {2, 0, 10}, {3, 0, 10}};
  return problem;
}

TEST(OnlineTest, KeepsRoomForThoseWhoMayStillCome) {
  const PlacementProblem problem = FewThenMuch();
  PlacementProblem past = problem;
  past.pairs[0].weight = 10;

  const auto online = PlaceOnline(problem, past, {});

  ASSERT_TRUE(online.ok()) << online.status();
  EXPECT_THAT(online->place_of,
              ElementsAre(kUnplaced, 0, kUnplaced, kUnplaced));
  EXPECT_EQ(online->objective, 10);
  EXPECT_THAT(PlaceGreedily(problem).place_of,
              ElementsAre(0, kUnplaced, kUnplaced, kUnplaced));
}

// The past knows nobody of weight; those who came already show that they exist.
TEST(OnlineTest, LearnsFromThoseWhoCame) {
  PlacementProblem problem;
  problem.places = {"p"};
  problem.dimensions = {"adults"};
  problem.capacities = {4};
  PlacementProblem past = problem;
  past.households = {"little"};
  past.sizes = {1};
  past.pairs = {{0, 0, 1}};
  for (const double weight : {10, 10, 10, 1, 10, 10, 10, 10}) {
    const int household = static_cast<int>(problem.households.size());
    problem.households.push_back(std::to_string(household));
    problem.sizes.push_back(1);
    problem.pairs.push_back({household, 0, weight});
  }

  const auto online = PlaceOnline(problem, past, {});

  ASSERT_TRUE(online.ok()) << online.status();
  EXPECT_THAT(online->place_of, ElementsAre(0, 0, 0, kUnplaced, 0, kUnplaced,
                                            kUnplaced, kUnplaced));
  EXPECT_EQ(online->objective, 40);
}

TEST(OnlineTest, IsFeasibleRepeatableAndBetterThanGreedyOnTheWhole) {
  double online_sum = 0;
  double greedy_sum = 0;
  for (uint32_t seed = 1; seed <= 5; ++seed) {
    std::mt19937 random(seed);
    PlacementProblem both[2];
    for (PlacementProblem& problem : both) {
      problem.places = {"a", "b", "c"};
      problem.dimensions = {"adults"};
      problem.capacities = {20, 20, 20};
      for (int i = 0; i < 60; ++i) {
        problem.households.push_back(std::to_string(i));
        problem.sizes.push_back(1 + static_cast<double>(random() % 2));
        for (int k = 0; k < 3; ++k) {
          problem.pairs.push_back(
              {i, k, static_cast<double>(random() % 1000) * (3 - k)});
        }
      }
    }

    const auto online = PlaceOnline(both[0], both[1], {});
    const auto again = PlaceOnline(both[0], both[1], {});

    ASSERT_TRUE(online.ok() && again.ok());
    EXPECT_EQ(online->place_of, again->place_of);
    EXPECT_TRUE(CheckPlacement(both[0], online->place_of).ok());
    online_sum += online->objective;
    greedy_sum += PlaceGreedily(both[0]).objective;
  }
  EXPECT_GT(online_sum, greedy_sum);
}

TEST(OnlineTest, RefusesAPastOfOtherPlaces) {
  PlacementProblem past = FewThenMuch();
  past.places = {"q"};

  EXPECT_EQ(PlaceOnline(FewThenMuch(), past, {}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace heimweg::assignment
