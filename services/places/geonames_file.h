// Reads GeoNames' postal code file DE.txt (download.geonames.org/export/zip):
// 12 columns between tabs, no header, UTF-8:
//   1 country  2 postcode  3 place  4 state  5 its code  6 region  7 its code
//   8 district  9 its AGS, 5 digits  10 latitude  11 longitude  12 accuracy
// The gazetteer file of the same name (export/dump) has 19 columns and is
// refused.
#ifndef HEIMWEG_SERVICES_PLACES_GEONAMES_FILE_H_
#define HEIMWEG_SERVICES_PLACES_GEONAMES_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/places/distance.h"

namespace heimweg::places {

struct GeoNamesPlace {
  std::string postal_code;   // 5 digits
  std::string name;          // of a municipality, a village or a company
  std::string district_ags;  // 5 digits, or empty where the file has none
  LatLng location;
};

struct GeoNamesPostcodes {
  std::vector<GeoNamesPlace> places;  // by postcode, in the file's order
  std::vector<std::string> remarks;   // lines that were left out
};

// INVALID_ARGUMENT if it is another file: the message says what was expected
// and, where one is known, what to do.
absl::StatusOr<GeoNamesPostcodes> ParseGeoNames(absl::string_view text);

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_GEONAMES_FILE_H_
