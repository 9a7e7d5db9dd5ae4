#include "services/matching/quick_tables.h"

#include <algorithm>

#include "services/matching/features/dates.h"
#include "services/matching/features/freshness.h"
#include "services/matching/features/hours.h"
#include "services/matching/features/occupation.h"
#include "services/matching/features/salary.h"
#include "services/matching/weights.h"

namespace heimweg::matching {

QuickTables::QuickTables(const JobQuery& query, size_t seeker) {
  FillHours(query, seeker);
  FillSalary(query, seeker);
  FillDates(query);
  FillAges(query);
  FillOccupations(query, seeker);
}

void QuickTables::FillHours(const JobQuery& query, size_t seeker) {
  constexpr int32_t kSteps = JobSlots::kHoursSteps;
  constexpr int kShift = JobSlots::kHoursShift;
  const int32_t weight = WeightOf(query.wish().weights, v1::FEATURE_HOURS);
  const WeeklyMinutes wished = query.wish().seekers[seeker].weekly;
  for (int32_t slot = 0; slot < kSteps * kSteps; ++slot) {
    // The least that a range of this slot begins with, the most that it ends
    // with.
    const int32_t least = (slot / kSteps) << kShift;
    const int32_t last = slot % kSteps;
    const int32_t most =
        last == kSteps - 1 ? INT32_MAX : ((last + 1) << kShift) - 1;
    const bool may_overlap =
        wished.most != 0 && wished.fewest <= most && least <= wished.most;
    const bool may_be_unknown = wished.most == 0 || last == 0;
    hours_[static_cast<size_t>(slot)] = may_overlap      ? weight * kOne
                                        : may_be_unknown ? weight * kNeutral
                                                         : kFails;
  }
}

void QuickTables::FillSalary(const JobQuery& query, size_t seeker) {
  const int32_t weight = WeightOf(query.wish().weights, v1::FEATURE_SALARY);
  const JobQuery::Seeker& own = query.bound(seeker);
  salary_[0] = weight * kNeutral;
  for (int32_t slot = 1; slot < JobSlots::kSlots; ++slot) {
    const int32_t most = slot == JobSlots::kSlots - 1
                             ? INT32_MAX
                             : (slot << JobSlots::kSalaryShift) - 1;
    salary_[static_cast<size_t>(slot)] =
        most < own.required_hourly_cents
            ? kFails
            : weight * SalaryFeature(own.floor_hourly_cents, most).OrNeutral();
  }
}

void QuickTables::FillDates(const JobQuery& query) {
  constexpr int kShift = JobSlots::kDateShift;
  const int32_t weight = WeightOf(query.wish().weights, v1::FEATURE_DATES);
  const ReturnDays window = query.shared().window();
  for (int32_t slot = 0; slot < JobSlots::kSlots; ++slot) {
    const int32_t first = (JobSlots::kFirstDate + slot) << kShift;
    const int32_t last =
        slot == JobSlots::kSlots - 1 ? INT32_MAX : first + (1 << kShift) - 1;
    int32_t most = kFails;
    // The first slot has no beginning.
    if (!window.latest || slot == 0 || first <= *window.latest) {
      // A day inside the window is best, else the nearest before it.
      most = weight * (last >= window.earliest
                           ? kOne
                           : JobDateFeature(window, last).OrNeutral());
    }
    if (slot == 0) most = std::max(most, weight * kNeutral);
    dates_[static_cast<size_t>(slot)] = most;
  }
}

void QuickTables::FillAges(const JobQuery& query) {
  constexpr int32_t kOld = 128;  // steps: more than a year
  const int32_t weight = WeightOf(query.wish().weights, v1::FEATURE_FRESHNESS);
  const int64_t now = query.wish().evaluation_seconds;
  now_ = static_cast<int32_t>(now >> JobSlots::kFreshShift);
  for (int32_t step = -kAhead; step < 2 * kAhead; ++step) {
    int32_t most = kOne;
    if (step > 0 && step < kOld) {
      // The last second of the step.
      const int64_t last =
          ((int64_t{now_} - step + 1) << JobSlots::kFreshShift) - 1;
      const auto seconds = static_cast<uint32_t>(std::max<int64_t>(last, 1));
      most = FreshnessFeature(now, seconds).OrNeutral();
    } else if (step >= kOld) {
      most = kNeutral;  // also what is not said
    }
    ages_[static_cast<size_t>(int64_t{step} + kAhead)] = weight * most;
  }
}

void QuickTables::FillOccupations(const JobQuery& query, size_t seeker) {
  constexpr uint32_t kGroupSize = 100;  // codes of four digits in a main group
  const int32_t weight = WeightOf(query.wish().weights, v1::FEATURE_OCCUPATION);
  const JobSeeker& asked = query.wish().seekers[seeker];
  if (!asked.esco_uris.empty()) {
    occupations_.fill(weight * kOne);
    return;
  }
  occupations_.fill(asked.codes.empty() ? weight * kNeutral : 0);
  if (asked.codes.empty()) return;
  for (const OccupationCode wished : asked.codes) {
    const uint32_t first = wished.digits / 1'000 * kGroupSize;
    for (uint32_t code = first; code < first + kGroupSize; ++code) {
      uint32_t common = CommonDigits(wished, {code * 10, 4});
      if (common == 4 && wished.length > 4) common = 5;
      int32_t& most = occupations_[JobSlots::Code(code)];
      most = std::max(most, weight * kOccupationLadder[common]);
    }
  }
  occupations_[JobSlots::kNoCode] = weight * kNeutral;
  occupations_[JobSlots::kSomeCodes] = weight * kOne;
}

}  // namespace heimweg::matching
