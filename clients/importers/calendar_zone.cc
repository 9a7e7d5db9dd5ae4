#include "clients/importers/calendar_zone.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/importers/field_text.h"

namespace heimweg::importers {
namespace {

constexpr size_t kLargestZone = 64 << 10;
constexpr size_t kMostZones = 100;

constexpr std::array<std::pair<absl::string_view, const char*>, 8> kWindows = {
    {{"W. Europe Standard Time", "Europe/Berlin"},
     {"Central European Standard Time", "Europe/Warsaw"},
     {"Central Europe Standard Time", "Europe/Prague"},
     {"Romance Standard Time", "Europe/Paris"},
     {"GMT Standard Time", "Europe/London"},
     {"UTC", "Etc/UTC"},
     {"CET", "Europe/Berlin"},
     {"MEZ", "Europe/Berlin"}}};

// "Area/City" and deeper, of letters, digits, "_", "-" and "+" only.
bool IsZoneName(absl::string_view name) {
  return !name.empty() && name.size() <= 64 &&
         absl::ascii_isalpha(static_cast<unsigned char>(name[0])) &&
         name.find('/') != absl::string_view::npos &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
                  c == '_' || c == '-' || c == '+' || c == '/';
         });
}

struct FreeComponent {
  void operator()(icalcomponent* component) const {
    icalcomponent_free(component);
  }
};

// The standard offset that a VTIMEZONE states.
std::optional<absl::TimeZone> StandardOffset(icalcomponent* component) {
  icalcomponent* standard =
      icalcomponent_get_first_component(component, ICAL_XSTANDARD_COMPONENT);
  if (standard == nullptr) return std::nullopt;
  icalproperty* offset =
      icalcomponent_get_first_property(standard, ICAL_TZOFFSETTO_PROPERTY);
  if (offset == nullptr) return std::nullopt;
  const int seconds = icalproperty_get_tzoffsetto(offset);
  // Where Germany's clocks are, an hour ahead of UTC, summer time follows them.
  return seconds == 3600 ? Berlin() : absl::FixedTimeZone(seconds);
}

}  // namespace

std::optional<absl::TimeZone> ZoneOfName(absl::string_view name) {
  for (const auto& [windows, olson] : kWindows) {
    if (absl::EqualsIgnoreCase(name, windows)) name = olson;
  }
  absl::TimeZone zone;
  while (!name.empty()) {
    if (IsZoneName(name) && absl::LoadTimeZone(std::string(name), &zone)) {
      return zone;
    }
    // A prefix of the program that wrote it, up to the next slash.
    const size_t slash = name.find('/');
    if (slash == absl::string_view::npos) break;
    name.remove_prefix(slash + 1);
  }
  return std::nullopt;
}

absl::Status CalendarZones::Add(const std::string& component, int64_t line) {
  const std::unique_ptr<icalcomponent, FreeComponent> parsed(
      component.size() > kLargestZone
          ? nullptr
          : icalparser_parse_string(component.c_str()));
  icalproperty* id = parsed == nullptr ? nullptr
                                       : icalcomponent_get_first_property(
                                             parsed.get(), ICAL_TZID_PROPERTY);
  const char* text =
      id == nullptr ? nullptr : icalproperty_get_value_as_string(id);
  if (text == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(
        "line ", line, ": expected a VTIMEZONE with TZID of at most ",
        kLargestZone, " bytes"));
  }
  const std::string name = text;
  auto zone = ZoneOfName(name);
  if (!zone.has_value()) zone = StandardOffset(parsed.get());
  if (zone.has_value() && zones_.size() < kMostZones) {
    zones_.emplace_back(name, *zone);
  }
  return absl::OkStatus();
}

std::optional<absl::TimeZone> CalendarZones::Of(
    icalproperty* property, const icaltimetype& time) const {
  if (icaltime_is_utc(time)) return absl::UTCTimeZone();
  icalparameter* parameter =
      icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
  if (parameter == nullptr) return Berlin();
  const char* name = icalparameter_get_tzid(parameter);
  if (name == nullptr) return Berlin();
  const auto known = ZoneOfName(name);
  if (known.has_value()) return known;
  for (const auto& [id, zone] : zones_) {
    if (id == name) return zone;
  }
  return std::nullopt;
}

}  // namespace heimweg::importers
