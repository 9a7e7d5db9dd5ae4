#include "services/matching/standing/release.h"

#include "absl/time/civil_time.h"
#include "services/matching/standing/match_records.h"

namespace heimweg::matching {
namespace {

using profiles::v1::NotificationSettings;

constexpr int kMinutesOfAnHour = 60;

}  // namespace

int32_t DailyBudget(const NotificationSettings& settings) {
  return settings.has_daily_budget() ? settings.daily_budget()
                                     : kStandardDailyBudget;
}

int32_t WishThreshold(const NotificationSettings& settings) {
  return settings.has_threshold_millionths() ? settings.threshold_millionths()
                                             : kStandardWishThreshold;
}

int32_t WakeThreshold(const NotificationSettings& settings) {
  return settings.has_wake_threshold_millionths()
             ? settings.wake_threshold_millionths()
             : kStandardWakeThreshold;
}

absl::Time EndOfQuiet(const NotificationSettings& settings, absl::Time now) {
  if (!settings.has_quiet_from_minute() || !settings.has_quiet_until_minute()) {
    return now;
  }
  const int from = settings.quiet_from_minute();
  const int until = settings.quiet_until_minute();
  if (from == until) return now;
  const absl::TimeZone zone = LocalTimeZone();
  const absl::CivilSecond civil = absl::ToCivilSecond(now, zone);
  const int minute = civil.hour() * kMinutesOfAnHour + civil.minute();
  const bool quiet = from < until ? minute >= from && minute < until
                                  : minute >= from || minute < until;
  if (!quiet) return now;
  absl::CivilDay day(civil);
  if (minute >= until) ++day;
  const absl::Time end = absl::FromCivil(absl::CivilMinute(day) + until, zone);
  // A minute that does not exist when summer time begins.
  return end > now ? end : now;
}

absl::Time NextDay(absl::Time now) {
  const absl::TimeZone zone = LocalTimeZone();
  return absl::FromCivil(absl::ToCivilDay(now, zone) + 1, zone);
}

absl::Time ReleaseTime(const NotificationSettings& settings,
                       int64_t released_today, absl::Time now) {
  if (!settings.enabled() || DailyBudget(settings) == 0) {
    return absl::InfiniteFuture();
  }
  if (released_today >= DailyBudget(settings)) {
    const absl::Time tomorrow = NextDay(now);
    return EndOfQuiet(settings, tomorrow);
  }
  return EndOfQuiet(settings, now);
}

}  // namespace heimweg::matching
