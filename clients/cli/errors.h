// Errors as the program shows them: one clear line, and one more for each wrong
// field. Texts of the server are shown as they are; they hold no personal data.
#ifndef HEIMWEG_CLIENTS_CLI_ERRORS_H_
#define HEIMWEG_CLIENTS_CLI_ERRORS_H_

#include <grpcpp/support/status.h>

#include <optional>
#include <ostream>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "clients/cli/exit_code.h"
#include "heimweg/type/v1/import.pb.h"

namespace heimweg::cli {

// The same code, message and details. If nobody answers at `server`
// (host:port), the message says so and how to start one.
absl::Status FromGrpc(const grpc::Status& status, absl::string_view server);

// INVALID_ARGUMENT with these wrong fields.
absl::Status InvalidFields(
    absl::string_view message,
    const std::vector<type::v1::FieldViolation>& violations);

// The wrong fields that a status names; empty if it names none.
std::vector<type::v1::FieldViolation> WrongFields(const absl::Status& status);

// How long the server asks to wait before another try, if it says so.
std::optional<absl::Duration> AskedDelay(const absl::Status& status);

// The same code and details with a hint as a second line of the message.
absl::Status WithHint(const absl::Status& status, absl::string_view hint);

// "heimweg: <what> (<CODE>)", then "  <field>: <what was expected>" each.
void PrintError(const absl::Status& status, std::ostream& err);

ExitCode ExitCodeOf(const absl::Status& status);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_ERRORS_H_
