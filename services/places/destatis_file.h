// Reads Destatis' register of municipalities (Gemeindeverzeichnis, quarterly
// extract) as CSV with a header line, columns between commas, semicolons or
// tabs. These columns are needed, by name and in any order:
//   satzart          10 state, 40 district, 50 association, 60 municipality
//   textkennzeichen  of a district: 41 and 42 urban, 43 Kreis, 44 Landkreis; of
//                    a municipality 66: uninhabited area, left out
//   land rb kreis gemeinde   the parts of the AGS: 2, 1, 2, 3 digits
//   gemeindename     "Flensburg, Stadt"
//   bevoelkerung     "90 164"
// and these are used if they are there:
//   laengengrad breitengrad  degrees with decimal comma or point
//   postleitzahl     of the town hall
#ifndef HEIMWEG_SERVICES_PLACES_DESTATIS_FILE_H_
#define HEIMWEG_SERVICES_PLACES_DESTATIS_FILE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/places/distance.h"
#include "services/places/raw_tables.h"

namespace heimweg::places {

struct RegisteredMunicipality {
  std::string ags;   // 8 digits
  std::string name;  // without ", Stadt"
  int32_t population = 0;
  std::optional<LatLng> location;
  std::string postal_code;  // of the town hall, or empty
};

struct DestatisRegister {
  std::vector<RawDistrict> districts;
  std::vector<RegisteredMunicipality> municipalities;  // each key once
  std::vector<std::string> remarks;                    // lines left out
};

// INVALID_ARGUMENT if it is another file: the message says what was expected.
absl::StatusOr<DestatisRegister> ParseDestatis(absl::string_view text);

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_DESTATIS_FILE_H_
