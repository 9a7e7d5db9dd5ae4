#include "services/assignment/limit_costs.h"

#include <gtest/gtest.h>

namespace heimweg::assignment {
namespace {

using Kind = CountLimit::Kind;

TEST(LimitCostsTest, ExpectsTheMeanOfEnoughTrialsByPart) {
  const CountLimit limit{CountLimit::kAnywhere, 1, Kind::kAtMost, 3};
  LimitCosts costs(2, 3);
  int trials = 0;
  while (!costs.Expect(limit, 0.5).has_value() && trials < 100) {
    ++trials;
    // 4 and 8 for a whole one, in turns.
    costs.Learn({limit, 0.25, trials % 2 == 0 ? 1.0 : 2.0});
  }
  if (trials % 2 == 1) costs.Learn({limit, 0.25, 1});

  EXPECT_GT(trials, 1);
  EXPECT_DOUBLE_EQ(costs.Expect(limit, 0.5).value(), 3);
}

TEST(LimitCostsTest, KnowsPlacesTypesAndKindsApart) {
  LimitCosts costs(2, 3);
  double cost = 0;
  const auto all = [](const auto& see) {
    for (int place = CountLimit::kAnywhere; place < 2; ++place) {
      for (int type = 0; type < 3; ++type) {
        for (const Kind kind : {Kind::kAtMost, Kind::kAtLeast}) {
          see(CountLimit{place, type, kind, 0});
        }
      }
    }
  };
  all([&](const CountLimit& limit) {
    ++cost;
    for (int i = 0; i < 100; ++i) costs.Learn({limit, 1, cost});
  });
  cost = 0;
  all([&](const CountLimit& limit) {
    EXPECT_DOUBLE_EQ(costs.Expect(limit, 1).value(), ++cost);
  });
}

}  // namespace
}  // namespace heimweg::assignment
