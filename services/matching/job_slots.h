// JobSlots: a job in a few bytes, coarsely, so that most jobs are turned down
// by looking bytes up in tables (quick_tables.h) before anything exact is read.
#ifndef HEIMWEG_SERVICES_MATCHING_JOB_SLOTS_H_
#define HEIMWEG_SERVICES_MATCHING_JOB_SLOTS_H_

#include <algorithm>
#include <cstdint>

namespace heimweg::matching {

struct JobSlots {
  static constexpr int32_t kSlots = 256;

  // The fewest weekly minutes and the most, in sixteen steps each. The last
  // step has no end; a most of step 0 may not be said.
  static constexpr int kHoursShift = 8;  // 256 minutes
  static constexpr int32_t kHoursSteps = 16;
  static constexpr uint8_t Hours(uint32_t fewest, uint32_t most) {
    constexpr uint32_t kLast = kHoursSteps - 1;
    return static_cast<uint8_t>(std::min(fewest >> kHoursShift, kLast) *
                                    kHoursSteps +
                                std::min(most >> kHoursShift, kLast));
  }

  // 0: not said; the last has no end.
  static constexpr int kSalaryShift = 5;  // 32 cents
  static constexpr uint8_t Salary(int32_t hourly_cents) {
    return static_cast<uint8_t>(
        std::min((hourly_cents >> kSalaryShift) + 1, kSlots - 1));
  }

  // From 2015 on. The first also takes what is before or not said, the last
  // has no end.
  static constexpr int kDateShift = 5;  // 32 days
  static constexpr int32_t kFirstDate = 513;
  static constexpr uint8_t Date(int32_t day) {
    return static_cast<uint8_t>(
        std::clamp((day >> kDateShift) - kFirstDate, 0, kSlots - 1));
  }

  // How much older than `newest`, a FreshStep. The last also takes what is
  // older still or not said.
  static constexpr int kFreshShift = 18;  // three days
  static constexpr int32_t FreshStep(uint32_t fresh) {
    return static_cast<int32_t>(fresh >> kFreshShift);
  }
  static constexpr uint8_t Age(int32_t newest, uint32_t fresh) {
    return static_cast<uint8_t>(
        std::clamp(newest - FreshStep(fresh), 0, kSlots - 1));
  }

  // JobColumns::RareSkillWeight, the last but one also for more; the last: asks
  // for no skills.
  static constexpr int32_t kRareSlots = 33;
  static constexpr uint8_t Rare(int32_t rare_skill_weight) {
    return static_cast<uint8_t>(std::min(rare_skill_weight, kRareSlots - 2));
  }

  // The first four digits of the only code, by a prime.
  static constexpr uint32_t kCodeSlots = 251;
  static constexpr uint8_t kNoCode = 251;
  static constexpr uint8_t kSomeCodes = 252;  // which differ in these digits
  static constexpr uint8_t Code(uint32_t four_digits) {
    return static_cast<uint8_t>(four_digits % kCodeSlots);
  }

  uint8_t hours = 0;
  uint8_t salary = 0;
  uint8_t date = 0;
  uint8_t age = 0;
  uint8_t rare = 0;
  uint8_t code = 0;
};
static_assert(sizeof(JobSlots) == 6);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_JOB_SLOTS_H_
