// TimeStep: a time in steps of 18 hours, and what is lost by the time between
// it and now, from a table.
#ifndef HEIMWEG_SERVICES_MATCHING_TIME_STEP_H_
#define HEIMWEG_SERVICES_MATCHING_TIME_STEP_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "services/matching/features/decay.h"

namespace heimweg::matching {

struct TimeStep {
  static constexpr int kShift = 16;

  // `seconds` as columns hold them; 0 is not said.
  static TimeStep Of(uint32_t seconds) {
    if (seconds == 0) return {};
    return {static_cast<uint16_t>(std::max(seconds >> kShift, 1U))};
  }

  bool said() const { return step != 0; }

  uint16_t step = 0;
};

// What Decay loses over a time at least. Thread-safe, as it is const.
class DecayLosses {
 public:
  // `now` in seconds since 1970; a weight times what is missing to kOne. What
  // is not said counts as kNeutral.
  DecayLosses(int64_t now, int64_t scale_seconds, int32_t weight)
      : now_(now >> TimeStep::kShift) {
    losses_[kSteps] = weight * (kOne - kNeutral);
    // Between two times that are `steps` apart may lie nearly one less.
    for (int64_t steps = 1; steps < kSteps; ++steps) {
      const int64_t least = (steps - 1) << TimeStep::kShift;
      losses_[static_cast<size_t>(steps)] =
          weight * (kOne - Decay(least, scale_seconds).OrNeutral());
    }
  }

  // Since a time that was, until one that comes; none for the other kind.
  int32_t Since(TimeStep time) const { return Of(time, now_ - time.step); }
  int32_t Until(TimeStep time) const { return Of(time, time.step - now_); }
  int32_t Unsaid() const { return losses_[kSteps]; }
  // False if it may not be over.
  bool IsOver(TimeStep time) const { return time.step < now_; }

 private:
  static constexpr int64_t kSteps = 192;  // nearly half a year

  int32_t Of(TimeStep time, int64_t steps) const {
    const int64_t said = std::clamp<int64_t>(steps, 0, kSteps - 1);
    return losses_[static_cast<size_t>(time.said() ? said : kSteps)];
  }

  int64_t now_;
  std::array<int32_t, kSteps + 1> losses_{};
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_TIME_STEP_H_
