#include "services/offers/offer_filter.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/server/field_checks.h"

namespace heimweg::offers {

using Texts = google::protobuf::RepeatedPtrField<std::string>;

void CheckDigitPrefixes(absl::string_view field, const Texts& prefixes,
                        size_t least, size_t most,
                        server::FieldChecks& checks) {
  checks.Count(server::Field(field, -1), prefixes.size(), 50);
  for (int i = 0; i < prefixes.size(); ++i) {
    const std::string& prefix = prefixes[i];
    if (prefix.size() < least || prefix.size() > most ||
        !std::all_of(prefix.begin(), prefix.end(), absl::ascii_isdigit)) {
      checks.Add(server::Field(field, i),
                 absl::StrCat("must have ", least, " to ", most, " digits"));
    }
  }
}

bool HasPrefixOf(absl::string_view text, const Texts& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [text](const std::string& prefix) {
                       return absl::StartsWith(text, prefix);
                     });
}

}  // namespace heimweg::offers
