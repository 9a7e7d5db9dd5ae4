// schema.org data as JSON-LD, wherever partners put it: one object, an array, a
// graph, lists in lists, or the scripts of a page.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_LINKED_DATA_H_
#define HEIMWEG_CLIENTS_IMPORTERS_LINKED_DATA_H_

#include <nlohmann/json.hpp>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "clients/importers/byte_source.h"
#include "clients/importers/format.h"
#include "clients/importers/place_fields.h"

namespace heimweg::importers {

struct LinkedNode {
  Origin origin;
  std::string text;  // for the rejects file
  const nlohmann::json& value;
};

// Whether a node's @type is `type`, as a word, a URI or in a list.
bool IsOfType(const nlohmann::json& node, absl::string_view type);

// Gives every node of one of `types` in the document to `on_node`; tells `sink`
// of top-level nodes that hold none. A page may have at most 8 MiB. A page
// without such data is INVALID_ARGUMENT; errors as of ReadJsonElements.
absl::Status ReadLinkedData(
    ByteSource& source, const ReadOptions& options,
    const std::vector<std::string>& types, Sink& sink,
    absl::FunctionRef<absl::Status(const LinkedNode&)> on_node);

// A schema.org Place, PostalAddress, or text.
Address AddressOf(const nlohmann::json& place);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_LINKED_DATA_H_
