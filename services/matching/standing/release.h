// Release: when a household is told of a match: not in its quiet hours, and of
// no more matches a day than its budget. Pure functions of the settings and the
// time; days and hours are those of LocalTimeZone().
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_RELEASE_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_RELEASE_H_

#include <cstdint>

#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/matching/wish_cells.h"

namespace heimweg::matching {

inline constexpr int32_t kStandardDailyBudget = 3;
inline constexpr int32_t kStandardWakeThreshold = 850'000;

int32_t DailyBudget(const profiles::v1::NotificationSettings& settings);
// Lowest score that is worth a match, in millionths.
int32_t WishThreshold(const profiles::v1::NotificationSettings& settings);
int32_t WakeThreshold(const profiles::v1::NotificationSettings& settings);

// `now` if it is not quiet then, otherwise the end of the quiet hours. They are
// [from, until), over midnight if `until` is not after `from`; none if either
// is not said or both are the same.
absl::Time EndOfQuiet(const profiles::v1::NotificationSettings& settings,
                      absl::Time now);

// When the local day after that of `now` begins.
absl::Time NextDay(absl::Time now);

// When a match may be released at the earliest if `released_today` were
// released on the local day of `now`: `now` itself, a time after it, or
// InfiniteFuture (a budget of 0, or messages are switched off).
absl::Time ReleaseTime(const profiles::v1::NotificationSettings& settings,
                       int64_t released_today, absl::Time now);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_RELEASE_H_
