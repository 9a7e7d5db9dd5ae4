// Pay by the hour, the unit in which salaries are compared.
#ifndef HEIMWEG_SERVICES_MATCHING_PAY_H_
#define HEIMWEG_SERVICES_MATCHING_PAY_H_

#include <cstdint>

#include "heimweg/jobs/v1/job.pb.h"

namespace heimweg::matching {

// Weekly hours count in minutes. A range of hours counts with its most hours:
// what is paid a month is paid for full use of the range.
inline constexpr int32_t kMinutesPerHour = 60;
inline constexpr int32_t kMostWeeklyMinutes = 80 * kMinutesPerHour;
// Unknown weekly hours count as 39 (heimweg.jobs.v1.Salary).
inline constexpr int32_t kUsualWeeklyMinutes = 39 * kMinutesPerHour;

// Fewest and most weekly minutes, both inside; {0, 0}: not said.
struct WeeklyMinutes {
  int32_t fewest = 0;
  int32_t most = 0;

  static WeeklyMinutes Of(const jobs::v1::WeeklyHours& hours);
};

// A pay in the unit in which it was given.
struct Pay {
  int64_t cents = 0;  // 1 to 100,000,000; 0: not said
  jobs::v1::SalaryPeriod period = jobs::v1::SALARY_PERIOD_UNSPECIFIED;
  int32_t weekly_minutes = 0;  // 0: not known

  bool known() const;
  // Cents by the hour, rounded down: a month has 52/12 weeks, a year 52. Only
  // if known.
  int32_t Hourly() const;
  // The greatest pay of this period and these hours whose Hourly() is at most
  // `hourly_cents`.
  int64_t GreatestFor(int64_t hourly_cents) const;
};

// The highest that is paid, not known if the salary says none.
Pay HighestPay(const jobs::v1::Salary& salary, WeeklyMinutes hours);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_PAY_H_
