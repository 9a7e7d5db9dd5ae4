// Everything that is held about a household, from all services that hold any.
#ifndef HEIMWEG_CLIENTS_CLI_PROFILE_EXPORT_H_
#define HEIMWEG_CLIENTS_CLI_PROFILE_EXPORT_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/cli/session.h"

namespace heimweg::cli {

// JSON with `profile`, `exportTime`, `matches` and `feedback`, each as in its
// contract; one line with --json. `name` is profiles/{profile}. The errors of
// ExportProfile, ListMatches and ListFeedback: no part is left out in silence.
absl::StatusOr<std::string> ExportedProfile(const std::string& name,
                                            Session& session);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_PROFILE_EXPORT_H_
