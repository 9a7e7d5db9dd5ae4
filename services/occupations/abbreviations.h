// Abbreviations in job titles, written out by hand.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_ABBREVIATIONS_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_ABBREVIATIONS_H_

#include "absl/strings/string_view.h"

namespace heimweg::occupations {

// What one folded word stands for, folded words parted by blanks: "mfa" ->
// "medizinisch fachangestellter". Empty if it is no abbreviation that is known.
absl::string_view ExpandAbbreviation(absl::string_view word);

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_ABBREVIATIONS_H_
