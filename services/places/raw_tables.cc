#include "services/places/raw_tables.h"

#include <map>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "services/places/gazetteer_file.h"
#include "services/places/germany.h"

namespace heimweg::places {
namespace {

using Fields = std::vector<absl::string_view>;

// Calls `take` with the fields of each line after the header, which must be
// `header`. `take` returns false for a row that is not as it should be.
template <typename Take>
absl::Status ReadTable(const std::string& directory, absl::string_view file,
                       absl::string_view header, Take take) {
  const std::string path = absl::StrCat(directory, "/", file);
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return text.status();
  const size_t columns = Fields(absl::StrSplit(header, '\t')).size();
  size_t line_number = 0;
  for (absl::string_view line : absl::StrSplit(*text, '\n')) {
    ++line_number;
    if (line_number == 1) {
      if (line != header) {
        return absl::DataLossError(absl::StrCat(
            path, ", line 1: expected the columns \"", header, "\""));
      }
      continue;
    }
    if (line.empty()) continue;
    const Fields fields = absl::StrSplit(line, '\t');
    if (fields.size() != columns || !take(fields)) {
      return absl::DataLossError(absl::StrCat(path, ", line ", line_number,
                                              ": expected values for \"",
                                              header, "\""));
    }
  }
  return absl::OkStatus();
}

bool ReadLocation(absl::string_view lat, absl::string_view lng,
                  LatLng& location) {
  return absl::SimpleAtod(lat, &location.lat_deg) &&
         absl::SimpleAtod(lng, &location.lng_deg) && IsOnEarth(location);
}

bool TakeCity(const Fields& f, std::vector<RawCity>& cities) {
  // The classes of GeoNames: PPLX is a section of a populated place; PPLH, PPLQ
  // and PPLW are places that are no longer.
  static const auto& gone =
      *new std::set<absl::string_view>{"PPLH", "PPLQ", "PPLW"};
  RawCity city;
  city.name = std::string(f[0]);
  city.is_part = f[4] == "PPLX";
  if (!absl::SimpleAtoi(f[5], &city.population) || city.population < 0 ||
      !ReadLocation(f[6], f[7], city.location) || city.name.empty()) {
    return false;
  }
  if (IsDigits(f[2], 8)) city.ags = std::string(f[2]);
  if (gone.count(f[4]) == 0 && IsInOrNearGermany(city.location)) {
    cities.push_back(std::move(city));
  }
  return true;
}

bool TakeStation(const Fields& f, std::vector<RawStation>& stations) {
  RawStation station;
  if (!ReadLocation(f[3], f[4], station.location)) return false;
  if (IsDigits(f[2], 5) && IsInOrNearGermany(station.location)) {
    station.code = std::string(f[2]);
    stations.push_back(std::move(station));
  }
  return true;
}

}  // namespace

absl::StatusOr<RawTables> ReadRawTables(const std::string& directory) {
  RawTables tables;
  absl::Status status = ReadTable(
      directory, "cities.tsv",
      "name\talternative_name\tags\tdistrict_ags\tfeature\tpopulation\tlatitude"
      "\tlongitude",
      [&](const Fields& f) { return TakeCity(f, tables.cities); });
  if (!status.ok()) return status;

  std::map<std::string, std::vector<std::string>> names_of;
  status =
      ReadTable(directory, "postcodes.tsv", "code\tname", [&](const Fields& f) {
        names_of[std::string(f[0])].emplace_back(f[1]);
        return IsDigits(f[0], 5) && !f[1].empty();
      });
  if (!status.ok()) return status;
  for (auto& [code, names] : names_of) {
    tables.postcodes.push_back({code, std::move(names)});
  }

  status = ReadTable(
      directory, "stations.tsv", "name\tcity\tcode\tlatitude\tlongitude",
      [&](const Fields& f) { return TakeStation(f, tables.stations); });
  if (!status.ok()) return status;

  status = ReadTable(
      directory, "districts.tsv", "ags\ttype\tname\tpopulation",
      [&](const Fields& f) {
        tables.districts.push_back(
            {std::string(f[0]), std::string(f[1]), std::string(f[2])});
        return IsDigits(f[0], 5) && !f[2].empty();
      });
  if (!status.ok()) return status;
  return tables;
}

}  // namespace heimweg::places
