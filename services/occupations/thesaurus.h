// Words of job titles that mean the same or nearly so, written by hand from the
// common usage of trades, also in Austria and Switzerland.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_THESAURUS_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_THESAURUS_H_

#include <vector>

#include "absl/strings/string_view.h"

namespace heimweg::occupations {

// Groups of folded words without gender ending, parts of compounds mostly; each
// word of a group may stand for each other. A word may be in several groups.
// The words of a group are parted by blanks.
std::vector<absl::string_view> Thesaurus();

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_THESAURUS_H_
