// The German classification of occupations (Klassifikation der Berufe 2010,
// KldB) down to its groups: 10 areas, 37 main groups, 144 groups, with the job
// titles that are usual in each, so that titles can be resolved without any
// import.
//
// Codes as of the Federal Employment Agency (Bundesagentur für Arbeit), KldB
// 2010, revised 2020. Titles and job titles are written for Heimweg.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_KLDB_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_KLDB_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/occupations/esco.h"

namespace heimweg::occupations {

struct KldbEntry {
  absl::string_view code;  // 1 digit an area, 2 a main group, 3 a group
  absl::string_view title;
  // Of groups: usual job titles, parted by ", ". Empty above.
  absl::string_view usual_titles;
};

// Sorted by code, a code before those below it.
const std::vector<KldbEntry>& KldbEntries();

// The entry of a code of 1 to 5 digits: of its group, if it is longer than
// three digits. Null if there is none.
const KldbEntry* FindKldb(absl::string_view code);

// The groups as occupations for TitleResolver: the URI is the code, the labels
// are title and usual job titles.
std::vector<EscoOccupation> KldbOccupations();

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_KLDB_H_
