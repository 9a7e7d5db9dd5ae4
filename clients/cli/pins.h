// Revisions on the command line: "jobs=12,profiles=7".
#ifndef HEIMWEG_CLIENTS_CLI_PINS_H_
#define HEIMWEG_CLIENTS_CLI_PINS_H_

#include <string>

#include "absl/status/status.h"
#include "heimweg/matching/v1/matching_service.pb.h"

namespace heimweg::cli {

inline constexpr char kPinHelp[] =
    "Ranks at these revisions or not at all (see heimweg status), so that "
    "several runs agree [whatever the index holds]";

// Adds what `text` names, nothing if it is empty. INVALID_ARGUMENT if it is
// anything else.
absl::Status AddPins(
    const std::string& text,
    google::protobuf::RepeatedPtrField<matching::v1::StoreRevision>& revisions);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_PINS_H_
