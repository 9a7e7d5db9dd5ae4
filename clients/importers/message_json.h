// Our messages from proto3 JSON, strictly.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_MESSAGE_JSON_H_
#define HEIMWEG_CLIENTS_IMPORTERS_MESSAGE_JSON_H_

#include <google/protobuf/message.h>

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "heimweg/type/v1/import.pb.h"

namespace heimweg::importers {

// Replaces `message` by what `text` says. What is wrong first, if anything is:
// broken JSON (the field is then "line 1, column 7"), unknown fields and enum
// values, wrong types. It never repeats a value.
std::optional<type::v1::FieldViolation> ParseMessage(
    absl::string_view text, google::protobuf::Message& message);

// One line of proto3 JSON: lowerCamelCase names in the order of the field
// numbers. The same message gives the same bytes.
std::string MessageJson(const google::protobuf::Message& message,
                        bool pretty = false);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_MESSAGE_JSON_H_
