// Distance: how near an offer is to the household's anchors.
//
// Unit: millionths. Range: 0 to 1,000,000. For one anchor exp(-x): with a limit
// of R km, x = 2 d / R; with a limit of M minutes, x = 2 m / M; without a
// limit, x = d / 50 km. So what lies at the limit is worth a seventh of what
// lies at the door. Several anchors: the mean of their values by weight,
// rounded down. A job of which r per cent may be done remotely, for an adult to
// whom that is welcome: v + (1 - v) x r / 100, as the way is made that much
// more rarely. Source: exponential distance decay, the usual form for commuting
// (e.g. Fotheringham and O'Kelly 1989); 50 km is where daily commuting ends for
// most. Unknown: without an anchor of weight above 0, or if the place is not
// known. A wholly remote job that is welcome is 1,000,000 even so. Says: "2.4
// km from ..." (NEAR), "12 minutes from ..." (SHORT_COMMUTE), "60 per cent can
// be done remotely" (REMOTE).
#ifndef HEIMWEG_SERVICES_MATCHING_FEATURES_DISTANCE_H_
#define HEIMWEG_SERVICES_MATCHING_FEATURES_DISTANCE_H_

#include <cstdint>
#include <vector>

#include "services/matching/feature.h"
#include "services/matching/wish.h"
#include "services/places/distance.h"

namespace heimweg::matching {

// Scale of an anchor without a limit.
inline constexpr int32_t kOpenScaleMeters = 50'000;

// For an offer `distance_m` metres away; always known.
FeatureValue AnchorFeature(const Anchor& anchor, int32_t distance_m);

// `point` is known.
FeatureValue DistanceFeature(const std::vector<Anchor>& anchors,
                             places::GeoPoint point);

// `remote_percent` is 0 if remote work is not welcome or not said.
inline FeatureValue WithRemoteShare(FeatureValue value,
                                    int32_t remote_percent) {
  if (remote_percent == 100) return FeatureValue(kOne);
  if (!value.known()) return value;
  const int32_t near = value.OrNeutral();
  return FeatureValue(near + (kOne - near) * int64_t{remote_percent} / 100);
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_FEATURES_DISTANCE_H_
