// Errors with details that a client can act on: absl::Status values that carry
// google.rpc messages as payloads, which the edge sends on (status.h).
// Messages say what was expected and never contain personal data.
#ifndef HEIMWEG_SERVICES_SERVER_ERRORS_H_
#define HEIMWEG_SERVICES_SERVER_ERRORS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace heimweg::server {

// One broken rule.
struct Violation {
  std::string field;        // Path in the request, e.g. "job.place.postcode".
  std::string description;  // What was expected, without the value.

  bool operator==(const Violation&) const = default;
};

// INVALID_ARGUMENT naming every violation (google.rpc.BadRequest); OK if there
// are none.
absl::Status InvalidFields(const std::vector<Violation>& violations);

// Gives `status` a machine-readable reason in UPPER_SNAKE_CASE
// (google.rpc.ErrorInfo, domain "heimweg"). OK stays OK. An error without one
// gets its code's name as the reason at the edge.
absl::Status WithReason(absl::Status status, absl::string_view reason);

// UNAVAILABLE with the time after which a retry makes sense
// (google.rpc.RetryInfo).
absl::Status Unavailable(absl::string_view message, absl::Duration retry_after);

// What the three above put in: no violations, an empty reason, nothing where
// `status` carries none.
std::vector<Violation> ViolationsOf(const absl::Status& status);
std::string ReasonOf(const absl::Status& status);
std::optional<absl::Duration> RetryAfterOf(const absl::Status& status);

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_ERRORS_H_
