// Whether a file's bytes are UTF-8.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_UTF8_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_UTF8_H_

#include <cstddef>
#include <optional>

#include "absl/strings/string_view.h"

namespace heimweg::occupations {

// The first line, from 1, with a byte that is not; nullopt if there is none.
std::optional<size_t> LineThatIsNotUtf8(absl::string_view text);

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_UTF8_H_
