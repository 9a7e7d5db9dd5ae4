// Looks at every service and at the index once, and says whether all is well.
#ifndef HEIMWEG_CLIENTS_CLI_STATUS_CHECK_H_
#define HEIMWEG_CLIENTS_CLI_STATUS_CHECK_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/cli/session.h"
#include "heimweg/matching/v1/matching_service.pb.h"

namespace heimweg::cli {

// Revisions by store: "jobs", "homes", "contacts", "profiles".
using Revisions = std::map<std::string, uint64_t, std::less<>>;

struct ServiceHealth {
  Area area;
  std::string address;
  // "SERVING", "NOT_SERVING", ...; or a status code such as "UNAVAILABLE".
  std::string health;
  bool serving = false;
};

struct SystemStatus {
  std::vector<ServiceHealth> services;
  // What the index holds; not OK if it could not be asked.
  absl::StatusOr<matching::v1::GetIndexStatusResponse> index;
  // Stores whose revision the index has not reached.
  std::vector<std::string> behind;

  bool all_serving() const;
  // Serving, the index filled, and nothing behind.
  bool all_well() const;
};

// The full name of the area's gRPC service, e.g. "heimweg.jobs.v1.JobService",
// under which its health is asked for.
absl::string_view ServiceName(Area area);

// Asks each service once, without retries. `wanted`: what the index is to have
// reached.
SystemStatus CheckStatus(Session& session, const Revisions& wanted);

// The revisions at which the stores are now.
absl::StatusOr<Revisions> StoreRevisions(Session& session);

// "jobs=17" and so on. INVALID_ARGUMENT for anything else.
absl::StatusOr<Revisions> ParseRevisions(const std::vector<std::string>& texts);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_STATUS_CHECK_H_
