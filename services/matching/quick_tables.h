// QuickTables: a fast upper bound of what some features of a job add to its
// score, by looking up coarse values (job_slots.h) instead of computing exact
// ones. Most rows are turned down by it before anything dear is computed.
#ifndef HEIMWEG_SERVICES_MATCHING_QUICK_TABLES_H_
#define HEIMWEG_SERVICES_MATCHING_QUICK_TABLES_H_

#include <algorithm>
#include <array>
#include <cstdint>

#include "services/matching/job_query.h"
#include "services/matching/job_slots.h"

namespace heimweg::matching {

// Products of weights and values for one seeker. Thread-compatible.
class QuickTables {
 public:
  // What a row has that fails HOURS, SALARY or DATES for certain; so far below
  // any sum that it stays below zero whatever is added.
  static constexpr int32_t kFails = -(1 << 29);

  QuickTables(const JobQuery& query, size_t seeker);

  // Of HOURS, SALARY, DATES and FRESHNESS: at least the exact sum of a row that
  // passes; may be anything for a row that does not. `ages` is AgesOf its
  // segment.
  int32_t Upper(const JobSlots& row, const int32_t* ages) const {
    return hours_[row.hours] + salary_[row.salary] + dates_[row.date] +
           ages[row.age];
  }
  // By JobSlots::age of a segment with this JobColumns::newest.
  const int32_t* AgesOf(int32_t newest) const {
    // What is not said is at the end, which has to be old.
    constexpr int32_t kMostLater = 127;
    const int32_t before = now_ - newest;
    if (before < -kMostLater) return ages_.data();
    return ages_.data() + kAhead + std::min(before, kAhead - 1);
  }
  // The same of OCCUPATION alone.
  int32_t Occupation(const JobSlots& row) const {
    return occupations_[row.code];
  }

 private:
  static constexpr int32_t kAhead = JobSlots::kSlots;

  void FillHours(const JobQuery& query, size_t seeker);
  void FillSalary(const JobQuery& query, size_t seeker);
  void FillDates(const JobQuery& query);
  void FillAges(const JobQuery& query);
  void FillOccupations(const JobQuery& query, size_t seeker);

  using Slots = std::array<int32_t, JobSlots::kSlots>;

  int32_t now_ = 0;  // JobSlots::FreshStep
  Slots hours_{};
  Slots salary_{};
  Slots dates_{};
  Slots occupations_{};
  // By steps before now, from -kAhead on; whatever is later than now comes
  // first.
  std::array<int32_t, 3 * JobSlots::kSlots> ages_{};
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_QUICK_TABLES_H_
