// Values on the command line that are more than text or number.
#ifndef HEIMWEG_CLIENTS_CLI_FLAGS_H_
#define HEIMWEG_CLIENTS_CLI_FLAGS_H_

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "clients/cli/session.h"
#include "heimweg/type/v1/offer.pb.h"
#include "heimweg/type/v1/weights.pb.h"

namespace heimweg::cli {

// "2027-08-01" (midnight UTC) or RFC 3339, e.g. "2027-08-01T12:00:00Z".
// INVALID_ARGUMENT for anything else.
absl::StatusOr<absl::Time> ParseTime(absl::string_view text);

// An option that takes what ParseTime does. `time` outlives the command.
CLI::Option* AddTimeOption(CLI::App& command, const std::string& flag,
                           absl::Time& time, const std::string& description);

// Weights given as JSON, {"salary": 8}, or as key=value, "salary=8,skills=0";
// later ones win. INVALID_ARGUMENT naming what is wrong.
absl::StatusOr<type::v1::Weights> ParseWeights(
    const std::vector<std::string>& texts);

// A required option that takes jobs, homes or contacts.
CLI::Option* AddKindOption(CLI::App& command, std::string& kind);

// The area, and the kind of offer, that AddKindOption's value names.
Area AreaOfKind(absl::string_view kind);
type::v1::OfferKind OfferKindOf(Area area);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_FLAGS_H_
