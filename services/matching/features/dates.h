// Dates: a job's start, a home's availability or an event's day against the
// household's return window.
//
// Unit: millionths; days since 1970-01-01 (UTC). Range: 0 to 1,000,000.
// The window begins at its first day, or at the evaluation day if the household
// said none, and ends at its last day or never.
// Jobs: 1,000,000 inside the window, otherwise exp(-days outside / 90): a
// quarter of a year is the usual term of notice.
// Homes: the same, but a home that is free before the window can wait:
// 1,000,000. Events: exp(-time until it starts / 60 days), 1,000,000 while it
// lasts; the next one is what one can go to. The return window does not matter,
// since people visit before they return. After the window's end the constraint
// DATES fails; the value is seen in explanations only. Unknown: if the offer
// names no date, or a recurring event's named occurrence is over. Says: "It
// starts when you want to come" (DATE_FIT).
#ifndef HEIMWEG_SERVICES_MATCHING_FEATURES_DATES_H_
#define HEIMWEG_SERVICES_MATCHING_FEATURES_DATES_H_

#include <cstdint>
#include <optional>

#include "services/matching/common_columns.h"
#include "services/matching/feature.h"
#include "services/matching/features/decay.h"

namespace heimweg::matching {

inline constexpr int32_t kDateDecayDays = 90;
inline constexpr int64_t kSecondsPerDay = 86'400;
inline constexpr int64_t kEventDecaySeconds = 60 * kSecondsPerDay;

// The household's window.
struct ReturnDays {
  int32_t earliest = 0;
  std::optional<int32_t> latest;
};

// `day` may be kNoDay.
inline FeatureValue HomeDateFeature(ReturnDays window, int32_t day) {
  if (day == kNoDay) return {};
  if (!window.latest || day <= *window.latest) return FeatureValue(kOne);
  return Decay(int64_t{day} - *window.latest, kDateDecayDays);
}

inline FeatureValue JobDateFeature(ReturnDays window, int32_t day) {
  if (day == kNoDay || day >= window.earliest) {
    return HomeDateFeature(window, day);
  }
  return Decay(int64_t{window.earliest} - day, kDateDecayDays);
}

// An event as its columns hold it; `start` is 0 if there is none.
struct EventTime {
  uint32_t start = 0;
  uint32_t last = 0;
  bool recurs = false;

  bool IsOver(int64_t now_seconds) const { return last < now_seconds; }
};

inline FeatureValue EventDateFeature(EventTime event, int64_t now_seconds) {
  if (event.start == 0) return {};
  if (event.recurs && event.IsOver(now_seconds)) return {};
  return Decay(event.start - now_seconds, kEventDecaySeconds);
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_FEATURES_DATES_H_
