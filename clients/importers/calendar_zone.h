// Time zones of calendars: names of the zone database, prefixes that programs
// put before them, names of Windows, and what VTIMEZONE components say.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_CALENDAR_ZONE_H_
#define HEIMWEG_CLIENTS_IMPORTERS_CALENDAR_ZONE_H_

#include <libical/ical.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace heimweg::importers {

// A zone by name: "Europe/Berlin", "/mozilla.org/20050126_1/Europe/Berlin",
// "W. Europe Standard Time". Never a file that a path in it leads to.
std::optional<absl::TimeZone> ZoneOfName(absl::string_view name);

// Thread-compatible.
class CalendarZones {
 public:
  // Takes a VTIMEZONE component as text. A zone whose name is not known counts
  // with its standard offset as long as its component was of 64 KiB at most;
  // 100 such zones are kept. INVALID_ARGUMENT with the line if it is no zone.
  absl::Status Add(const std::string& component, int64_t line);

  // The zone of a time that a property holds: UTC, its TZID, else (a time
  // without a zone) Europe/Berlin. Nothing: its TZID is not known.
  std::optional<absl::TimeZone> Of(icalproperty* property,
                                   const icaltimetype& time) const;

 private:
  std::vector<std::pair<std::string, absl::TimeZone>> zones_;
};

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_CALENDAR_ZONE_H_
