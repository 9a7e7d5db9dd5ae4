// Freshness: how recently somebody made sure that an offer is true.
//
// Unit: millionths; times in seconds since 1970. Range: 0 to 1,000,000.
// value = exp(-age / 30 days), age since the later of verified_time and
// update_time, not below 0. After a month an offer has a third of its worth:
// about as long as a flat or a position stays open.
// Unknown: if it has neither time.
// Says: "Verified 3 days ago" (FRESH).
#ifndef HEIMWEG_SERVICES_MATCHING_FEATURES_FRESHNESS_H_
#define HEIMWEG_SERVICES_MATCHING_FEATURES_FRESHNESS_H_

#include <algorithm>
#include <cstdint>

#include "services/matching/feature.h"
#include "services/matching/features/decay.h"

namespace heimweg::matching {

inline constexpr int64_t kFreshnessDecaySeconds = int64_t{30} * 86'400;

// `fresh_seconds` of 0: not said.
inline FeatureValue FreshnessFeature(int64_t now_seconds,
                                     uint32_t fresh_seconds) {
  if (fresh_seconds == 0) return {};
  return Decay(std::max<int64_t>(now_seconds - fresh_seconds, 0),
               kFreshnessDecaySeconds);
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_FEATURES_FRESHNESS_H_
