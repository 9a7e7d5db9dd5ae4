// Salary: a job's highest pay against the adult's floor.
//
// Unit: millionths; pay in cents by the hour. Range: 0 to 1,000,000.
// value = (s - f/2) / f, cut, for pay s and floor f: 0 at half of the floor, a
// half at the floor, 1 at one and a half times the floor. More than that does
// not make a job a better match, only a richer one.
// Unknown: if either is not said.
// Says: "The pay reaches what you ask" (SALARY_FIT).
#ifndef HEIMWEG_SERVICES_MATCHING_FEATURES_SALARY_H_
#define HEIMWEG_SERVICES_MATCHING_FEATURES_SALARY_H_

#include <algorithm>
#include <cstdint>

#include "services/matching/feature.h"

namespace heimweg::matching {

// -1: not said. A floor below one cent an hour counts as one.
inline FeatureValue SalaryFeature(int32_t floor_hourly_cents,
                                  int32_t hourly_cents) {
  if (floor_hourly_cents < 0 || hourly_cents < 0) return {};
  const int64_t floor = std::max(floor_hourly_cents, 1);
  const int64_t above = std::max<int64_t>(2 * int64_t{hourly_cents} - floor, 0);
  return FeatureValue(above * kOne / (2 * floor));
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_FEATURES_SALARY_H_
