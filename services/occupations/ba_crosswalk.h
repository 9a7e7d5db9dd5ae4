// The Federal Employment Agency's crosswalk: which occupations and skills of
// ESCO its own job titles (KldB 2010 and a running number) and competences
// mean.
//
// Source: Bundesagentur für Arbeit, mapping tables on the ESCO portal, CSV with
// a header block above the column line.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_BA_CROSSWALK_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_BA_CROSSWALK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/occupations/esco.h"

namespace heimweg::occupations {

// From the strongest on; narrow: the agency's concept is narrower than ESCO's.
enum class CrosswalkRelation : uint8_t { kExact, kClose, kNarrow, kBroad };

struct CrosswalkRow {
  std::string esco_uri;
  std::string esco_title;
  std::string ba_title;
  // Of occupations: 5 digits; empty for a skill.
  std::string kldb_code;
  CrosswalkRelation relation = CrosswalkRelation::kExact;
};

struct BaCrosswalk {
  std::vector<CrosswalkRow> occupations;
  std::vector<CrosswalkRow> skills;
  // Rows that were left out, with the reason; the first ones.
  std::vector<std::string> remarks;
};

// Reads the table of occupations, that of skills, or both, in any order. Rows
// of the agency without a relation, and those of its ISCO groups, are passed
// over. Left out with a remark are rows whose fields do not fit; beyond 1 % of
// a table the file counts as broken.
// InvalidArgument names file, line, field and reason.
absl::StatusOr<BaCrosswalk> ParseBaCrosswalk(
    const std::vector<NamedFile>& files);

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_BA_CROSSWALK_H_
