// All formats, by name and by what files begin with.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_REGISTRY_H_
#define HEIMWEG_CLIENTS_IMPORTERS_REGISTRY_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "clients/importers/format.h"

namespace heimweg::importers {

// In the order of the help. They live as long as the program.
const std::vector<const Format*>& AllFormats();

// Null: there is none of that name.
const Format* FindFormat(absl::string_view name);

// What a file is that begins with `head` (UTF-8, some KiB).
struct Recognition {
  const Format* format = nullptr;  // null: none of ours
  // In words, also if no format reads it: "ImmoXML"; empty: not known.
  std::string name;
};
Recognition Recognize(absl::string_view head);

// Whether a file that begins like this is separated values, as far as the first
// line tells: three names or more of columns, parted alike. A mapping says what
// they are.
bool IsTable(absl::string_view head);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_REGISTRY_H_
