#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "services/housing/home_kind.h"
#include "services/offers/likeness.h"

namespace heimweg::housing {
namespace {

using offers::kLikelyOne;
using ::testing::Ge;
using ::testing::Lt;
using v1::Home;

// What two portals write of one flat at least.
Home AFlat() {
  Home home;
  home.set_title("3-Zimmer-Wohnung mit Garten");
  home.mutable_place()->set_postal_code("04910");
  home.set_tenure(v1::TENURE_RENT);
  home.set_rooms(3);
  home.set_living_area_sqm(78);
  home.set_monthly_cold_rent_cents(52'000);
  return home;
}

Home With(const std::function<void(Home&)>& change) {
  Home home = AFlat();
  change(home);
  return home;
}

bool Meet(const Home& a, const Home& b) {
  const offers::Blocks blocks = HomeKind::BlocksOf(a);
  const uint64_t own = HomeKind::BlocksOf(b).own;
  return own != 0 &&
         (own == blocks.own || std::find(blocks.near.begin(), blocks.near.end(),
                                         own) != blocks.near.end());
}

TEST(HomeLikenessTest, TheSameFiguresAndTitleAreOneHome) {
  EXPECT_EQ(HomeKind::Likeness(AFlat(), AFlat()), kLikelyOne);
  EXPECT_TRUE(Meet(AFlat(), AFlat()));
}

TEST(HomeLikenessTest, AnotherTitleNeedsMoreThatAgrees) {
  const Home other = With([](Home& home) {
    home.set_title("Wohnen im Grünen: 3 Räume");
    home.set_living_area_sqm(78.37);
  });
  EXPECT_THAT(HomeKind::Likeness(AFlat(), other), Lt(kLikelyOne));
  const auto addressed = [](Home home) {
    home.mutable_place()->set_street_address("Am Anger 3");
    return home;
  };
  EXPECT_THAT(HomeKind::Likeness(addressed(AFlat()), addressed(other)),
              Ge(kLikelyOne));
}

TEST(HomeLikenessTest, FactsThatDifferSpeakAgainstIt) {
  const std::vector<std::pair<std::string, std::function<void(Home&)>>> cases =
      {{"rooms", [](Home& h) { h.set_rooms(3.5); }},
       {"area", [](Home& h) { h.set_living_area_sqm(79.5); }},
       {"rent", [](Home& h) { h.set_monthly_cold_rent_cents(53'000); }},
       {"tenure", [](Home& h) { h.set_tenure(v1::TENURE_TRIAL); }},
       {"postcode",
        [](Home& h) { h.mutable_place()->set_postal_code("04924"); }},
       {"number", [](Home& h) { h.set_title("4-Zimmer-Wohnung mit Garten"); }}};
  for (const auto& [what, change] : cases) {
    EXPECT_THAT(HomeKind::Likeness(AFlat(), With(change)), Lt(kLikelyOne))
        << what;
  }
  const Home warm =
      With([](Home& h) { h.set_monthly_warm_rent_cents(70'000); });
  const Home warmer =
      With([](Home& h) { h.set_monthly_warm_rent_cents(72'000); });
  EXPECT_THAT(HomeKind::Likeness(warm, warmer), Lt(kLikelyOne));
  EXPECT_THAT(HomeKind::Likeness(warm, AFlat()), Ge(kLikelyOne));
}

TEST(HomeLikenessTest, WhoSaysTooLittleIsComparedWithNone) {
  for (const auto& change : std::vector<std::function<void(Home&)>>{
           [](Home& h) { h.clear_living_area_sqm(); },
           [](Home& h) { h.clear_monthly_cold_rent_cents(); },
           [](Home& h) { h.clear_place(); }}) {
    const Home home = With(change);
    EXPECT_EQ(HomeKind::BlocksOf(home).own, 0U);
    EXPECT_EQ(HomeKind::Likeness(home, home), offers::kNeverOne);
  }
}

// Comparing each with each finds nothing that the blocks do not hold together.
TEST(HomeLikenessTest, WhatIsAlikeLiesInNeighbouringBlocks) {
  std::mt19937 random(7);
  const auto below = [&](int bound) {
    return std::uniform_int_distribution<int>(0, bound - 1)(random);
  };
  std::vector<Home> homes;
  for (int i = 0; i < 600; ++i) {
    Home& home = homes.emplace_back(AFlat());
    home.mutable_place()->set_street_address("Am Anger 3");
    home.set_living_area_sqm(70 + below(900) / 100.0);
    home.set_monthly_cold_rent_cents(48'000 + below(3'000));
    home.set_rooms(below(2) + 2);
  }
  int alike = 0;
  int met = 0;
  for (const Home& a : homes) {
    for (const Home& b : homes) {
      EXPECT_EQ(HomeKind::Likeness(a, b), HomeKind::Likeness(b, a));
      met += Meet(a, b) ? 1 : 0;
      if (HomeKind::Likeness(a, b) < kLikelyOne) continue;
      ++alike;
      EXPECT_TRUE(Meet(a, b) && Meet(b, a)) << a.ShortDebugString() << "\n"
                                            << b.ShortDebugString();
    }
  }
  EXPECT_THAT(alike, Ge(2'000));
  EXPECT_THAT(met, Lt(600 * 600 / 2));
}

}  // namespace
}  // namespace heimweg::housing
