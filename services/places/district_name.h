// Names of districts as people say them, from the register's.
#ifndef HEIMWEG_SERVICES_PLACES_DISTRICT_NAME_H_
#define HEIMWEG_SERVICES_PLACES_DISTRICT_NAME_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/places/raw_tables.h"

namespace heimweg::places {

// "Flensburg, Stadt" is Flensburg.
std::string MainName(absl::string_view name);

// "Elbe-Elster" is the Landkreis Elbe-Elster, but the Hochsauerlandkreis needs
// no second Kreis.
std::string DistrictName(const RawDistrict& row);

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_DISTRICT_NAME_H_
