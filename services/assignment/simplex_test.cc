#include "services/assignment/simplex.h"

#include <gtest/gtest.h>

namespace heimweg::assignment {
namespace {

constexpr int kManySteps = 1000;

// Three for the first and two for the second; four of both, three of the first.
Simplex SolvedSimplex() {
  Simplex simplex({4});
  simplex.AddColumns({{{{0, 1}}, 3, 3}, {{{0, 1}}, 2, 4}});
  EXPECT_TRUE(simplex.Solve());
  return simplex;
}

TEST(SimplexTest, ARowThatIsTriedLowersTheObjective) {
  const Simplex simplex = SolvedSimplex();
  ASSERT_DOUBLE_EQ(simplex.objective(), 11);

  // One of the first at most; two of the second at least.
  EXPECT_NEAR(simplex.ObjectiveWith({{0, 1}}, 1, kManySteps).value(), 9, 1e-9);
  EXPECT_NEAR(simplex.ObjectiveWith({{1, -1}}, -2, kManySteps).value(), 10,
              1e-9);
  // It is not kept.
  EXPECT_DOUBLE_EQ(simplex.objective(), 11);
  EXPECT_DOUBLE_EQ(simplex.value(0), 3);
}

TEST(SimplexTest, ARowThatCannotBeKeptHasNoObjective) {
  const Simplex simplex = SolvedSimplex();

  EXPECT_FALSE(simplex.ObjectiveWith({{0, -1}}, -4, kManySteps).has_value());
  EXPECT_FALSE(simplex.ObjectiveWith({}, -1, kManySteps).has_value());
}

}  // namespace
}  // namespace heimweg::assignment
