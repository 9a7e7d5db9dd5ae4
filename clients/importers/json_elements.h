// JSON of any size, an element of its great array at a time.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_JSON_ELEMENTS_H_
#define HEIMWEG_CLIENTS_IMPORTERS_JSON_ELEMENTS_H_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "clients/importers/byte_source.h"
#include "clients/importers/format.h"

namespace heimweg::importers {

struct JsonElement {
  // "stellenangebote[3]", "[0]", or "" for the whole document.
  std::string path;
  // Where it begins.
  int64_t line = 1;
  // As it stands in the file.
  absl::string_view text;
  const nlohmann::json& value;
};

using OnJsonElement = absl::FunctionRef<absl::Status(const JsonElement&)>;

// Gives the elements of the outermost array; if the outermost value is an
// object, those of the first of its members that is named in `arrays` and is an
// array; if it has none, or `arrays` is empty, the object itself. `utf8` is
// UTF-8 (Utf8Source). INVALID_ARGUMENT with the line if it is no JSON,
// RESOURCE_EXHAUSTED beyond a limit; elements before that were given.
absl::Status ReadJsonElements(ByteSource& utf8,
                              const std::vector<std::string>& arrays,
                              const Limits& limits, OnJsonElement on_element);

// Parses one JSON text under the limits; for JSON in something else, e.g. a
// script element of a page. Errors as above.
absl::StatusOr<nlohmann::json> ParseJson(absl::string_view text,
                                         const Limits& limits);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_JSON_ELEMENTS_H_
