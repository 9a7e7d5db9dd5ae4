// Which code of KldB 2010 a title has: the groups as occupations for
// TitleResolver, under every name that the built-in table, the imported
// classification and the agency's crosswalk know, each name with its code.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_KLDB_TITLES_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_KLDB_TITLES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "services/occupations/ba_crosswalk.h"
#include "services/occupations/esco.h"
#include "services/occupations/kldb_file.h"

namespace heimweg::occupations {

struct KldbTitles {
  // The groups, by code; the URI is the code. Groups rather than types compete
  // for a title, so that two types of one group do not make it unsure.
  std::vector<EscoOccupation> groups;
  // Code of a group's label: codes[group][0] of the preferred label, else of
  // other_labels[n - 1]. It is as long as the name is exact.
  std::vector<std::vector<std::string>> codes;
};

// Either import may be null.
KldbTitles CollectKldbTitles(const KldbFile* kldb,
                             const BaCrosswalk* crosswalk);

// The rows that can be listed: the imported classification, or the built-in
// table, with the usual titles of both and of the crosswalk; by code.
std::vector<KldbRow> CollectKldbRows(const KldbFile* kldb,
                                     const BaCrosswalk* crosswalk);

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_KLDB_TITLES_H_
