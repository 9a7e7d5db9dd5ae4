// Messages as proto3 JSON: lowerCamelCase names in the order of the field
// numbers, enums by name, 64-bit integers as strings.
#ifndef HEIMWEG_CLIENTS_CLI_JSON_H_
#define HEIMWEG_CLIENTS_CLI_JSON_H_

#include <google/protobuf/message.h>

#include <istream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace heimweg::cli {

// One line, or indented with `pretty` and a newline at the end. The same
// message gives the same bytes.
std::string ToJson(const google::protobuf::Message& message,
                   bool pretty = false);

// Replaces `message` by what strict JSON says. INVALID_ARGUMENT naming the
// field (or line and column) that is wrong: broken JSON, unknown fields and
// enum values, wrong types. The error never repeats a value.
absl::Status FromJson(absl::string_view text,
                      google::protobuf::Message& message);

// All of a file, or of `in` for "-". If it cannot be read, as
// importers::CannotRead with what was `expected`; RESOURCE_EXHAUSTED above
// 16 MiB.
absl::StatusOr<std::string> ReadInput(absl::string_view path, std::istream& in,
                                      absl::string_view expected);

// ReadInput and FromJson; the error names the file.
absl::Status ReadJson(absl::string_view path, std::istream& in,
                      google::protobuf::Message& message);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_JSON_H_
