#include "services/assignment/flow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <sstream>

#include "services/assignment/exposure.h"
#include "services/assignment/flow_csv.h"
#include "services/assignment/lottery.h"

namespace heimweg::assignment {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

FlowProblem RandomFlow(uint32_t seed, int people, int offers, int per_person) {
  std::mt19937 random(seed);
  FlowProblem problem;
  problem.offers_per_person = per_person;
  for (int offer = 0; offer < offers; ++offer) {
    problem.capacities.push_back(static_cast<int32_t>(random() % 3));
  }
  // Every second problem has many equal scores.
  const uint32_t scores = seed % 2 == 0 ? 5 : 1'000'001;
  for (int person = 0; person < people; ++person) {
    for (int offer = 0; offer < offers; ++offer) {
      if (random() % 3 == 0) continue;
      problem.edges.push_back({offer, static_cast<int32_t>(random() % scores)});
    }
    problem.first.push_back(static_cast<int64_t>(problem.edges.size()));
  }
  return problem;
}

int32_t PersonOf(const FlowProblem& problem, size_t edge) {
  return static_cast<int32_t>(std::upper_bound(problem.first.begin(),
                                               problem.first.end(),
                                               static_cast<int64_t>(edge)) -
                              problem.first.begin() - 1);
}

// Tries every set of edges.
int64_t BruteForce(const FlowProblem& problem) {
  std::vector<int32_t> left = problem.capacities;
  std::vector<int32_t> wanted(problem.people(), problem.offers_per_person);
  const std::function<int64_t(size_t)> best = [&](size_t edge) -> int64_t {
    if (edge == problem.edges.size()) return 0;
    int64_t total = best(edge + 1);
    const FlowEdge& taken = problem.edges[edge];
    int32_t& person = wanted[PersonOf(problem, edge)];
    int32_t& offer = left[taken.offer];
    if (person > 0 && offer > 0) {
      --person;
      --offer;
      total = std::max(total, taken.score + best(edge + 1));
      ++person;
      ++offer;
    }
    return total;
  };
  return best(0);
}

TEST(FlowTest, TheTotalIsWhatTryingEverythingFinds) {
  for (uint32_t seed = 1; seed <= 200; ++seed) {
    const int per_person = seed % 3 == 0 ? 2 : 1;
    const FlowProblem problem = RandomFlow(seed, 5, 4, per_person);

    const auto result = AssignByFlow(problem);

    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(result->total, BruteForce(problem)) << seed;
    EXPECT_TRUE(CheckOptimum(problem, *result).ok()) << seed;
  }
}

TEST(FlowTest, TheProofFailsForAnyOtherTotalOrPrices) {
  const FlowProblem problem = RandomFlow(3, 8, 4, 1);
  auto result = AssignByFlow(problem);
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_FALSE(result->chosen.empty());

  FlowResult fewer = *result;
  fewer.total -= problem.edges[fewer.chosen.back()].score;
  fewer.chosen.pop_back();
  FlowResult dearer = *result;
  for (int32_t& price : dearer.shadow_prices) price += 7;

  EXPECT_FALSE(CheckOptimum(problem, fewer).ok());
  EXPECT_FALSE(CheckOptimum(problem, dearer).ok());
}

TEST(FlowTest, DeferredAcceptanceIsStableAndNeverBetterThanTheFlow) {
  for (uint32_t seed = 1; seed <= 200; ++seed) {
    const FlowProblem problem = RandomFlow(seed, 12, 5, 1);

    const auto stable = AssignByDeferredAcceptance(problem);
    const auto best = AssignByFlow(problem);

    ASSERT_TRUE(stable.ok() && best.ok());
    EXPECT_EQ(CountBlockingPairs(problem, *stable), 0) << seed;
    EXPECT_LE(stable->total, best->total) << seed;
  }
}

TEST(FlowTest, ABlockingPairIsSeen) {
  FlowProblem problem;
  problem.capacities = {1, 1};
  // Both would rather have offer 0, and it the first person.
  problem.edges = {{0, 900}, {1, 100}, {0, 800}, {1, 100}};
  problem.first = {0, 2, 4};
  FlowResult crossed;
  crossed.chosen = {1, 2};

  EXPECT_EQ(CountBlockingPairs(problem, crossed), 1);
}

TEST(FlowTest, RefusesWhatIsNotWellFormed) {
  FlowProblem problem;
  problem.capacities = {1};
  problem.edges = {{0, 1}, {0, 2}};
  problem.first = {0, 2};
  EXPECT_EQ(AssignByFlow(problem).status().code(),
            absl::StatusCode::kInvalidArgument);
  problem.edges = {{0, 1'000'001}};
  problem.first = {0, 1};
  EXPECT_EQ(AssignByFlow(problem).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(FlowTest, NobodyAndNothingIsAnAssignment) {
  const auto result = AssignByFlow({});

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->total, 0);
}

absl::StatusOr<NamedFlowProblem> Read(const std::string& edges,
                                      const std::string& capacities) {
  std::istringstream edges_in(edges);
  std::istringstream capacities_in(capacities);
  return ReadFlowProblem(edges_in, "E.csv", capacities_in, "C.csv");
}

TEST(FlowCsvTest, JoinsByNameInAnyOrder) {
  const auto named =
      Read("person,offer,score\nanna,h2,5\nben,h1,7\nanna,h1,9\ncleo,h1,NA\n",
           "offer,capacity\nh1,1\nh2,3\n");

  ASSERT_TRUE(named.ok()) << named.status();
  EXPECT_THAT(named->people, ElementsAre("anna", "ben", "cleo"));
  EXPECT_THAT(named->problem.first, ElementsAre(0, 2, 3, 3));
  EXPECT_EQ(named->problem.edges[0].offer, 1);
  EXPECT_EQ(named->problem.edges[1].score, 9);
}

TEST(FlowCsvTest, ErrorsNameFileLineAndColumn) {
  const std::string capacities = "offer,capacity\nh1,1\n";
  const auto error = [](const auto& named) {
    return std::string(named.status().message());
  };
  EXPECT_THAT(error(Read("person,offer,score\na,h9,1\n", capacities)),
              HasSubstr("E.csv:2: column 2: expected an offer that C.csv has"));
  EXPECT_THAT(error(Read("person,offer,score\na,h1,0.5\n", capacities)),
              HasSubstr("E.csv:2: column 3: expected a whole number"));
  EXPECT_THAT(error(Read("person,offer,score\na,h1,1\na,h1,1\n", capacities)),
              HasSubstr("E.csv:3: expected every pair"));
  EXPECT_THAT(error(Read("person,offer\n", capacities)),
              HasSubstr("E.csv:1: expected the header person,offer,score"));
  EXPECT_THAT(error(Read("person,offer,score\n", "offer,capacity\nh1,-1\n")),
              HasSubstr("C.csv:2: column 2: "));
}

TEST(LotteryTest, TicketsAreTheHashThatAnyoneCanCompute) {
  // printf abc | sha256sum
  EXPECT_EQ(Sha256Hex("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(LotteryTest, TheLowestTicketChoosesFirstFromItsOwnList) {
  const auto named = Read(
      "person,offer,score\nanna,h1,\nben,h1,1\nben,h2,1\ncleo,h1,1\n"
      "cleo,h2,1\n",
      "offer,capacity\nh1,1\nh2,1\n");
  ASSERT_TRUE(named.ok()) << named.status();

  const auto draws = HoldLottery(*named, "2027-03-01");

  ASSERT_TRUE(draws.ok()) << draws.status();
  ASSERT_EQ(draws->size(), 3u);
  std::vector<int32_t> left = {1, 1};
  for (size_t i = 0; i < draws->size(); ++i) {
    const Draw& draw = (*draws)[i];
    if (i > 0) {
      EXPECT_LT((*draws)[i - 1].ticket, draw.ticket);
    }
    EXPECT_EQ(draw.ticket,
              Sha256Hex("2027-03-01\n" + named->people[draw.person]));
    const bool has_list = named->people[draw.person] != "anna";
    const int32_t expected = !has_list     ? -1
                             : left[0] > 0 ? 0
                             : left[1] > 0 ? 1
                                           : -1;
    EXPECT_EQ(draw.offer, expected);
    if (expected >= 0) --left[expected];
  }
}

TEST(LotteryTest, RefusesASeedThatCouldBeReadInTwoWays) {
  EXPECT_FALSE(HoldLottery({}, "").ok());
  EXPECT_FALSE(HoldLottery({}, "a\nb").ok());
}

TEST(ExposureTest, ALimitSpreadsTheListsAtALossOfScore) {
  FlowProblem problem;
  problem.offers_per_person = 1;
  problem.capacities = {3, 3, 3};
  problem.edges = {{0, 900}, {1, 800}, {0, 900}, {2, 700}, {0, 900}, {1, 100}};
  problem.first = {0, 2, 4, 6};
  const auto free = AssignByFlow(problem);
  problem.capacities = {1, 1, 1};
  const auto limited = AssignByFlow(problem);
  ASSERT_TRUE(free.ok() && limited.ok());

  const Exposure before = MeasureExposure(problem, *free);
  const Exposure after = MeasureExposure(problem, *limited);

  EXPECT_EQ(before.most, 3);
  EXPECT_NEAR(before.gini, 2.0 / 3, 1e-12);
  EXPECT_NEAR(before.coverage, 1.0 / 3, 1e-12);
  EXPECT_EQ(after.most, 1);
  EXPECT_NEAR(after.gini, 0, 1e-12);
  EXPECT_EQ(after.total, 2400);
}

}  // namespace
}  // namespace heimweg::assignment
