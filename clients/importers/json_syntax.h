// JSON text as RFC 8259 has it. Protobuf's own reader accepts more than that
// (single quotes, trailing commas) and does not say where an error is.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_JSON_SYNTAX_H_
#define HEIMWEG_CLIENTS_IMPORTERS_JSON_SYNTAX_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace heimweg::importers {

// Where JSON text is wrong first. Lines and columns (in bytes) count from 1.
struct JsonSyntaxError {
  int line = 1;
  int column = 1;
  std::string expected;
};

// Nothing if `text` is one JSON value with white space around it, nested at
// most 100 deep and in UTF-8.
std::optional<JsonSyntaxError> FindJsonSyntaxError(absl::string_view text);

// The text of a member's value of the outermost object, a view into `text`;
// nothing if there is none. `text` is JSON without errors.
std::optional<absl::string_view> JsonMember(absl::string_view text,
                                            absl::string_view key);

// A JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD.
std::string JsonQuoted(absl::string_view text);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_JSON_SYNTAX_H_
