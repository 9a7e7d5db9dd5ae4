// The rows that a gazetteer is built from, whatever source they come from, and
// the reading of the tables that deploy/places/dump.mjs writes.
#ifndef HEIMWEG_SERVICES_PLACES_RAW_TABLES_H_
#define HEIMWEG_SERVICES_PLACES_RAW_TABLES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/places/distance.h"

namespace heimweg::places {

// A settlement with its municipality's key: a town, or a part of one.
struct RawCity {
  std::string name;
  std::string ags;       // 8 digits, or empty if not known
  bool is_part = false;  // a section of a populated place
  int32_t population = 0;
  LatLng location;
};

// A postcode with the names of the municipalities that it serves.
struct RawPostcode {
  std::string code;  // 5 digits
  std::vector<std::string> names;
};

// A railway station with the postcode of its address.
struct RawStation {
  std::string code;
  LatLng location;
};

struct RawDistrict {
  std::string ags;   // 5 digits
  std::string type;  // "Landkreis", "Kreisfreie Stadt", …
  std::string name;  // as the register has it: "Flensburg, Stadt"
};

struct RawTables {
  std::vector<RawCity> cities;
  std::vector<RawPostcode> postcodes;  // ordered by code, each code once
  std::vector<RawStation> stations;
  std::vector<RawDistrict> districts;
};

// Reads cities.tsv, postcodes.tsv, stations.tsv and districts.tsv. Rows outside
// Germany and stations without a postcode are left out. NOT_FOUND if a table is
// missing; DATA_LOSS with file, line and expectation if a row is broken.
absl::StatusOr<RawTables> ReadRawTables(const std::string& directory);

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_RAW_TABLES_H_
