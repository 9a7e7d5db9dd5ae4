// A place as an operator writes it in one argument.
#ifndef HEIMWEG_CLIENTS_CLI_PLACE_TEXT_H_
#define HEIMWEG_CLIENTS_CLI_PLACE_TEXT_H_

#include "absl/strings/string_view.h"
#include "heimweg/type/v1/place.pb.h"

namespace heimweg::cli {

inline constexpr char kPlaceHelp[] =
    "A postcode (03238), a name (Finsterwalde), both (\"04916 Grassau\"), an "
    "AGS of 8 digits (12062140), a district's with ags: (ags:12062), or "
    "degrees "
    "(51.63,13.71)";

// By its shape; what fits no other is a name. The service says what is wrong.
type::v1::Place PlaceOfText(absl::string_view text);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_PLACE_TEXT_H_
