// Equipment: wished equipment that a home has.
//
// Unit: millionths. Range: 0 to 1,000,000. value = wished items that are there
// / wished items about which the home says something; broadband of the wished
// speed is one item.
// Unknown: if nothing is wished or the home says nothing about it.
// Says: "It has a garden, ..." (EQUIPMENT).
#ifndef HEIMWEG_SERVICES_MATCHING_FEATURES_EQUIPMENT_H_
#define HEIMWEG_SERVICES_MATCHING_FEATURES_EQUIPMENT_H_

#include <bit>
#include <cstdint>
#include <optional>

#include "services/matching/feature.h"

namespace heimweg::matching {

// Sets have a bit for each heimweg.profiles.v1.Equipment; `offered_mbps` below
// 0: not said.
inline FeatureValue EquipmentFeature(uint32_t wished, uint32_t has,
                                     uint32_t lacks,
                                     std::optional<int32_t> wished_mbps,
                                     int32_t offered_mbps) {
  int64_t there = std::popcount(wished & has);
  int64_t said = std::popcount(wished & (has | lacks));
  if (wished_mbps && offered_mbps >= 0) {
    ++said;
    if (offered_mbps >= *wished_mbps) ++there;
  }
  return said == 0 ? FeatureValue() : FeatureValue(there * kOne / said);
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_FEATURES_EQUIPMENT_H_
