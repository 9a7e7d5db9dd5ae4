#include "services/matching/features/distance.h"

#include "services/matching/features/decay.h"

namespace heimweg::matching {

FeatureValue AnchorFeature(const Anchor& anchor, int32_t distance_m) {
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

FeatureValue DistanceFeature(const std::vector<Anchor>& anchors,
                             places::GeoPoint point) {
  int64_t sum = 0;
  int64_t weights = 0;
  for (const Anchor& anchor : anchors) {
    if (anchor.weight == 0) continue;
    const int32_t distance_m = places::DistanceMeters(anchor.point, point);
    sum +=
        int64_t{anchor.weight} * AnchorFeature(anchor, distance_m).OrNeutral();
    weights += anchor.weight;
  }
  return weights == 0 ? FeatureValue() : FeatureValue(sum / weights);
}

}  // namespace heimweg::matching
