#include "services/offers/index_terms.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/keys.h"

namespace heimweg::offers {

std::string EndTerm(absl::Time end) {
  constexpr int64_t kSecondsPerHour = 3600;
  const int64_t seconds = std::max<int64_t>(absl::ToUnixSeconds(end), 0);
  return absl::StrCat(
      "e",
      storage::FixedBytes(static_cast<uint64_t>(seconds / kSecondsPerHour)));
}

std::string ExternalTerm(absl::string_view source,
                         absl::string_view external_id) {
  std::string term = absl::StrCat("x", source);
  term.push_back('\0');
  absl::StrAppend(&term, external_id);
  return term;
}

}  // namespace heimweg::offers
