#include "services/matching/standing/release.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/matching/standing/match_records.h"

namespace heimweg::matching {
namespace {

using profiles::v1::NotificationSettings;

absl::Time At(const std::string& local) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(
      absl::ParseTime("%Y-%m-%d %H:%M", local, LocalTimeZone(), &time, &error))
      << error;
  return time;
}

NotificationSettings Quiet(int from, int until) {
  NotificationSettings settings;
  settings.set_enabled(true);
  settings.set_quiet_from_minute(from);
  settings.set_quiet_until_minute(until);
  return settings;
}

TEST(ReleaseTest, QuietHoursOverMidnightEndInTheMorning) {
  const NotificationSettings settings = Quiet(22 * 60, 7 * 60 + 30);
  EXPECT_EQ(EndOfQuiet(settings, At("2027-08-01 21:59")),
            At("2027-08-01 21:59"));
  EXPECT_EQ(EndOfQuiet(settings, At("2027-08-01 22:00")),
            At("2027-08-02 07:30"));
  EXPECT_EQ(EndOfQuiet(settings, At("2027-08-02 07:29")),
            At("2027-08-02 07:30"));
  EXPECT_EQ(EndOfQuiet(settings, At("2027-08-02 07:30")),
            At("2027-08-02 07:30"));
}

TEST(ReleaseTest, QuietHoursWithinADayEndOnThatDay) {
  const NotificationSettings settings = Quiet(12 * 60, 14 * 60);
  EXPECT_EQ(EndOfQuiet(settings, At("2027-08-01 11:59")),
            At("2027-08-01 11:59"));
  EXPECT_EQ(EndOfQuiet(settings, At("2027-08-01 12:00")),
            At("2027-08-01 14:00"));
}

TEST(ReleaseTest, HoursThatAreNotSaidAreNotQuiet) {
  NotificationSettings settings;
  settings.set_quiet_from_minute(0);
  EXPECT_EQ(EndOfQuiet(settings, At("2027-08-01 03:00")),
            At("2027-08-01 03:00"));
  EXPECT_EQ(EndOfQuiet(Quiet(60, 60), At("2027-08-01 01:00")),
            At("2027-08-01 01:00"));
}

TEST(ReleaseTest, QuietHoursAreTheSameOnTheClockInSummerAndWinter) {
  const NotificationSettings settings = Quiet(22 * 60, 7 * 60);
  // Summer time begins on 2027-03-28: that night is an hour shorter.
  EXPECT_EQ(
      EndOfQuiet(settings, At("2027-03-27 23:00")) - At("2027-03-27 23:00"),
      absl::Hours(7));
  EXPECT_EQ(
      EndOfQuiet(settings, At("2027-03-28 23:00")) - At("2027-03-28 23:00"),
      absl::Hours(8));
}

TEST(ReleaseTest, WhatIsBeyondTheBudgetWaitsForTheNextDay) {
  NotificationSettings settings = Quiet(22 * 60, 7 * 60);
  settings.set_daily_budget(2);
  const absl::Time now = At("2027-08-01 15:00");
  EXPECT_EQ(ReleaseTime(settings, 1, now), now);
  EXPECT_EQ(ReleaseTime(settings, 2, now), At("2027-08-02 07:00"));
  EXPECT_EQ(ReleaseTime(Quiet(60, 120), kStandardDailyBudget, now),
            At("2027-08-02 00:00"));
}

TEST(ReleaseTest, NothingIsEverReleasedWithoutABudgetOrWhenSwitchedOff) {
  NotificationSettings settings;
  const absl::Time now = At("2027-08-01 15:00");
  EXPECT_EQ(ReleaseTime(settings, 0, now), absl::InfiniteFuture());
  settings.set_enabled(true);
  EXPECT_EQ(ReleaseTime(settings, 0, now), now);
  settings.set_daily_budget(0);
  EXPECT_EQ(ReleaseTime(settings, 0, now), absl::InfiniteFuture());
}

}  // namespace
}  // namespace heimweg::matching
