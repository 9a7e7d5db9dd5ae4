// The terms under which offers are found in their store, and which of them
// answers a filter best. A term's first byte says what it is:
//
//   'd' <5 digits>             district (AGS)
//   'e' <hours:8>              full hour after 1970 in which the validity ends
//   'k' <text>                 the kind's own
//   'x' <source> 00 <id>       key of an import
#ifndef HEIMWEG_SERVICES_OFFERS_INDEX_TERMS_H_
#define HEIMWEG_SERVICES_OFFERS_INDEX_TERMS_H_

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

inline std::string KindTerm(absl::string_view text) {
  return absl::StrCat("k", text);
}

// `source` has no byte 00.
std::string ExternalTerm(absl::string_view source,
                         absl::string_view external_id);

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_INDEX_TERMS_H_
