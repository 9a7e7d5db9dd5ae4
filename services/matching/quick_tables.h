// QuickTables: a fast upper bound of what some features of a job add to its
// score, by looking up coarse values instead of computing exact ones. Most rows
// are turned down by it before anything dear is computed.
#ifndef HEIMWEG_SERVICES_MATCHING_QUICK_TABLES_H_
#define HEIMWEG_SERVICES_MATCHING_QUICK_TABLES_H_

#include <algorithm>
#include <array>
#include <cstdint>

#include "services/matching/job_query.h"

namespace heimweg::matching {

// The sums of weights and values of HOURS, SALARY, DATES and FRESHNESS for one
// seeker. Thread-compatible.
class QuickTables {
 public:
  // What a row has that fails HOURS, SALARY or DATES for certain; so far below
  // any sum that it stays below zero whatever is added.
  static constexpr int32_t kFails = -(1 << 29);

  QuickTables(const JobQuery& query, size_t seeker);

  // At least the exact sum of a row that passes; may be anything for a row that
  // does not.
  int32_t Upper(const JobColumns& jobs, uint32_t row) const {
    return hours_[HoursSlot(jobs.fewest_minutes[row], jobs.most_minutes[row])] +
           salary_[SalarySlot(jobs.hourly_cents[row])] +
           dates_[DateSlot(jobs.start_day[row])] +
           freshness_[FreshnessSlot(jobs.common.fresh[row])];
  }

 private:
  static constexpr int32_t kSlots = 128;
  static constexpr int kHoursShift = 8;       // 256 minutes
  static constexpr int kSalaryShift = 5;      // 32 cents
  static constexpr int kDateShift = 5;        // 32 days
  static constexpr int kFreshnessShift = 18;  // three days
  static constexpr int32_t kHoursSteps = 16;

  static uint32_t HoursSlot(uint32_t fewest, uint32_t most) {
    constexpr uint32_t kLast = kHoursSteps - 1;
    return std::min(fewest >> kHoursShift, kLast) * kHoursSteps +
           std::min(most >> kHoursShift, kLast);
  }
  // 0: not said.
  static uint32_t SalarySlot(int32_t hourly_cents) {
    return static_cast<uint32_t>(
        std::min((hourly_cents >> kSalaryShift) + 1, kSlots - 1));
  }
  // 0: not said, or before all others.
  uint32_t DateSlot(int32_t day) const {
    return static_cast<uint32_t>(
        std::clamp((day >> kDateShift) - first_date_, 0, kSlots - 1));
  }
  // The last: not said, or before all others.
  uint32_t FreshnessSlot(uint32_t fresh) const {
    return static_cast<uint32_t>(
        std::clamp(last_fresh_ - static_cast<int32_t>(fresh >> kFreshnessShift),
                   0, kSlots - 1));
  }

  void FillHours(const JobQuery& query, size_t seeker);
  void FillSalary(const JobQuery& query, size_t seeker);
  void FillDates(const JobQuery& query);
  void FillFreshness(const JobQuery& query);

  int32_t first_date_ = 0;  // in units of dates
  int32_t last_fresh_ = 0;  // in units of freshness
  std::array<int32_t, kHoursSteps * kHoursSteps> hours_{};
  std::array<int32_t, kSlots> salary_{};
  std::array<int32_t, kSlots> dates_{};
  std::array<int32_t, kSlots> freshness_{};
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_QUICK_TABLES_H_
