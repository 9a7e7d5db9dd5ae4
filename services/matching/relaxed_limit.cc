#include "services/matching/relaxed_limit.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/matching/common_columns.h"

namespace heimweg::matching {
namespace {

// Greatest values of the profile's fields.
constexpr int32_t kMostRadiusMeters = 1'000'000;
constexpr int32_t kMostCommuteMinutes = 600;
constexpr int64_t kMostRentCents = 10'000'000;
constexpr int64_t kMostPriceCents = 100'000'000'000;
constexpr int32_t kFewestWeeklyMinutes = kMinutesPerHour / 2;

// Radii grow to whole hundreds of metres.
constexpr int64_t kRadiusStepMeters = 100;

int64_t CeilDivide(int64_t a, int64_t b) { return (a + b - 1) / b; }

class Steps {
 public:
  // Adds the step unless it changes nothing or repeats the one before.
  void Add(v1::Constraint constraint, std::string from, std::string to,
           absl::string_view unit, RelaxedLimit limit) {
    limit.text.set_constraint(constraint);
    limit.text.set_from(std::move(from));
    limit.text.set_to(std::move(to));
    limit.text.set_unit(std::string(unit));
    const v1::Relaxation& text = limit.text;
    if (text.from() == text.to()) return;
    if (!steps_.empty() && steps_.back().seeker == limit.seeker &&
        steps_.back().rented == limit.rented &&
        steps_.back().text.SerializeAsString() == text.SerializeAsString()) {
      return;
    }
    steps_.push_back(std::move(limit));
  }
  std::vector<RelaxedLimit> Take() { return std::move(steps_); }

 private:
  std::vector<RelaxedLimit> steps_;
};

void AddArea(const Wish& wish, Steps& steps) {
  for (size_t i = 0; i < wish.anchors.size(); ++i) {
    const Anchor& anchor = wish.anchors[i];
    for (const int64_t thirds : {1, 2}) {
      RelaxedLimit limit;
      limit.text.set_anchor(anchor.id);
      limit.area.anchor = i;
      if (anchor.limit == Anchor::Limit::kRadius) {
        const int64_t wider =
            CeilDivide(int64_t{anchor.radius_m} * (3 + thirds),
                       3 * kRadiusStepMeters) *
            kRadiusStepMeters;
        const auto radius_m =
            static_cast<int32_t>(std::min<int64_t>(wider, kMostRadiusMeters));
        limit.area.chord_within = ChordWithinRadius(radius_m);
        steps.Add(v1::CONSTRAINT_AREA, KmText(anchor.radius_m),
                  KmText(radius_m), "km", std::move(limit));
      } else if (anchor.limit == Anchor::Limit::kMinutes) {
        const auto minutes = static_cast<int32_t>(std::min<int64_t>(
            CeilDivide(int64_t{anchor.minutes} * (3 + thirds), 3),
            kMostCommuteMinutes));
        limit.area.chord_within = ChordWithinMinutes(minutes, anchor.mode);
        steps.Add(v1::CONSTRAINT_AREA, absl::StrCat(anchor.minutes),
                  absl::StrCat(minutes), "minutes", std::move(limit));
      }
    }
  }
}

void AddDates(const Wish& wish, Steps& steps) {
  if (!wish.latest_day) return;
  for (const int32_t days : {90, 180}) {
    RelaxedLimit limit;
    limit.latest_day = *wish.latest_day + days;
    steps.Add(v1::CONSTRAINT_DATES, DayText(*wish.latest_day),
              DayText(*limit.latest_day), "", limit);
  }
}

void AddSalary(const Wish& wish, Steps& steps) {
  for (size_t i = 0; i < wish.seekers.size(); ++i) {
    const JobSeeker& seeker = wish.seekers[i];
    if (!seeker.floor_required || !seeker.floor.known()) continue;
    for (const int64_t tenths : {1, 2}) {
      Pay lower = seeker.floor;
      lower.cents = lower.cents * (10 - tenths) / 10;
      if (lower.cents == 0) continue;
      RelaxedLimit limit;
      limit.seeker = i;
      limit.floor_hourly_cents = lower.Hourly();
      steps.Add(v1::CONSTRAINT_SALARY, absl::StrCat(seeker.floor.cents),
                absl::StrCat(lower.cents), "cents", limit);
    }
  }
}

void AddHours(const Wish& wish, Steps& steps) {
  for (size_t i = 0; i < wish.seekers.size(); ++i) {
    const WeeklyMinutes weekly = wish.seekers[i].weekly;
    if (weekly.most == 0) continue;
    for (const int32_t hours : {5, 10}) {
      RelaxedLimit limit;
      limit.seeker = i;
      limit.weekly = {
          std::max(weekly.fewest - hours * kMinutesPerHour,
                   kFewestWeeklyMinutes),
          std::min(weekly.most + hours * kMinutesPerHour, kMostWeeklyMinutes)};
      steps.Add(v1::CONSTRAINT_HOURS, HoursText(weekly),
                HoursText(limit.weekly), "hours", limit);
    }
  }
}

void AddBudget(std::optional<int64_t> budget_cents, bool rented, int64_t most,
               Steps& steps) {
  if (!budget_cents) return;
  for (const int64_t tenths : {1, 2}) {
    RelaxedLimit limit;
    limit.rented = rented;
    limit.budget_cents =
        std::min(CeilDivide(*budget_cents * (10 + tenths), 10), most);
    steps.Add(v1::CONSTRAINT_BUDGET, absl::StrCat(*budget_cents),
              absl::StrCat(limit.budget_cents), "cents", limit);
  }
}

void AddRooms(const Wish& wish, Steps& steps) {
  constexpr int32_t kOneRoom = 2;
  if (wish.home.min_room_halves.value_or(0) <= kOneRoom) return;
  RelaxedLimit limit;
  limit.min_room_halves = *wish.home.min_room_halves - kOneRoom;
  steps.Add(v1::CONSTRAINT_ROOMS, HalvesText(*wish.home.min_room_halves),
            HalvesText(limit.min_room_halves), "rooms", limit);
}

// A number of thousandths, not negative, without trailing zeros.
std::string Decimal(int64_t thousandths) {
  // By hand: every match of an answer may name some.
  std::string text = absl::StrCat(thousandths / 1'000);
  int64_t rest = thousandths % 1'000;
  if (rest == 0) return text;
  text.push_back('.');
  for (; rest != 0; rest = rest * 10 % 1'000) {
    text.push_back(static_cast<char>('0' + rest / 100));
  }
  return text;
}

}  // namespace

std::vector<RelaxedLimit> RelaxedLimits(const Wish& wish) {
  Steps steps;
  AddArea(wish, steps);
  if (wish.kind != type::v1::OFFER_KIND_CONTACT) AddDates(wish, steps);
  AddSalary(wish, steps);
  AddHours(wish, steps);
  AddBudget(wish.home.max_rent_cents, true, kMostRentCents, steps);
  AddBudget(wish.home.max_price_cents, false, kMostPriceCents, steps);
  AddRooms(wish, steps);
  return steps.Take();
}

std::string KmText(int32_t meters) { return Decimal(meters); }

std::string HalvesText(int32_t halves) {
  return Decimal(int64_t{halves} * 500);
}

std::string HoursText(WeeklyMinutes weekly) {
  const auto text = [](int32_t minutes) {
    return Decimal(int64_t{minutes} * 1'000 / kMinutesPerHour);
  };
  return weekly.fewest == weekly.most
             ? text(weekly.most)
             : absl::StrCat(text(weekly.fewest), "-", text(weekly.most));
}

}  // namespace heimweg::matching
