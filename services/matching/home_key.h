// HomeKey: what counts of a stored wish with homes, in one piece of memory, for
// those of whom that is all: then both scores of a home that passes HomeGates
// are known without the wish being looked at.
#ifndef HEIMWEG_SERVICES_MATCHING_HOME_KEY_H_
#define HEIMWEG_SERVICES_MATCHING_HOME_KEY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/types/span.h"
#include "services/matching/wish_cells.h"
#include "services/matching/wish_facts.h"
#include "services/places/commute.h"
#include "services/places/distance.h"

namespace heimweg::matching {

// An Anchor without its name.
struct KeyAnchor {
  places::GeoPoint point;
  int32_t radius_m = 0;
  int32_t minutes = 0;
  int32_t weight = 0;
  int64_t chord_within = 0;
  Anchor::Limit limit = Anchor::Limit::kNone;
  places::CommuteMode mode = places::CommuteMode::kCar;
  bool required = false;
};

struct HomeKey {
  static constexpr size_t kAnchors = 2;

  // Whether nothing else counts: no more anchors, and neither offers nor
  // landlords that are not wanted.
  bool is_all = false;
  uint8_t anchor_count = 0;
  std::array<uint8_t, HomeFacts::kFeatures> weights{};  // as in HomeFacts
  int32_t threshold = 0;                                // of WishSettings
  uint32_t equipment = 0;                               // below 256
  // As in HomeWish; -1: not said.
  int64_t max_rent_cents = -1;
  int64_t max_price_cents = -1;
  int64_t area_centi_sqm = -1;
  int32_t min_room_halves = -1;
  int32_t broadband_mbps = -1;
  std::array<KeyAnchor, kAnchors> places;

  absl::Span<const KeyAnchor> anchors() const {
    return {places.data(), anchor_count};
  }
};

// What the optional number was; see HomeKey.
template <typename Number>
std::optional<Number> SaidOf(Number number) {
  return number < 0 ? std::nullopt : std::optional<Number>(number);
}

HomeKey HomeKeyOf(const StoredWish& wish);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_HOME_KEY_H_
