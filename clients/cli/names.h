// Resource names and field paths as people give them on a command line.
#ifndef HEIMWEG_CLIENTS_CLI_NAMES_H_
#define HEIMWEG_CLIENTS_CLI_NAMES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/cli/session.h"

namespace heimweg::cli {

// networks/{network} of "elbe-elster", "networks/elbe-elster" or "-".
// INVALID_ARGUMENT if it is empty or more than that.
absl::StatusOr<std::string> NetworkName(absl::string_view network);

// The full name of an offer given in full, or by its id and network.
// INVALID_ARGUMENT if it is neither, or of another kind than `area`.
absl::StatusOr<std::string> OfferName(Area area, absl::string_view network,
                                      absl::string_view name_or_id);

// The area of an offer's full name. INVALID_ARGUMENT if it is none.
absl::StatusOr<Area> AreaOfOffer(absl::string_view name);

// profiles/{profile} of "p1" or "profiles/p1".
absl::StatusOr<std::string> ProfileName(absl::string_view name_or_id);

// What stands behind the last slash.
std::string LastId(absl::string_view name);

// The paths of "state,salary.minimumCents" in snake_case; empty paths are
// dropped.
std::vector<std::string> MaskPaths(const std::vector<std::string>& masks);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_NAMES_H_
