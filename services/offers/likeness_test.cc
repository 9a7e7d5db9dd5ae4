#include "services/offers/likeness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace heimweg::offers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

bool Meet(const Interval& a, int64_t own) {
  return a.own == own || a.other == own;
}

TEST(LikenessTest, NumbersWithinTheToleranceLieInNeighbouringIntervals) {
  std::mt19937 random(1);
  for (int i = 0; i < 100'000; ++i) {
    const int64_t a = std::uniform_int_distribution<int64_t>(1, 20'000)(random);
    const int64_t b =
        a + std::uniform_int_distribution<int64_t>(-100, 100)(random);
    if (b < 0) continue;
    EXPECT_TRUE(
        Meet(LinearInterval(a, 100, 800), LinearInterval(b, 100, 800).own))
        << a << " " << b;
    EXPECT_TRUE(
        Meet(LinearInterval(b, 100, 800), LinearInterval(a, 100, 800).own))
        << a << " " << b;
  }
}

TEST(LikenessTest, NumbersWithinOnePercentLieInNeighbouringIntervals) {
  std::mt19937 random(1);
  for (int i = 0; i < 100'000; ++i) {
    const int bits = std::uniform_int_distribution<int>(1, 40)(random);
    const int64_t a =
        std::uniform_int_distribution<int64_t>(1, int64_t{1} << bits)(random);
    const int64_t b = a + std::uniform_int_distribution<int64_t>(
                              -a / 90 - 1, a / 90 + 1)(random);
    if (b < 0 || !WithinOnePercent(a, b)) continue;
    EXPECT_TRUE(Meet(RelativeInterval(a), RelativeInterval(b).own))
        << a << " " << b;
    EXPECT_TRUE(Meet(RelativeInterval(b), RelativeInterval(a).own))
        << a << " " << b;
  }
  EXPECT_FALSE(Meet(RelativeInterval(50'000), RelativeInterval(60'000).own));
}

TEST(LikenessTest, WordsAreFoldedSortedAndWithoutNumbers) {
  EXPECT_THAT(FoldedWords("Schöne 3-Zimmer-WOHNUNG, Wohnung mit EBK (78 m²)"),
              ElementsAre("ebk", "mit", "schone", "wohnung", "zimmer"));
  EXPECT_THAT(FoldedWords(" – 3 "), IsEmpty());
  EXPECT_EQ(CommonPercent({"a", "b"}, {"b", "c"}), 50);
  EXPECT_EQ(CommonPercent({}, {}), 0);
}

TEST(LikenessTest, TitlesOfJobsAreComparedWithoutGender) {
  EXPECT_EQ(TitleStems("Pflegefachfrau/-mann (m/w/d) in Teilzeit"),
            TitleStems("Pflegefachmann"));
}

TEST(LikenessTest, TitlesHaveTheSameStemsWhateverWasReadBefore) {
  const std::vector<std::string> first = TitleStems("Zimmerer/in");
  EXPECT_THAT(first, ::testing::SizeIs(1));
  for (char a = 'a'; a <= 'z'; ++a) {  // More than are remembered.
    for (int i = 0; i < 26 * 10; ++i) {
      const std::string other{'b', a, static_cast<char>('a' + i % 26),
                              static_cast<char>('a' + i / 26), 'k'};
      EXPECT_EQ(TitleStems(other), TitleStems(other + " (m/w/d)"));
    }
  }
  EXPECT_EQ(TitleStems("Zimmerer/in"), first);
}

TEST(LikenessTest, NumbersInTitlesSpeakAgainstIfNoneIsCommon) {
  EXPECT_EQ(NumberPoints("Wohnung 12", "Wohnung 13"), -4);
  EXPECT_EQ(NumberPoints("Wohnung 12, 3 Zimmer", "3 Zimmer"), 0);
  EXPECT_EQ(NumberPoints("Wohnung 12", "Wohnung"), 0);
}

TEST(LikenessTest, AddressesAreComparedAsPeopleWriteThem) {
  type::v1::Place a, b;
  a.set_street_address("Hauptstraße 12 a");
  b.set_street_address("Hauptstr. 12A");
  EXPECT_EQ(PlacePoints(a, b), 7);
  b.set_street_address("Hauptstr. 14");
  EXPECT_EQ(PlacePoints(a, b), kNeverOne);
  b.set_street_address("Hauptstraße");
  EXPECT_EQ(PlacePoints(a, b), 0);
  a.set_street_address("Hauptstr.");
  EXPECT_EQ(PlacePoints(a, b), 3);
  EXPECT_EQ(PlacePoints(a, {}), 0);
}

TEST(LikenessTest, PointsOnTheMapAreComparedByDistance) {
  type::v1::Place a, b;
  a.mutable_location()->set_latitude(51.5);
  a.mutable_location()->set_longitude(13.4);
  b = a;
  EXPECT_EQ(PlacePoints(a, b), 4);
  b.mutable_location()->set_latitude(51.505);
  EXPECT_EQ(PlacePoints(a, b), 0);
  b.mutable_location()->set_latitude(51.52);
  EXPECT_EQ(PlacePoints(a, b), kNeverOne);
}

}  // namespace
}  // namespace heimweg::offers
