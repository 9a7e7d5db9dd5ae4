#include "services/matching/row_filter.h"

#include <algorithm>
#include <bit>

#include "services/matching/features/dates.h"
#include "services/matching/features/freshness.h"
#include "services/matching/features/occupation.h"
#include "services/matching/features/salary.h"
#include "services/matching/skill_shares.h"
#include "services/matching/weights.h"

namespace heimweg::matching {
namespace {

constexpr int kMostByte = 255;
constexpr int64_t kMostBudget = 254;
// Below this a unit is too coarse.
constexpr int64_t kLeastBudget = 96;

}  // namespace

RowFilter::RowFilter(const JobQuery& query, size_t seeker)
    : query_(query), seeker_(seeker) {
  FillHours();
  FillSalary();
  FillOccupations();
  FillTerms();
  FillSkills();
  losses_[kRemote].fill(kFails);
  // At first all is below a byte's unit.
  scaled_.shift = 31;
}

void RowFilter::FillHours() {
  const int32_t weight = WeightOf(query_.wish().weights, v1::FEATURE_HOURS);
  const WeeklyMinutes wished = query_.wish().seekers[seeker_].weekly;
  if (wished.most == 0) {
    losses_[kFewest].fill(weight * (kOne - kNeutral));
    return;
  }
  constexpr auto kStep = static_cast<int64_t>(HalfBytes::kMinutes);
  const int64_t low = wished.fewest;
  const int64_t high = wished.most;
  for (int64_t half = 0; half < HalfBytes::kCount; ++half) {
    const int64_t first = half * kStep;
    const bool no_end = half == HalfBytes::kLast;
    const int64_t last = no_end ? INT32_MAX : first + kStep - 1;
    const auto i = static_cast<size_t>(half);
    // Of a job's range from `last` on no greater share is wished.
    losses_[kFewest][i] =
        first > high ? kFails
        : last >= low
            ? 0
            : weight * (kOne - static_cast<int32_t>((high - low) * kOne /
                                                    (high - last)));
    // And of one up to `first`.
    losses_[kMost][i] =
        last < low ? kFails
        : first <= high
            ? 0
            : weight * (kOne - static_cast<int32_t>((high - low) * kOne /
                                                    (first - low)));
  }
  // A range of one value is met or not. What is not said is neutral.
  losses_[kMost][0] = std::min(losses_[kMost][0], weight * (kOne - kNeutral));
  losses_[kFewest][0] =
      std::min(losses_[kFewest][0], weight * (kOne - kNeutral));
}

void RowFilter::FillSalary() {
  const int32_t weight = WeightOf(query_.wish().weights, v1::FEATURE_SALARY);
  const JobQuery::Seeker& own = query_.bound(seeker_);
  Losses& losses = losses_[kSalary];
  losses[0] = weight * (kOne - kNeutral);
  for (int32_t half = 1; half < HalfBytes::kCount; ++half) {
    const int32_t most =
        half == HalfBytes::kLast
            ? INT32_MAX
            : HalfBytes::kFirstCents + half * HalfBytes::kCents - 1;
    losses[static_cast<size_t>(half)] =
        most < own.required_hourly_cents
            ? kFails
            : weight *
                  (kOne -
                   SalaryFeature(own.floor_hourly_cents, most).OrNeutral());
  }
}

void RowFilter::FillOccupations() {
  const int32_t weight =
      WeightOf(query_.wish().weights, v1::FEATURE_OCCUPATION);
  const JobSeeker& asked = query_.wish().seekers[seeker_];
  if (weight == 0 || !asked.esco_uris.empty()) return;
  if (asked.codes.empty()) {
    losses_[kDigits].fill(weight * (kOne - kNeutral));
    return;
  }
  constexpr std::array<uint32_t, 4> kBelow = {10'000, 1'000, 100, 10};
  for (uint32_t place = 0; place < kBelow.size(); ++place) {
    Losses& losses = losses_[kDigits + place];
    losses.fill(weight * kOne);
    for (const OccupationCode wished : asked.codes) {
      const int32_t all = weight * (kOne - kOccupationLadder[wished.length]);
      const int32_t other =
          weight * (kOne - kOccupationLadder[std::min(wished.length, place)]);
      for (uint32_t digit = 0; digit < HalfBytes::kNoCode; ++digit) {
        const bool same = wished.digits / kBelow[place] % 10 == digit;
        losses[digit] = std::min(losses[digit], same ? all : other);
      }
      losses[HalfBytes::kAnyDigit] =
          std::min(losses[HalfBytes::kAnyDigit], all);
    }
    losses[HalfBytes::kNoCode] = weight * (kOne - kNeutral);
  }
}

void RowFilter::FillTerms() {
  const JobSeeker& asked = query_.wish().seekers[seeker_];
  for (uint8_t half = 0; half < HalfBytes::kCount; ++half) {
    const auto type = static_cast<uint8_t>(half & ~HalfBytes::kTempAgency);
    const bool other_type = asked.employment_types != 0 && type != 0 &&
                            type != HalfBytes::kOtherTypes &&
                            (asked.employment_types >> type & 1U) == 0;
    const bool agency =
        asked.no_temp_agency && (half & HalfBytes::kTempAgency) != 0;
    losses_[kTerms][half] = other_type || agency ? kFails : 0;
  }
}

void RowFilter::FillSkills() {
  const int32_t weight = WeightOf(query_.wish().weights, v1::FEATURE_SKILLS);
  Losses& most = losses_[kSkills];
  most.fill(weight * (kOne - kNeutral));
  if (query_.HasSkills(seeker_)) most[HalfBytes::kAsks] = weight * kOne;
}

void RowFilter::FillDates() {
  const int32_t weight = WeightOf(query_.wish().weights, v1::FEATURE_DATES);
  const ReturnDays window = query_.shared().window();
  const int32_t base = JobColumns::DayOfNewest(newest_);
  Losses& losses = losses_[kDate];
  losses[0] = weight * (kOne - kNeutral);
  for (int32_t half = 1; half < HalfBytes::kCount; ++half) {
    const int32_t first = base + (half - 1) * HalfBytes::kDays;
    const int32_t last =
        half == HalfBytes::kLast ? INT32_MAX : first + HalfBytes::kDays - 1;
    int32_t& loss = losses[static_cast<size_t>(half)];
    if (window.latest && half > 1 && first > *window.latest) {
      loss = kFails;
    } else {
      // A day inside the window is best, else the nearest before it.
      loss = last >= window.earliest
                 ? 0
                 : weight * (kOne - JobDateFeature(window, last).OrNeutral());
    }
  }
}

void RowFilter::FillAges() {
  const int32_t weight = WeightOf(query_.wish().weights, v1::FEATURE_FRESHNESS);
  const int64_t now = query_.wish().evaluation_seconds;
  Losses& losses = losses_[kAge];
  for (size_t half = 0; half < HalfBytes::kAges.size(); ++half) {
    // The last second of the step.
    const int64_t step = int64_t{newest_} - HalfBytes::kAges[half];
    const int64_t last = ((step + 1) << HalfBytes::kFreshShift) - 1;
    const auto seconds = static_cast<uint32_t>(
        std::clamp<int64_t>(last, 1, int64_t{UINT32_MAX}));
    losses[half] = weight * (kOne - FreshnessFeature(now, seconds).OrNeutral());
  }
  losses[HalfBytes::kLast] = weight * (kOne - kNeutral);
}

void RowFilter::EnterNewest(int32_t newest) {
  if (newest == newest_) return;
  newest_ = newest;
  FillDates();
  FillAges();
  Scale(kDate);
  Scale(kAge);
}

void RowFilter::SetRemote(const Losses& losses) {
  if (losses_[kRemote] == losses) return;
  losses_[kRemote] = losses;
  Scale(kRemote);
}

void RowFilter::Scale(size_t half) {
  for (size_t i = 0; i < HalfBytes::kCount; ++i) {
    const auto loss = static_cast<uint8_t>(
        std::min(losses_[half][i] >> scaled_.shift, int32_t{kMostByte}));
    scaled_.losses[half][i] = loss;
    scaled_.losses[half][i + HalfBytes::kCount] = loss;
  }
}

void RowFilter::ScaleShares() {
  // Of the 255ths that are missing, as a 256th.
  constexpr int64_t kParts = SkillShares::kAll;
  const int64_t weight = WeightOf(query_.wish().weights, v1::FEATURE_SKILLS);
  scaled_.share_loss = static_cast<uint16_t>(
      std::min((weight * kOne * (kParts + 1) / kParts) >> scaled_.shift,
               int64_t{INT16_MAX}));
}

void RowFilter::Rescale(int64_t budget) {
  int& shift = scaled_.shift;
  const int64_t units = budget >> shift;
  if (units <= kMostBudget && (units >= kLeastBudget || shift == 0)) return;
  // The finest unit by which the budget is a byte below 255.
  const auto width =
      static_cast<int>(std::bit_width(static_cast<uint64_t>(budget)));
  shift = std::max(width - 8, 0);
  if ((budget >> shift) > kMostBudget) ++shift;
  for (size_t half = 0; half < kHalves; ++half) Scale(half);
  ScaleShares();
}

void RowFilter::Filter(const JobPlanes::Block& block, const uint8_t* shares,
                       const DistanceLosses& distances, int64_t budget,
                       FilteredRows& rows) {
  rows.rows = 0;
  if (budget < 0) return;
  Rescale(budget);
  FilterRows(block, shares, distances, scaled_,
             static_cast<uint8_t>(budget >> scaled_.shift), rows);
}

}  // namespace heimweg::matching
