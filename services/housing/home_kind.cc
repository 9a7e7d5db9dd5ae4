#include "services/housing/home_kind.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "heimweg/type/v1/answer.pb.h"
#include "services/offers/common_rules.h"
#include "services/server/errors.h"
#include "services/server/field_checks.h"

namespace heimweg::housing {
namespace {

using server::Field;
using server::FieldChecks;
using type::v1::Answer_IsValid;
using v1::Home;

constexpr int64_t kMostRentCents = 10'000'000;
constexpr int64_t kMostDepositCents = 100'000'000;
constexpr int64_t kMostPriceCents = 100'000'000'000;

void CheckRent(const Home& home, FieldChecks& checks) {
  const bool let =
      home.tenure() == v1::TENURE_RENT || home.tenure() == v1::TENURE_TRIAL;
  if (home.has_monthly_cold_rent_cents()) {
    if (!let) {
      checks.Add("monthly_cold_rent_cents", "is for rent and trial living");
    }
    checks.Range<int64_t>("monthly_cold_rent_cents",
                          home.monthly_cold_rent_cents(), 0, kMostRentCents);
  }
  if (!home.has_monthly_warm_rent_cents()) return;
  if (!let) {
    checks.Add("monthly_warm_rent_cents", "is for rent and trial living");
  }
  checks.Range<int64_t>("monthly_warm_rent_cents",
                        home.monthly_warm_rent_cents(), 0, kMostRentCents);
  if (home.has_monthly_cold_rent_cents() &&
      home.monthly_warm_rent_cents() < home.monthly_cold_rent_cents()) {
    checks.Add("monthly_warm_rent_cents", "must not be below the cold rent");
  }
}

void CheckPrice(const Home& home, FieldChecks& checks) {
  if (home.has_price_cents()) {
    if (home.tenure() != v1::TENURE_BUY && home.tenure() != v1::TENURE_PLOT) {
      checks.Add("price_cents", "is for sale and plots");
    }
    checks.Range<int64_t>("price_cents", home.price_cents(), 0,
                          kMostPriceCents);
  }
  if (home.has_deposit_cents()) {
    checks.Range<int64_t>("deposit_cents", home.deposit_cents(), 0,
                          kMostDepositCents);
  }
}

void CheckSpace(const Home& home, FieldChecks& checks) {
  if (home.has_rooms()) {
    const double halves = home.rooms() * 2;
    checks.Range("rooms", home.rooms(), 0.5, 100.0);
    if (std::isfinite(halves) && halves != std::floor(halves)) {
      checks.Add("rooms", "must be whole or half rooms");
    }
  }
  if (home.has_living_area_sqm()) {
    checks.Range("living_area_sqm", home.living_area_sqm(), 1.0, 10'000.0);
  }
  if (home.has_plot_area_sqm()) {
    checks.Range("plot_area_sqm", home.plot_area_sqm(), 1.0, 10'000'000.0);
  }
}

void CheckOccupants(const Home& home, FieldChecks& checks) {
  if (home.has_min_occupants()) {
    checks.Range("min_occupants", home.min_occupants(), 1, 50);
  }
  if (!home.has_max_occupants()) return;
  checks.Range("max_occupants", home.max_occupants(), 1, 50);
  if (home.has_min_occupants() && home.max_occupants() < home.min_occupants()) {
    checks.Add("max_occupants", "must not be below min_occupants");
  }
}

void CheckAccessibility(const Home& home, FieldChecks& checks) {
  for (int i = 0; i < home.accessibility_size(); ++i) {
    const v1::Accessibility one = home.accessibility(i);
    if (!v1::Accessibility_IsValid(one) ||
        one == v1::ACCESSIBILITY_UNSPECIFIED) {
      checks.Add(Field("accessibility", i), "must be a known value");
    } else if (one == v1::ACCESSIBILITY_NONE && home.accessibility_size() > 1) {
      checks.Add(Field("accessibility", i), "must stand alone");
    } else if (std::find(home.accessibility().begin(),
                         home.accessibility().begin() + i,
                         one) != home.accessibility().begin() + i) {
      checks.Add(Field("accessibility", i), "must be there once");
    }
  }
}

void CheckEquipment(const Home& home, FieldChecks& checks) {
  checks.Known("wbs_required", home.wbs_required(), Answer_IsValid);
  checks.Known("pets_allowed", home.pets_allowed(), Answer_IsValid);
  CheckAccessibility(home, checks);
  checks.Known("furnished", home.furnished(), Answer_IsValid);
  checks.Known("garden", home.garden(), Answer_IsValid);
  checks.Known("fitted_kitchen", home.fitted_kitchen(), Answer_IsValid);
  if (home.has_broadband_mbps()) {
    checks.Range("broadband_mbps", home.broadband_mbps(), 0, 100'000);
  }
  checks.Known("energy_class", home.energy_class(), v1::EnergyClass_IsValid);
  checks.Known("parking", home.parking(), Answer_IsValid);
}

}  // namespace

std::vector<server::Violation> HomeKind::Violations(const Offer& home) {
  FieldChecks checks;
  offers::CheckCommonFields(home, checks);
  if (!home.has_place()) checks.Add("place", "is required");
  if (home.tenure() == v1::TENURE_UNSPECIFIED ||
      !v1::Tenure_IsValid(home.tenure())) {
    checks.Add("tenure", "must be rent, buy, plot or trial");
  }
  checks.Known("home_type", home.home_type(), v1::HomeType_IsValid);
  checks.Text("landlord", home.landlord(), 200);
  CheckRent(home, checks);
  CheckPrice(home, checks);
  CheckSpace(home, checks);
  if (home.has_available_from()) {
    checks.Day("available_from", home.available_from());
  }
  CheckOccupants(home, checks);
  CheckEquipment(home, checks);
  return std::move(checks).Take();
}

void HomeKind::SetOutputOnly(const occupations::OccupationCatalog& /*catalog*/,
                             Offer& /*home*/) {}

std::vector<std::string> HomeKind::Terms(const Offer& home) {
  return {absl::StrCat(home.tenure())};
}

std::vector<server::Violation> HomeKind::FilterViolations(
    const Filter& filter) {
  FieldChecks checks;
  for (int i = 0; i < filter.tenures_size(); ++i) {
    checks.Known(Field("tenures", i), filter.tenures(i), v1::Tenure_IsValid);
  }
  for (int i = 0; i < filter.home_types_size(); ++i) {
    checks.Known(Field("home_types", i), filter.home_types(i),
                 v1::HomeType_IsValid);
  }
  return std::move(checks).Take();
}

std::optional<std::string> HomeKind::Term(const Filter& filter) {
  if (filter.tenures_size() != 1) return std::nullopt;
  return absl::StrCat(filter.tenures(0));
}

bool HomeKind::Matches(const Filter& filter, const Offer& home) {
  const auto& tenures = filter.tenures();
  const auto& types = filter.home_types();
  return (tenures.empty() || std::find(tenures.begin(), tenures.end(),
                                       home.tenure()) != tenures.end()) &&
         (types.empty() || std::find(types.begin(), types.end(),
                                     home.home_type()) != types.end());
}

}  // namespace heimweg::housing
