// The formulas of packages: what a package is worth, and what of its parts
// depends on the home. Pure functions of whole numbers.
#ifndef HEIMWEG_SERVICES_MATCHING_PACKAGE_RULES_H_
#define HEIMWEG_SERVICES_MATCHING_PACKAGE_RULES_H_

#include <algorithm>
#include <cstdint>

#include "absl/types/span.h"
#include "services/matching/common_columns.h"
#include "services/matching/feature.h"
#include "services/matching/features/dates.h"

namespace heimweg::matching {

// The daily way to work that counts if an adult says none, one way: two hours
// a day are what the law holds bearable for part-time work, too (section 140
// SGB III).
inline constexpr int32_t kStandardCommuteMinutes = 60;
// How far childcare and schools may be from the home: a way that parents make
// twice a day beside that to work, and pupils by the school bus.
inline constexpr int32_t kCareRadiusMeters = 15'000;
// How far people may be: what one drives in the evening.
inline constexpr int32_t kPeopleRadiusMeters = 30'000;
// How long after the start of a job the home may be free: a quarter of a year
// can be bridged.
inline constexpr int32_t kMostGapDays = 90;
// A package's jobs may stand in this many packages of a list, its home in one.
inline constexpr int kMostUsesOfAJob = 3;
// A window without an end holds the next start of a school year.
inline constexpr int32_t kDaysInAYear = 366;

struct WeightedPart {
  int32_t score = 0;  // 0 for what is missing
  int32_t weight = 0;
};

// Weighted mean x (0.5 + 0.5 x the lowest score). It never falls when a score
// rises, so that bounds of the parts give one of the package. Weights of 0
// only: the mean is 0.
inline int32_t PackageScore(absl::Span<const WeightedPart> parts) {
  int64_t sum = 0;
  int64_t of = 0;
  int32_t weakest = kOne;
  for (const WeightedPart& part : parts) {
    sum += int64_t{part.weight} * part.score;
    of += part.weight;
    weakest = std::min(weakest, part.score);
  }
  const int64_t mean = of == 0 ? 0 : sum / of;
  return static_cast<int32_t>(mean * (kOne + weakest) / (2 * int64_t{kOne}));
}

// Days for which a job has started, or the household wants to have come if that
// is later, and the home is not free yet. 0 if a day is not known (kNoDay).
inline int64_t GapDays(int32_t earliest_day, int32_t start_day,
                       int32_t available_day) {
  if (start_day == kNoDay || available_day == kNoDay) return 0;
  return std::max<int64_t>(
      int64_t{available_day} - std::max(start_day, earliest_day), 0);
}

// DATES of a job in a package, from its value alone.
inline FeatureValue PackageJobDate(FeatureValue alone, int64_t gap_days) {
  if (!alone.known() || gap_days == 0) return alone;
  return FeatureValue(
      std::min(alone.OrNeutral(), Decay(gap_days, kDateDecayDays).OrNeutral()));
}

// The day between `first` and `last` (taken as `first` if it is before it) that
// is nearest to a 1 August, the formal start of the school year in every state
// (Hamburger Abkommen of the states, 1964); of that 1 August the day number.
struct SchoolStart {
  int32_t day = 0;          // of the 1 August
  int64_t days_beside = 0;  // between it and the nearest day of the move
};
SchoolStart NearestSchoolStart(int32_t first, int32_t last);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_PACKAGE_RULES_H_
