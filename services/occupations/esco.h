// The European classification of skills and occupations (ESCO) as its CSV
// download holds it: occupations, ISCO groups, skills, and which skills an
// occupation needs.
//
// Source: https://esco.ec.europa.eu, reuse under Commission Decision
// 2011/833/EU. "This service uses the ESCO classification of the European
// Commission."
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_ESCO_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_ESCO_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace heimweg::occupations {

struct EscoOccupation {
  std::string uri;
  std::string preferred_label;
  std::vector<std::string> other_labels;
  std::string description;
  // 1 to 4 digits.
  std::string isco_group;
  // An ISCO group itself, not one of ESCO's occupations.
  bool is_group = false;
};

struct EscoSkill {
  std::string uri;
  std::string preferred_label;
  std::vector<std::string> other_labels;
  std::string description;
};

// `occupation` and `skill` count in Esco::occupations and Esco::skills.
struct EscoRelation {
  uint32_t occupation = 0;
  uint32_t skill = 0;
  bool essential = false;

  friend bool operator==(const EscoRelation&, const EscoRelation&) = default;
};

struct Esco {
  std::vector<EscoOccupation> occupations;
  std::vector<EscoSkill> skills;
  std::vector<EscoRelation> relations;
  // What was not there and what that means, a sentence each.
  std::vector<std::string> notes;
};

// Name and content of one file.
using NamedFile = std::pair<std::string, std::string>;

// Reads the files of one download, in any order; folders in the names do not
// matter, nor does the language in them, as long as there is one of it.
// occupations_XX.csv must be there; the other files may be missing:
// without ISCOGroups_XX.csv there are no groups, without skills_XX.csv the
// skills come from the collections (digital, green, language, ...), without
// occupationSkillRelations_XX.csv there are no relations; notes say so.
// InvalidArgument names the file, the line and what was expected.
absl::StatusOr<Esco> ReadEsco(const std::vector<NamedFile>& files);

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_ESCO_H_
