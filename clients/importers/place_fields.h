// Addresses as partners write them, as places.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_PLACE_FIELDS_H_
#define HEIMWEG_CLIENTS_IMPORTERS_PLACE_FIELDS_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "clients/importers/draft.h"
#include "heimweg/type/v1/place.pb.h"

namespace heimweg::importers {

struct Address {
  std::string street;
  std::string postal_code;
  std::string town;
  std::string country;  // code or name in any case; empty: Germany
  std::string ags;
  std::optional<double> latitude;
  std::optional<double> longitude;
};

enum class Where {
  kUnknown,  // nothing in it that finds a place; nothing was set
  kGermany,  // `place` is set
  kAbroad,   // nothing was set
};

// Repairs: "postcode-completed" (a lost zero, a "D-"), "postcode-dropped" (no
// five digits), "coordinates-swapped", "coordinates-dropped" (0, 0 or outside
// Germany though the address is in it), "district-of-town-dropped" ("Prenzlau,
// OT Güstow").
Where SetPlace(const Address& address, type::v1::Place& place, Draft& draft);

// "02763 Zittau", "Markt 1, 02763 Zittau", "Zittau": street, postcode and town
// of a line of text. Only text around a postcode is split; text without one is
// the town if it has no comma and no digit, else nothing.
Address ParseAddressLine(absl::string_view line);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_PLACE_FIELDS_H_
