#include "services/occupations/utf8.h"

#include <utf8proc.h>

#include <cstdint>

namespace heimweg::occupations {

std::optional<size_t> LineThatIsNotUtf8(absl::string_view text) {
  size_t line = 1;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (size_t at = 0; at < text.size();) {
    if (bytes[at] < 0x80) {
      if (bytes[at] == '\n') ++line;
      ++at;
      continue;
    }
    utf8proc_int32_t code_point = 0;
    const utf8proc_ssize_t length = utf8proc_iterate(
        bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at),
        &code_point);
    if (length <= 0) return line;
    at += static_cast<size_t>(length);
  }
  return std::nullopt;
}

}  // namespace heimweg::occupations
