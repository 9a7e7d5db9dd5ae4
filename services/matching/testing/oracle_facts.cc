#include "services/matching/testing/oracle_facts.h"

#include <utf8proc.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "services/matching/exp_table.h"

namespace heimweg::matching::testing {
namespace {

bool IsLeap(int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int64_t DaysInMonth(int64_t year, int64_t month) {
  if (month == 2) return IsLeap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

}  // namespace

std::string Folded(const std::string& text) {
  utf8proc_uint8_t* out = nullptr;
  const auto options =
      static_cast<utf8proc_option_t>(UTF8PROC_NULLTERM | UTF8PROC_STABLE |
                                     UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
  utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.c_str()), 0, &out,
               options);
  std::string folded(reinterpret_cast<char*>(out));
  std::free(out);
  return folded;
}

int64_t DaysOf(const type::v1::Date& date) {
  int64_t days = 0;
  for (int64_t year = 1970; year < date.year(); ++year) {
    days += IsLeap(year) ? 366 : 365;
  }
  for (int64_t year = date.year(); year < 1970; ++year) {
    days -= IsLeap(year) ? 366 : 365;
  }
  for (int64_t month = 1; month < date.month(); ++month) {
    days += DaysInMonth(date.year(), month);
  }
  return days + date.day() - 1;
}

type::v1::Date DateOf(int64_t days) {
  type::v1::Date date;
  date.set_year(1970);
  date.set_month(1);
  date.set_day(1);
  while (days < 0) {
    date.set_year(date.year() - 1);
    days += IsLeap(date.year()) ? 366 : 365;
  }
  while (days >= (IsLeap(date.year()) ? 366 : 365)) {
    days -= IsLeap(date.year()) ? 366 : 365;
    date.set_year(date.year() + 1);
  }
  while (days >= DaysInMonth(date.year(), date.month())) {
    days -= DaysInMonth(date.year(), date.month());
    date.set_month(date.month() + 1);
  }
  date.set_day(static_cast<int>(days) + 1);
  return date;
}

std::string DateText(int64_t days) {
  const type::v1::Date date = DateOf(days);
  char text[32];
  std::snprintf(text, sizeof(text), "%04d-%02d-%02d", date.year(), date.month(),
                date.day());
  return text;
}

std::optional<places::LatLng> PointOfPlace(const type::v1::Place& place) {
  if (place.resolved().has_location()) {
    return places::LatLng{place.resolved().location().latitude(),
                          place.resolved().location().longitude()};
  }
  if (place.has_location()) {
    return places::LatLng{place.location().latitude(),
                          place.location().longitude()};
  }
  return std::nullopt;
}

std::string AgsOfPlace(const type::v1::Place& place) {
  if (!place.resolved().ags().empty()) return place.resolved().ags();
  return place.ags();
}

int64_t Meters(places::LatLng a, places::LatLng b) {
  return places::DistanceMeters(places::ToGeoPoint(a), places::ToGeoPoint(b));
}

int64_t Minutes(int64_t meters, profiles::v1::CommuteMode mode) {
  places::CommuteMode by = places::CommuteMode::kCar;
  if (mode == profiles::v1::COMMUTE_MODE_TRANSIT) {
    by = places::CommuteMode::kTransit;
  } else if (mode == profiles::v1::COMMUTE_MODE_BICYCLE) {
    by = places::CommuteMode::kBicycle;
  } else if (mode == profiles::v1::COMMUTE_MODE_WALK) {
    by = places::CommuteMode::kWalk;
  }
  return places::CommuteMinutes(static_cast<int32_t>(meters), by);
}

std::pair<int64_t, int64_t> MinuteRange(const jobs::v1::WeeklyHours& hours) {
  const int64_t fewest = std::llround(hours.minimum() * 60);
  const int64_t most = std::llround(hours.maximum() * 60);
  return {fewest, most == 0 ? fewest : most};
}

std::optional<int64_t> HourlyCents(std::optional<int64_t> cents,
                                   jobs::v1::SalaryPeriod period,
                                   const jobs::v1::WeeklyHours* hours) {
  if (!cents) return std::nullopt;
  const int64_t minutes =
      hours == nullptr ? int64_t{39} * 60 : MinuteRange(*hours).second;
  if (period == jobs::v1::SALARY_PERIOD_MONTH) {
    return *cents * 12 * 60 / (52 * minutes);
  }
  if (period == jobs::v1::SALARY_PERIOD_YEAR) {
    return *cents * 60 / (52 * minutes);
  }
  return *cents;
}

std::set<std::string> Drivable(const std::set<std::string>& held) {
  // What each class includes, all at once.
  static const auto& all = *new std::map<std::string, std::set<std::string>>{
      {"A1", {"AM"}},
      {"A2", {"A1", "AM"}},
      {"A", {"A2", "A1", "AM"}},
      {"T", {"AM", "L"}},
      {"B", {"AM", "L"}},
      {"BE", {"B", "AM", "L"}},
      {"C1", {"B", "AM", "L"}},
      {"C1E", {"C1", "BE", "B", "AM", "L"}},
      {"C", {"C1", "B", "AM", "L"}},
      {"CE", {"C", "C1E", "C1", "BE", "B", "T", "AM", "L"}},
      {"D1", {"B", "AM", "L"}},
      {"D", {"D1", "B", "AM", "L"}},
      {"DE", {"D", "D1", "BE", "B", "AM", "L"}}};
  std::set<std::string> drivable = held;
  for (const std::string& licence : held) {
    const auto included = all.find(licence);
    if (included == all.end()) continue;
    drivable.insert(included->second.begin(), included->second.end());
  }
  return drivable;
}

int64_t Share(int64_t a, int64_t b) {
  return a <= 0 ? 0 : std::min<int64_t>(a / b, 1'000'000);
}

int64_t DecayOf(int64_t a, int64_t b) {
  return a <= 0 ? 1'000'000 : ExpMillionths(a * 1'000'000 / b);
}

}  // namespace heimweg::matching::testing
