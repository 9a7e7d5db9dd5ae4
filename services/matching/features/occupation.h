// Occupation: how near a job's occupations are to those that are wished.
//
// Unit: millionths. Range: 0, 350,000, 600,000, 850,000 or 1,000,000, by the
// leading digits that two KldB 2010 codes share (2 to 5, a shorter code counts
// with the digits it has); the best pair counts. Equal ESCO URIs: 1,000,000.
// Source: the classification's own hierarchy (Bundesagentur fuer Arbeit, KldB
// 2010): 2 digits a main group, 3 a group, 4 a sub-group, 5 with the
// requirement level. The steps fall slowly where people change easily, within a
// group, and fast between groups.
// Unknown: unless both sides name a code, or both a URI; a code and a URI
// cannot be compared, so that one of each says nothing.
// Says: "The occupation is one that you wished" (OCCUPATION_SAME), "... is near
// to one that you wished" (OCCUPATION_NEAR).
#ifndef HEIMWEG_SERVICES_MATCHING_FEATURES_OCCUPATION_H_
#define HEIMWEG_SERVICES_MATCHING_FEATURES_OCCUPATION_H_

#include <array>
#include <cstdint>

#include "services/matching/feature.h"

namespace heimweg::matching {

// By shared leading digits.
inline constexpr std::array<int32_t, 6> kOccupationLadder = {
    0, 0, 350'000, 600'000, 850'000, kOne};

struct OccupationPair {
  bool codes = false;          // both sides name a code
  bool uris = false;           // both sides name a URI
  uint32_t common_digits = 0;  // of the best pair of codes
  bool same_uri = false;
};

inline FeatureValue OccupationFeature(OccupationPair pair) {
  if (!pair.codes && !pair.uris) return {};
  if (pair.same_uri) return FeatureValue(kOne);
  return FeatureValue(kOccupationLadder[pair.common_digits]);
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_FEATURES_OCCUPATION_H_
