#include "services/housing/home_kind.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace heimweg::housing {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Optional;
using v1::Home;

Home AHome(v1::Tenure tenure = v1::TENURE_RENT) {
  Home home;
  home.set_title("3-Zimmer-Wohnung mit Garten");
  home.mutable_place()->set_postal_code("04910");
  home.set_tenure(tenure);
  return home;
}

// A change of a home that is right, and the fields that are then wrong.
struct Case {
  const char* what;
  std::function<void(Home&)> change;
  std::vector<std::string> wrong;
};

constexpr auto kNo = static_cast<type::v1::Answer>(9);

const std::vector<Case>& MoneyCases() {
  static const auto* cases = new std::vector<Case>{
      {"nothing more", [](Home&) {}, {}},
      {"both rents",
       [](Home& h) {
         h.set_monthly_cold_rent_cents(0);
         h.set_monthly_warm_rent_cents(0);
         h.set_deposit_cents(0);
       },
       {}},
      {"rents the wrong way round",
       [](Home& h) {
         h.set_monthly_cold_rent_cents(500);
         h.set_monthly_warm_rent_cents(499);
       },
       {"monthly_warm_rent_cents"}},
      {"rents out of range",
       [](Home& h) {
         h.set_monthly_cold_rent_cents(-1);
         h.set_monthly_warm_rent_cents(10'000'001);
         h.set_deposit_cents(100'000'001);
       },
       {"monthly_cold_rent_cents", "monthly_warm_rent_cents", "deposit_cents"}},
      {"a price for a rented home",
       [](Home& h) { h.set_price_cents(1); },
       {"price_cents"}},
      {"a price for a sold one",
       [](Home& h) {
         h.set_tenure(v1::TENURE_BUY);
         h.set_price_cents(100'000'000'000);
       },
       {}},
      {"a price for trial living",
       [](Home& h) {
         h.set_tenure(v1::TENURE_TRIAL);
         h.set_monthly_cold_rent_cents(1);
         h.set_price_cents(1);
       },
       {"price_cents"}},
      {"rents for a plot",
       [](Home& h) {
         h.set_tenure(v1::TENURE_PLOT);
         h.set_monthly_cold_rent_cents(1);
         h.set_monthly_warm_rent_cents(1);
         h.set_price_cents(100'000'000'001);
       },
       {"monthly_cold_rent_cents", "monthly_warm_rent_cents", "price_cents"}},
  };
  return *cases;
}

const std::vector<Case>& OtherCases() {
  static const auto* cases = new std::vector<Case>{
      {"nothing at all",
       [](Home& h) { h.Clear(); },
       {"title", "place", "tenure"}},
      {"unknown values",
       [](Home& h) {
         h.set_tenure(static_cast<v1::Tenure>(9));
         h.set_home_type(static_cast<v1::HomeType>(9));
         h.set_wbs_required(kNo);
         h.set_pets_allowed(kNo);
         h.set_furnished(kNo);
         h.set_garden(kNo);
         h.set_fitted_kitchen(kNo);
         h.set_energy_class(static_cast<v1::EnergyClass>(99));
         h.set_parking(kNo);
       },
       {"tenure", "home_type", "wbs_required", "pets_allowed", "furnished",
        "garden", "fitted_kitchen", "energy_class", "parking"}},
      {"half rooms", [](Home& h) { h.set_rooms(2.5); }, {}},
      {"thirds of rooms", [](Home& h) { h.set_rooms(2.33); }, {"rooms"}},
      {"no room", [](Home& h) { h.set_rooms(0); }, {"rooms"}},
      {"no number of rooms",
       [](Home& h) { h.set_rooms(std::numeric_limits<double>::quiet_NaN()); },
       {"rooms"}},
      {"areas out of range",
       [](Home& h) {
         h.set_living_area_sqm(0.9);
         h.set_plot_area_sqm(10'000'001);
       },
       {"living_area_sqm", "plot_area_sqm"}},
      {"no such day",
       [](Home& h) { h.mutable_available_from(); },
       {"available_from"}},
      {"occupants the wrong way round",
       [](Home& h) {
         h.set_min_occupants(3);
         h.set_max_occupants(2);
       },
       {"max_occupants"}},
      {"occupants out of range",
       [](Home& h) {
         h.set_min_occupants(0);
         h.set_max_occupants(51);
       },
       {"min_occupants", "max_occupants"}},
      {"unknown accessibility",
       [](Home& h) {
         h.add_accessibility(v1::ACCESSIBILITY_LIFT);
         h.add_accessibility(v1::ACCESSIBILITY_UNSPECIFIED);
         h.add_accessibility(static_cast<v1::Accessibility>(99));
       },
       {"accessibility[1]", "accessibility[2]"}},
      {"none beside another",
       [](Home& h) {
         h.add_accessibility(v1::ACCESSIBILITY_LIFT);
         h.add_accessibility(v1::ACCESSIBILITY_NONE);
       },
       {"accessibility[1]"}},
      {"the same twice",
       [](Home& h) {
         h.add_accessibility(v1::ACCESSIBILITY_LIFT);
         h.add_accessibility(v1::ACCESSIBILITY_LIFT);
       },
       {"accessibility[1]"}},
      {"none alone",
       [](Home& h) { h.add_accessibility(v1::ACCESSIBILITY_NONE); },
       {}},
      {"no broadband", [](Home& h) { h.set_broadband_mbps(0); }, {}},
      {"less than none",
       [](Home& h) { h.set_broadband_mbps(-1); },
       {"broadband_mbps"}},
  };
  return *cases;
}

void ExpectWrong(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    Home home = AHome();
    one.change(home);
    std::vector<std::string> paths;
    for (const auto& violation : HomeKind::Violations(home)) {
      paths.push_back(violation.field);
    }
    EXPECT_THAT(paths, ::testing::ElementsAreArray(one.wrong)) << one.what;
  }
}

TEST(HomeKindTest, MoneyFitsTheTenure) { ExpectWrong(MoneyCases()); }

TEST(HomeKindTest, KeepsTheOtherRulesOfHomes) { ExpectWrong(OtherCases()); }

TEST(HomeKindTest, IsFoundByTenure) {
  EXPECT_THAT(HomeKind::Terms(AHome(v1::TENURE_BUY)), ElementsAre("2"));
  v1::HomeFilter filter;
  EXPECT_EQ(HomeKind::Term(filter), std::nullopt);
  filter.add_tenures(v1::TENURE_BUY);
  EXPECT_THAT(HomeKind::Term(filter), Optional(Eq("2")));
  filter.add_tenures(v1::TENURE_RENT);
  EXPECT_EQ(HomeKind::Term(filter), std::nullopt);
}

TEST(HomeKindTest, MatchesOneOfTheTenuresAndOneOfTheTypes) {
  Home home = AHome();
  home.set_home_type(v1::HOME_TYPE_FLAT);
  v1::HomeFilter filter;
  EXPECT_TRUE(HomeKind::Matches(filter, home));
  filter.add_tenures(v1::TENURE_BUY);
  EXPECT_FALSE(HomeKind::Matches(filter, home));
  filter.add_tenures(v1::TENURE_RENT);
  EXPECT_TRUE(HomeKind::Matches(filter, home));
  filter.add_home_types(v1::HOME_TYPE_ROOM);
  EXPECT_FALSE(HomeKind::Matches(filter, home));
  filter.add_home_types(v1::HOME_TYPE_FLAT);
  EXPECT_TRUE(HomeKind::Matches(filter, home));
}

TEST(HomeKindTest, ChecksItsFilter) {
  v1::HomeFilter filter;
  filter.add_tenures(static_cast<v1::Tenure>(9));
  filter.add_home_types(static_cast<v1::HomeType>(9));
  std::vector<std::string> paths;
  for (const auto& violation : HomeKind::FilterViolations(filter)) {
    paths.push_back(violation.field);
  }
  EXPECT_THAT(paths, ElementsAre("tenures[0]", "home_types[0]"));
}

}  // namespace
}  // namespace heimweg::housing
