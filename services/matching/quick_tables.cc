#include "services/matching/quick_tables.h"

#include <algorithm>

#include "services/matching/features/dates.h"
#include "services/matching/features/freshness.h"
#include "services/matching/features/hours.h"
#include "services/matching/features/salary.h"
#include "services/matching/weights.h"

namespace heimweg::matching {

QuickTables::QuickTables(const JobQuery& query, size_t seeker) {
  FillHours(query, seeker);
  FillSalary(query, seeker);
  FillDates(query);
  FillFreshness(query);
}

void QuickTables::FillHours(const JobQuery& query, size_t seeker) {
  const int32_t weight = WeightOf(query.wish().weights, v1::FEATURE_HOURS);
  const WeeklyMinutes wished = query.wish().seekers[seeker].weekly;
  for (int32_t slot = 0; slot < kHoursSteps * kHoursSteps; ++slot) {
    // The least that a range of this slot begins with, the most that it ends
    // with; the last step has no end.
    const int32_t least = (slot / kHoursSteps) << kHoursShift;
    const int32_t last = slot % kHoursSteps;
    const int32_t most =
        last == kHoursSteps - 1 ? INT32_MAX : ((last + 1) << kHoursShift) - 1;
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
  for (int32_t slot = 1; slot < kSlots; ++slot) {
    const int32_t most =
        slot == kSlots - 1 ? INT32_MAX : (slot << kSalaryShift) - 1;
    salary_[static_cast<size_t>(slot)] =
        most < own.required_hourly_cents
            ? kFails
            : weight * SalaryFeature(own.floor_hourly_cents, most).OrNeutral();
  }
}

void QuickTables::FillDates(const JobQuery& query) {
  constexpr int32_t kSlotsBefore = 24;  // two years
  const int32_t weight = WeightOf(query.wish().weights, v1::FEATURE_DATES);
  const ReturnDays window = query.shared().window();
  first_date_ = (window.earliest >> kDateShift) - kSlotsBefore;
  for (int32_t slot = 0; slot < kSlots; ++slot) {
    const int64_t first = (int64_t{first_date_} + slot) << kDateShift;
    const int64_t last = first + (1 << kDateShift) - 1;
    int32_t most = kFails;
    // The first slot has no beginning.
    if (!window.latest || slot == 0 || first <= *window.latest) {
      // A day inside the window is best, else the nearest before it.
      const bool inside = last >= window.earliest;
      most =
          weight * (inside ? kOne
                           : JobDateFeature(window, static_cast<int32_t>(last))
                                 .OrNeutral());
    }
    if (slot == 0) most = std::max(most, weight * kNeutral);
    dates_[static_cast<size_t>(slot)] = most;
  }
}

void QuickTables::FillFreshness(const JobQuery& query) {
  const int32_t weight = WeightOf(query.wish().weights, v1::FEATURE_FRESHNESS);
  const int64_t now = query.wish().evaluation_seconds;
  last_fresh_ = static_cast<int32_t>(now >> kFreshnessShift);
  for (int32_t slot = 0; slot < kSlots; ++slot) {
    // The first slot also takes what is fresher than now.
    const int64_t last =
        ((int64_t{last_fresh_} - slot + 1) << kFreshnessShift) - 1;
    int32_t most = weight * kOne;
    if (slot > 0) {
      const auto seconds = static_cast<uint32_t>(std::max<int64_t>(last, 1));
      most = weight * FreshnessFeature(now, seconds).OrNeutral();
    }
    // Where FreshnessSlot puts what is not said.
    if (slot == std::min(last_fresh_, kSlots - 1)) {
      most = std::max(most, weight * kNeutral);
    }
    freshness_[static_cast<size_t>(slot)] = most;
  }
}

}  // namespace heimweg::matching
