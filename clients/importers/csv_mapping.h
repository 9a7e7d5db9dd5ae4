// A mapping file: which column of a table of somebody's is which field of ours.
// The README has an example.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_CSV_MAPPING_H_
#define HEIMWEG_CLIENTS_IMPORTERS_CSV_MAPPING_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/importers/field_setter.h"
#include "clients/importers/format.h"

namespace heimweg::importers {

// One of our fields and where its text comes from.
struct MappedField {
  explicit MappedField(FieldSetter set) : setter(std::move(set)) {}

  FieldSetter setter;
  FieldText how;
  // Names of columns, or their numbers from 1 in a file without a header; the
  // texts of several are joined by `separator`.
  std::vector<std::string> columns;
  std::string separator = " ";
  // In place of columns.
  std::string constant;
  // Before the text, e.g. "https://example.org/job/".
  std::string prefix;
};

struct CsvMapping {
  char delimiter = ';';
  std::string encoding;  // empty: UTF-8
  bool has_header = true;
  std::string source;
  bool full_load = false;
  std::vector<MappedField> fields;

  // Of the mapping file for rows of the kind. INVALID_ARGUMENT that says which
  // entry is wrong and what was expected.
  static absl::StatusOr<CsvMapping> Parse(absl::string_view json, Kind kind);

  // Of a table that `heimweg export csv` wrote: each column is named as its
  // field, and what only the service sets is passed over. INVALID_ARGUMENT that
  // names a column that is no field, or external_id if it is missing.
  static absl::StatusOr<CsvMapping> OfOurTable(
      const std::vector<std::string>& header, Kind kind);
};

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_CSV_MAPPING_H_
