#include "services/households/housing.h"

#include <cmath>

#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/type/v1/answer.pb.h"
#include "services/server/field_checks.h"

namespace heimweg::households {
namespace {

bool IsHalves(double rooms) {
  return 0.5 <= rooms && rooms <= 100 && rooms * 2 == std::floor(rooms * 2);
}

void CheckAccessibility(const profiles::v1::HousingWish& wish,
                        server::FieldChecks& checks) {
  checks.EachKnown("accessibility", wish.accessibility(),
                   housing::v1::Accessibility_IsValid);
  for (int i = 0; i < wish.accessibility_size(); ++i) {
    checks.Expect(wish.accessibility(i) != housing::v1::ACCESSIBILITY_NONE ||
                      wish.accessibility_size() == 1,
                  server::Field("accessibility", i), "none must stand alone");
  }
}

}  // namespace

void CheckHousing(const profiles::v1::HousingWish& wish,
                  server::FieldChecks checks) {
  checks.EachKnown("tenures", wish.tenures(), housing::v1::Tenure_IsValid);
  if (wish.has_max_monthly_warm_rent_cents()) {
    checks.Range<int64_t>("max_monthly_warm_rent_cents",
                          wish.max_monthly_warm_rent_cents(), 1, 10'000'000);
  }
  if (wish.has_max_price_cents()) {
    checks.Range<int64_t>("max_price_cents", wish.max_price_cents(), 1,
                          100'000'000'000);
  }
  checks.Expect(!wish.has_min_rooms() || IsHalves(wish.min_rooms()),
                "min_rooms", "must be 0.5 to 100, in halves");
  if (wish.has_living_area_sqm()) {
    checks.Range("living_area_sqm", wish.living_area_sqm(), 1.0, 10'000.0);
  }
  checks.EachKnown("home_types", wish.home_types(),
                   housing::v1::HomeType_IsValid);
  CheckAccessibility(wish, checks);
  checks.Known("has_wbs", wish.has_wbs(), heimweg::type::v1::Answer_IsValid);
  checks.EachKnown("equipment", wish.equipment(),
                   profiles::v1::Equipment_IsValid);
  if (wish.has_broadband_mbps()) {
    checks.Range("broadband_mbps", wish.broadband_mbps(), 1, 100'000);
  }
  checks.EachText("excluded_landlords", wish.excluded_landlords(), 100, 200);
}

}  // namespace heimweg::households
