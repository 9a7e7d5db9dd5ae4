#include "services/matching/pay.h"

#include <algorithm>

#include "services/matching/common_columns.h"

namespace heimweg::matching {
namespace {

constexpr int64_t kMostPayCents = 100'000'000;
constexpr int64_t kWeeksPerYear = 52;
constexpr int64_t kMonthsPerYear = 12;

// An hour is paid cents x per / of.
struct Ratio {
  int64_t per = 1;
  int64_t of = 1;
};

Ratio HourlyRatio(const Pay& pay) {
  const int64_t minutes =
      pay.weekly_minutes > 0 ? pay.weekly_minutes : kUsualWeeklyMinutes;
  switch (pay.period) {
    case jobs::v1::SALARY_PERIOD_MONTH:
      return {kMonthsPerYear * kMinutesPerHour, kWeeksPerYear * minutes};
    case jobs::v1::SALARY_PERIOD_YEAR:
      return {kMinutesPerHour, kWeeksPerYear * minutes};
    default:
      return {};
  }
}

}  // namespace

WeeklyMinutes WeeklyMinutes::Of(const jobs::v1::WeeklyHours& hours) {
  WeeklyMinutes minutes;
  minutes.fewest = Scaled(hours.minimum(), kMinutesPerHour, kMostWeeklyMinutes);
  minutes.most =
      std::max(minutes.fewest,
               Scaled(hours.maximum(), kMinutesPerHour, kMostWeeklyMinutes));
  return minutes;
}

bool Pay::known() const {
  return cents > 0 && (period == jobs::v1::SALARY_PERIOD_HOUR ||
                       period == jobs::v1::SALARY_PERIOD_MONTH ||
                       period == jobs::v1::SALARY_PERIOD_YEAR);
}

int32_t Pay::Hourly() const {
  const Ratio ratio = HourlyRatio(*this);
  return static_cast<int32_t>(std::min(cents, kMostPayCents) * ratio.per /
                              ratio.of);
}

int64_t Pay::GreatestFor(int64_t hourly_cents) const {
  // The greatest c with floor(c x per / of) <= h is the one below (h + 1) x of
  // / per.
  const Ratio ratio = HourlyRatio(*this);
  return ((hourly_cents + 1) * ratio.of - 1) / ratio.per;
}

Pay HighestPay(const jobs::v1::Salary& salary, WeeklyMinutes hours) {
  return {salary.has_maximum_cents() ? salary.maximum_cents()
                                     : salary.minimum_cents(),
          salary.period(), hours.most};
}

}  // namespace heimweg::matching
