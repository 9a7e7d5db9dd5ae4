#include "services/matching/home_key.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace heimweg::matching {
namespace {

// Sets `fits` to false if the number is no other than "not said".
template <typename Number>
Number KeyOf(const std::optional<Number>& number, bool& fits) {
  fits = fits && number.value_or(0) >= 0;
  return number.value_or(-1);
}

KeyAnchor KeyOf(const Anchor& anchor) {
  return {anchor.point,  anchor.radius_m,     anchor.minutes,
          anchor.weight, anchor.chord_within, anchor.limit,
          anchor.mode,   anchor.required};
}

}  // namespace

HomeKey HomeKeyOf(const StoredWish& wish) {
  const HomeFacts& facts = wish.home;
  const HomeWish& asked = facts.wish;
  HomeKey key;
  bool fits = wish.anchors.size() <= HomeKey::kAnchors &&
              wish.dismissed.empty() && facts.excluded_landlords.empty() &&
              std::in_range<uint8_t>(asked.equipment);
  for (size_t i = 0; i < key.weights.size(); ++i) {
    fits = fits && std::in_range<uint8_t>(facts.weights[i]);
    key.weights[i] = static_cast<uint8_t>(facts.weights[i]);
  }
  key.threshold = wish.settings.threshold;
  key.equipment = asked.equipment;
  key.max_rent_cents = KeyOf(asked.max_rent_cents, fits);
  key.max_price_cents = KeyOf(asked.max_price_cents, fits);
  key.area_centi_sqm = KeyOf(asked.area_centi_sqm, fits);
  key.min_room_halves = KeyOf(asked.min_room_halves, fits);
  key.broadband_mbps = KeyOf(asked.broadband_mbps, fits);
  key.is_all = fits;
  if (!fits) return key;
  key.anchor_count = static_cast<uint8_t>(wish.anchors.size());
  std::transform(wish.anchors.begin(), wish.anchors.end(), key.places.begin(),
                 [](const Anchor& anchor) { return KeyOf(anchor); });
  return key;
}

}  // namespace heimweg::matching
