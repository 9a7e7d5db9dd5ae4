#include "services/households/housing.h"

#include <cmath>

#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/type/v1/answer.pb.h"
#include "services/households/findings.h"

namespace heimweg::households {
namespace {

bool IsHalves(double rooms) {
  return 0.5 <= rooms && rooms <= 100 && rooms * 2 == std::floor(rooms * 2);
}

void CheckAccessibility(const profiles::v1::HousingWish& wish,
                        const Findings& findings) {
  findings.ExpectAllKnown(housing::v1::Accessibility_IsValid,
                          wish.accessibility(), "accessibility");
  for (int i = 0; i < wish.accessibility_size(); ++i) {
    findings.Expect(wish.accessibility(i) != housing::v1::ACCESSIBILITY_NONE ||
                        wish.accessibility_size() == 1,
                    "accessibility", i, "none must stand alone");
  }
}

}  // namespace

void CheckHousing(const profiles::v1::HousingWish& wish,
                  const Findings& findings) {
  findings.ExpectAllKnown(housing::v1::Tenure_IsValid, wish.tenures(),
                          "tenures");
  if (wish.has_max_monthly_warm_rent_cents()) {
    findings.ExpectWithin(1, 10'000'000, wish.max_monthly_warm_rent_cents(),
                          "max_monthly_warm_rent_cents");
  }
  if (wish.has_max_price_cents()) {
    findings.ExpectWithin(1, 100'000'000'000, wish.max_price_cents(),
                          "max_price_cents");
  }
  findings.Expect(!wish.has_min_rooms() || IsHalves(wish.min_rooms()),
                  "min_rooms", "must be 0.5 to 100, in halves");
  findings.Expect(
      !wish.has_living_area_sqm() ||
          (1 <= wish.living_area_sqm() && wish.living_area_sqm() <= 10'000),
      "living_area_sqm", "must be 1 to 10000");
  findings.ExpectAllKnown(housing::v1::HomeType_IsValid, wish.home_types(),
                          "home_types");
  CheckAccessibility(wish, findings);
  findings.ExpectKnown(heimweg::type::v1::Answer_IsValid, wish.has_wbs(),
                       "has_wbs");
  findings.ExpectAllKnown(profiles::v1::Equipment_IsValid, wish.equipment(),
                          "equipment");
  if (wish.has_broadband_mbps()) {
    findings.ExpectWithin(1, 100'000, wish.broadband_mbps(), "broadband_mbps");
  }
}

}  // namespace heimweg::households
