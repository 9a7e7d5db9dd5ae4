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

#include "services/matching/feature.h"
#include "services/matching/features/decay.h"
#include "services/matching/wish.h"
#include "services/places/commute.h"
#include "services/places/distance.h"

namespace heimweg::matching {

// Scale of an anchor without a limit.
inline constexpr int32_t kOpenScaleMeters = 50'000;

// For an offer `distance_m` metres away; always known. Anchors are those of
// wish.h, or others with the same limits.
template <typename SomeAnchor>
FeatureValue AnchorFeature(const SomeAnchor& anchor, int32_t distance_m) {
  switch (anchor.limit) {
    case Anchor::Limit::kRadius:
      return Decay(2 * int64_t{distance_m}, anchor.radius_m);
    case Anchor::Limit::kMinutes:
      return Decay(2 * int64_t{places::CommuteMinutes(distance_m, anchor.mode)},
                   anchor.minutes);
    case Anchor::Limit::kNone:
      break;
  }
  return Decay(distance_m, kOpenScaleMeters);
}

// `point` is known.
template <typename Anchors>
FeatureValue DistanceFeature(const Anchors& anchors, places::GeoPoint point) {
  int64_t sum = 0;
  int64_t weights = 0;
  for (const auto& anchor : anchors) {
    if (anchor.weight == 0) continue;
    const int32_t distance_m = places::DistanceMeters(anchor.point, point);
    sum +=
        int64_t{anchor.weight} * AnchorFeature(anchor, distance_m).OrNeutral();
    weights += anchor.weight;
  }
  return weights == 0 ? FeatureValue() : FeatureValue(sum / weights);
}

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
