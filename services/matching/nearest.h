// The anchor that is nearest to an offer.
#ifndef HEIMWEG_SERVICES_MATCHING_NEAREST_H_
#define HEIMWEG_SERVICES_MATCHING_NEAREST_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "services/matching/common_columns.h"
#include "services/matching/wish.h"
#include "services/places/commute.h"
#include "services/places/distance.h"

namespace heimweg::matching {

struct NearestAnchor {
  const Anchor* anchor;
  int32_t distance_m;
  // By the anchor's mode, by car unless its limit is in minutes.
  int32_t minutes;
};

// By minutes, then by metres, then in the order of the profile: so that ways by
// different modes can be compared. nullopt without anchors or a known point.
inline std::optional<NearestAnchor> Nearest(const std::vector<Anchor>& anchors,
                                            places::GeoPoint point) {
  std::optional<NearestAnchor> nearest;
  if (!IsKnown(point)) return nearest;
  for (const Anchor& anchor : anchors) {
    const int32_t distance_m = places::DistanceMeters(anchor.point, point);
    const places::CommuteMode mode = anchor.limit == Anchor::Limit::kMinutes
                                         ? anchor.mode
                                         : places::CommuteMode::kCar;
    const int32_t minutes = places::CommuteMinutes(distance_m, mode);
    if (!nearest || minutes < nearest->minutes ||
        (minutes == nearest->minutes && distance_m < nearest->distance_m)) {
      nearest = NearestAnchor{&anchor, distance_m, minutes};
    }
  }
  return nearest;
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_NEAREST_H_
