// The terms under which offers are found in their store, and which of them
// answers a filter best. A term's first byte says what it is:
//
//   'b' <block:8> <created:8> <source:8>  may be repeated or repeat another
//   'd' <5 digits>             district (AGS)
//   'e' <hours:8>              full hour after 1970 in which the validity ends
//   'f' <key>                  repeats the offer with this key
//   'j' <key>                  a person said that it repeats that offer
//   'k' <text>                 the kind's own
//   'l'                        repeats some offer
//   'u' <hours:8>              full hour after 1970 in which that ends
//   'x' <source> 00 <id>       key of an import
#ifndef HEIMWEG_SERVICES_OFFERS_INDEX_TERMS_H_
#define HEIMWEG_SERVICES_OFFERS_INDEX_TERMS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace heimweg::offers {

// `ags` has at least 5 digits.
inline std::string DistrictTerm(absl::string_view ags) {
  return absl::StrCat("d", ags.substr(0, 5));
}

// Terms of earlier hours sort first. Times before 1970 count as 1970.
std::string EndTerm(absl::Time end);

// As EndTerm, for the end of a duplicate's link.
std::string LinkEndTerm(absl::Time end);

// All offers that repeat another one.
inline constexpr absl::string_view kLinkedTerm = "l";

// The offers that repeat the one with `key`, and those of which a person said
// it.
inline std::string FollowerTerm(absl::string_view key) {
  return absl::StrCat("f", key);
}
inline std::string JoinedTerm(absl::string_view key) {
  return absl::StrCat("j", key);
}

// One of the offers of a block, in which likely duplicates are looked for (see
// likeness.h): the blocks' fingerprint, when it was created in nanoseconds
// after 1970, and a fingerprint of its source. The oldest come first.
struct BlockTerm {
  uint64_t block = 0;
  int64_t created_ns = 0;
  uint64_t source = 0;

  std::string Text() const;
};
std::optional<BlockTerm> ParseBlockTerm(absl::string_view term);
// Before and after all terms of the block.
std::string BlockBegin(uint64_t block);
std::string BlockEnd(uint64_t block);

inline std::string KindTerm(absl::string_view text) {
  return absl::StrCat("k", text);
}

// `source` has no byte 00.
std::string ExternalTerm(absl::string_view source,
                         absl::string_view external_id);

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_INDEX_TERMS_H_
