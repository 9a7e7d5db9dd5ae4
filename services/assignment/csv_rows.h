// Rows of comma-separated values as spreadsheets and statistics programs write
// them (RFC 4180): quotes, line ends of either kind, a byte order mark. libcsv
// splits; this adds where a row stands, so that errors can say it.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_CSV_ROWS_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_CSV_ROWS_H_

#include <istream>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace heimweg::assignment {

struct CsvRow {
  // The line on which the row begins, from 1.
  int64_t line = 0;
  // Without quotes, and without the spaces around unquoted ones.
  std::vector<std::string> cells;
};

// Calls `take` with every row that is not empty, the header first, until it
// answers an error. INVALID_ARGUMENT naming `file` and the line for quotes that
// are not closed or stand within a cell, UNKNOWN if `in` cannot be read,
// RESOURCE_EXHAUSTED for a line above 16 MiB.
absl::Status ReadCsv(std::istream& in, absl::string_view file,
                     absl::FunctionRef<absl::Status(const CsvRow&)> take);

// INVALID_ARGUMENT "<file>:<line>: column <column>: <expected>"; `column`
// counts from 1, 0 leaves it out.
absl::Status CsvError(absl::string_view file, int64_t line, int64_t column,
                      absl::string_view expected);

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_CSV_ROWS_H_
