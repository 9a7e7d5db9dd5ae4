#include "services/offers/index_terms.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/keys.h"

namespace heimweg::offers {

namespace {

std::string HourTerm(absl::string_view first, absl::Time time) {
  constexpr int64_t kSecondsPerHour = 3600;
  const int64_t seconds = std::max<int64_t>(absl::ToUnixSeconds(time), 0);
  return absl::StrCat(
      first,
      storage::FixedBytes(static_cast<uint64_t>(seconds / kSecondsPerHour)));
}

}  // namespace

std::string EndTerm(absl::Time end) { return HourTerm("e", end); }

std::string LinkEndTerm(absl::Time end) { return HourTerm("u", end); }

std::string BlockTerm::Text() const {
  return absl::StrCat("b", storage::FixedBytes(block),
                      storage::FixedBytes(static_cast<uint64_t>(
                          std::max<int64_t>(created_ns, 0))),
                      storage::FixedBytes(source));
}

std::optional<BlockTerm> ParseBlockTerm(absl::string_view term) {
  constexpr size_t kNumber = sizeof(uint64_t);
  if (term.size() != 1 + 3 * kNumber || term[0] != 'b') return std::nullopt;
  term.remove_prefix(1);
  BlockTerm parsed;
  parsed.block = *storage::ParseFixedBytes(term.substr(0, kNumber));
  parsed.created_ns = static_cast<int64_t>(
      *storage::ParseFixedBytes(term.substr(kNumber, kNumber)));
  parsed.source = *storage::ParseFixedBytes(term.substr(2 * kNumber));
  return parsed;
}

std::string BlockBegin(uint64_t block) {
  return absl::StrCat("b", storage::FixedBytes(block));
}

std::string BlockEnd(uint64_t block) {
  // No creation time has the sign's bit.
  return absl::StrCat("b", storage::FixedBytes(block), "\xff");
}

std::string ExternalTerm(absl::string_view source,
                         absl::string_view external_id) {
  std::string term = absl::StrCat("x", source);
  term.push_back('\0');
  absl::StrAppend(&term, external_id);
  return term;
}

}  // namespace heimweg::offers
