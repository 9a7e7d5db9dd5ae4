// The German classification of occupations (KldB 2010) as the Federal
// Employment Agency publishes it, as CSV: all five levels with the official
// titles and the occupations that belong to each type.
//
// Source: Bundesagentur für Arbeit, Klassifikation der Berufe 2010,
// "Gliederung mit Erläuterung", or any table with the same columns.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_KLDB_FILE_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_KLDB_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/occupations/esco.h"

namespace heimweg::occupations {

struct KldbRow {
  std::string code;  // 1 to 5 digits
  std::string title;
  // Job titles that the file or the built-in table names.
  std::vector<std::string> usual_titles;
};

struct KldbFile {
  std::vector<KldbRow> rows;  // by code
};

// Columns, by name: the code ("Schlüssel KldB ..." or "code", with or without
// leading zeros), "Ebene" (1 to 5) and "Titel"; "Umfasst ferner" may be there,
// whose entries "01104-101 Offizier" become usual titles.
// InvalidArgument with line, field and reason: no UTF-8, a code that does not
// fit its level, one that stands twice or lacks what is above or below it, or
// an area or a main group that is missing.
absl::StatusOr<KldbFile> ParseKldb(const NamedFile& file);

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_KLDB_FILE_H_
