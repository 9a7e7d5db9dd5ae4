// Gender forms in German job titles.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_GENDER_MARKS_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_GENDER_MARKS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace heimweg::occupations {

// `title` without "(m/w/d)" and its like, without "/in", "/-in", "(in)", ":in",
// "*in", "_innen", "/-frau", "(r)", "/r", and with "LeiterIn" made "Leiter".
// What was cut as a whole, in brackets or as "m/w/d", is appended to `cut`.
std::string CutGenderMarks(absl::string_view title,
                           std::vector<std::string>& cut);

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_GENDER_MARKS_H_
