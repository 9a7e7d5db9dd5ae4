// Members of JSON values, whatever type partners give them. Nothing here fails:
// what is not there or is something else is nothing.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_JSON_FIELDS_H_
#define HEIMWEG_CLIENTS_IMPORTERS_JSON_FIELDS_H_

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace heimweg::importers {

// The member at "address.postalCode"; of an array on the way, its first
// element. Null: there is none, or it is null.
const nlohmann::json* JsonAt(const nlohmann::json& value,
                             absl::string_view path);

// Its text: a string, a number or a truth value as text. Empty: there is none.
std::string JsonText(const nlohmann::json& value, absl::string_view path);

// Its number: a number, or a string that is one with a point.
std::optional<double> JsonNumber(const nlohmann::json& value,
                                 absl::string_view path);

// The elements of the array at the path, or the one value that stands there
// instead of an array.
std::vector<const nlohmann::json*> JsonEach(const nlohmann::json& value,
                                            absl::string_view path);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_JSON_FIELDS_H_
