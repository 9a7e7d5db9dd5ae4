// The decay that several features share.
#ifndef HEIMWEG_SERVICES_MATCHING_FEATURES_DECAY_H_
#define HEIMWEG_SERVICES_MATCHING_FEATURES_DECAY_H_

#include <cstdint>

#include "services/matching/exp_table.h"
#include "services/matching/feature.h"

namespace heimweg::matching {

// exp(-amount / scale), both in the same unit; amount up to 2^43.
inline FeatureValue Decay(int64_t amount, int64_t scale) {
  return FeatureValue(ExpMillionths(amount * 1'000'000 / scale));
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_FEATURES_DECAY_H_
