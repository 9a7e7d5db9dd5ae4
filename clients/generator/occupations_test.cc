#include "clients/generator/occupations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "clients/generator/random.h"

namespace heimweg::generator {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Gt;
using ::testing::Le;
using ::testing::Lt;

TEST(OccupationsTest, AreAsManyAndAsSkilledAsInTheCountry) {
  const Occupations occupations;
  std::set<std::string> codes;
  for (const DrawnOccupation& one : occupations.all()) {
    EXPECT_THAT(one.level(), AllOf(Ge(1), Le(4)));
    codes.insert(std::string(one.code()));
  }
  EXPECT_EQ(codes.size(), occupations.all().size());
  EXPECT_THAT(codes.size(), AllOf(Ge(1200u), Le(1400u)));
  Random random(1);
  std::map<int, int> levels;
  std::map<std::string, int> drawn;
  for (int i = 0; i < 100'000; ++i) {
    const DrawnOccupation& one = occupations.Draw(random);
    ++levels[one.level()];
    ++drawn[std::string(one.code())];
  }
  EXPECT_THAT(levels[2], AllOf(Gt(45'000), Lt(75'000)));
  EXPECT_THAT(levels[1], Gt(3'000));
  EXPECT_THAT(levels[4], Gt(5'000));
  EXPECT_THAT(drawn.size(), Gt(1100u));
  for (const auto& [code, count] : drawn) EXPECT_THAT(count, Lt(7'000)) << code;
}

}  // namespace
}  // namespace heimweg::generator
