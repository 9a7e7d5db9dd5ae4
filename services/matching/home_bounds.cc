#include "services/matching/home_bounds.h"

#include <algorithm>

#include "services/matching/features/price.h"
#include "services/matching/features/space.h"

namespace heimweg::matching {
namespace {

// Values that are not said, or that the set of wanted ones has no bit for.
constexpr uint64_t kOpenTypes = ~uint64_t{UINT32_MAX} | 1;

bool MayBeOf(uint32_t wanted, RoughSet types) {
  return wanted == 0 || (types.bits & (wanted | kOpenTypes)) != 0;
}

}  // namespace

bool HomeBounds::Upper(const HomeSummary& rows, int32_t near,
                       Values& upper) const {
  if (near < 0) return false;
  if (!shared_.MayPass(rows.common) || !MayPass(rows)) return false;
  upper[0] = near;
  const std::array<UpperValue, 4> values = {Dates(rows), Price(rows),
                                            Space(rows), Equipment(rows)};
  for (size_t i = 0; i < values.size(); ++i) {
    if (!values[i].any()) return false;
    upper[i + 1] = values[i].most();
  }
  upper.back() = shared_.Freshness(rows.common);
  return true;
}

bool HomeBounds::MayPass(const HomeSummary& rows) const {
  const HomeWish& asked = query_.wish().home;
  if (!MayBeOf(asked.tenures, rows.tenures)) return false;
  if (!MayBeOf(asked.home_types, rows.home_types)) return false;
  if (asked.min_room_halves && !rows.no_rooms &&
      rows.room_halves < *asked.min_room_halves) {
    return false;
  }
  if (asked.pets && rows.all_refuse_pets) return false;
  if (asked.has_wbs == type::v1::ANSWER_NO && rows.all_ask_wbs) return false;
  return rows.no_accessibility ||
         (asked.accessibility & ~uint32_t{rows.accessibility}) == 0;
}

UpperValue HomeBounds::Dates(const HomeSummary& rows) const {
  UpperValue upper;
  upper.UnknownIf(rows.no_date);
  // Within the window or before it all count alike; after it none passes.
  const std::optional<int32_t> latest = query_.shared().window().latest;
  if (rows.available_day != INT32_MAX &&
      (!latest || rows.available_day <= *latest)) {
    upper.Known(FeatureValue(kOne));
  }
  return upper;
}

UpperValue HomeBounds::Price(const HomeSummary& rows) const {
  const HomeWish& asked = query_.wish().home;
  UpperValue upper;
  upper.UnknownIf(rows.no_amount);
  const auto add = [&](std::optional<int64_t> budget, int64_t least) {
    if (least == INT64_MAX) return;
    if (!budget) {
      upper.Unknown();
    } else if (least <= *budget) {
      upper.Known(PriceFeature(budget, least));
    }
  };
  add(asked.max_rent_cents, rows.least_rent_cents);
  add(asked.max_price_cents, rows.least_price_cents);
  return upper;
}

// The mean of two parts is at most the greater, and one part may be all.
UpperValue HomeBounds::Space(const HomeSummary& rows) const {
  const HomeWish& asked = query_.wish().home;
  UpperValue upper;
  if (asked.min_room_halves && rows.room_halves > 0) {
    upper.Known(SpaceFeature(asked.min_room_halves, rows.room_halves, {}, 0));
  }
  if (asked.area_centi_sqm && rows.area_centi_sqm > 0) {
    upper.Known(SpaceFeature({}, 0, asked.area_centi_sqm, rows.area_centi_sqm));
  }
  upper.UnknownIf((!asked.min_room_halves || rows.no_rooms) &&
                  (!asked.area_centi_sqm || rows.no_area));
  return upper;
}

UpperValue HomeBounds::Equipment(const HomeSummary& rows) const {
  const HomeWish& asked = query_.wish().home;
  UpperValue upper;
  upper.Unknown();
  const bool some =
      (asked.equipment & rows.has_equipment) != 0 ||
      (asked.broadband_mbps && rows.broadband_mbps >= *asked.broadband_mbps);
  if (some) upper.Known(FeatureValue(kOne));
  return upper;
}

}  // namespace heimweg::matching
