// Times in steps of 18 hours, and what is lost by the time between them and
// now, from a table.
#ifndef HEIMWEG_SERVICES_MATCHING_TIME_STEP_H_
#define HEIMWEG_SERVICES_MATCHING_TIME_STEP_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "services/matching/features/decay.h"

namespace heimweg::matching {

inline constexpr int kTimeStepShift = 16;  // of seconds since 1970

// What Decay loses over a time at least. Thread-safe, as it is const.
class DecayLosses {
 public:
  // `now` in seconds since 1970; a weight times what is missing to kOne. What
  // is not said counts as kNeutral.
  DecayLosses(int64_t now, int64_t scale_seconds, int32_t weight)
      : now_(now >> kTimeStepShift), unsaid_(weight * (kOne - kNeutral)) {
    // Between two times that are `steps` apart may lie nearly one less.
    for (int64_t steps = 1; steps < kSteps; ++steps) {
      const int64_t least = (steps - 1) << kTimeStepShift;
      losses_[static_cast<size_t>(steps)] =
          weight * (kOne - Decay(least, scale_seconds).OrNeutral());
    }
  }

  // Since a step that was, until one that comes; none for the other kind.
  int32_t Since(int64_t step) const { return Over(now_ - step); }
  int32_t Until(int64_t step) const { return Over(step - now_); }
  int32_t Unsaid() const { return unsaid_; }
  // False if it may not be over.
  bool IsOver(int64_t step) const { return step < now_; }

 private:
  static constexpr int64_t kSteps = 192;  // nearly half a year

  int32_t Over(int64_t steps) const {
    return losses_[static_cast<size_t>(
        std::clamp<int64_t>(steps, 0, kSteps - 1))];
  }

  int64_t now_;
  int32_t unsaid_;
  std::array<int32_t, kSteps> losses_{};
};

// How fresh a row is, in a byte, against a step that no row of its segment is
// fresher than. 0: not said; 1: at that step; the last: so long before it, or
// longer.
struct AgeByte {
  // Rounded up, so that most segments have the same.
  static int64_t Newest(uint32_t freshest_seconds) {
    constexpr int64_t kRounding = 4;
    const int64_t step = int64_t{freshest_seconds} >> kTimeStepShift;
    return (step + kRounding - 1) / kRounding * kRounding;
  }
  // `seconds` as CommonColumns::fresh.
  static uint8_t Of(uint32_t seconds, int64_t newest) {
    if (seconds == 0) return 0;
    const int64_t age = newest - (int64_t{seconds} >> kTimeStepShift);
    return static_cast<uint8_t>(std::min<int64_t>(age + 1, UINT8_MAX));
  }
  // By byte.
  static void Fill(const DecayLosses& fresh, int64_t newest,
                   std::array<int32_t, 256>& losses) {
    losses[0] = fresh.Unsaid();
    for (int64_t byte = 1; byte <= UINT8_MAX; ++byte) {
      losses[static_cast<size_t>(byte)] = fresh.Since(newest - (byte - 1));
    }
  }
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_TIME_STEP_H_
