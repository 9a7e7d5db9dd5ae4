#include "services/households/text.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace heimweg::households {

int CountCharacters(absl::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

bool IsId(absl::string_view id) {
  return !id.empty() && id.size() <= 63 &&
         std::all_of(id.begin(), id.end(), [](char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
         });
}

bool IsDigits(absl::string_view text, size_t shortest, size_t longest) {
  return shortest <= text.size() && text.size() <= longest &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isdigit(c); });
}

bool IsLanguageCode(absl::string_view code) {
  return code.size() == 2 && absl::ascii_islower(code[0]) &&
         absl::ascii_islower(code[1]);
}

bool IsOfferName(absl::string_view name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  return parts.size() == 4 && parts[0] == "networks" && IsId(parts[1]) &&
         parts[1] != "-" &&
         (parts[2] == "jobs" || parts[2] == "homes" ||
          parts[2] == "contacts") &&
         IsId(parts[3]);
}

}  // namespace heimweg::households
