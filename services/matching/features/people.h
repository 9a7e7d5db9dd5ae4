// People: what the household shares with the people behind a contact.
//
// Unit: millionths. Range: 0 to 1,000,000. value = (shared interests + 2 x
// shared biography hooks) / 3, cut: the same school or the same city of exile
// connects more than a hobby does, and beyond three points there is enough to
// talk about. Unknown: if one side names neither topics or interests nor
// biography. Says: "You share: ..." (PEOPLE_SHARED).
#ifndef HEIMWEG_SERVICES_MATCHING_FEATURES_PEOPLE_H_
#define HEIMWEG_SERVICES_MATCHING_FEATURES_PEOPLE_H_

#include <cstdint>

#include "services/matching/feature.h"

namespace heimweg::matching {

inline constexpr int64_t kHookPoints = 2;
inline constexpr int64_t kEnoughPoints = 3;

inline FeatureValue PeopleFeature(bool both_name_terms,
                                  int64_t shared_interests,
                                  int64_t shared_hooks) {
  if (!both_name_terms) return {};
  return FeatureValue((shared_interests + kHookPoints * shared_hooks) * kOne /
                      kEnoughPoints);
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_FEATURES_PEOPLE_H_
