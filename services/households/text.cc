#include "services/households/text.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace heimweg::households {

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

bool IsNetworkName(absl::string_view name) {
  return absl::ConsumePrefix(&name, "networks/") && IsId(name) && name != "-";
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
