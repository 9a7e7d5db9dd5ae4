// Rows of CSV and TSV files as agencies publish them (RFC 4180, with LF too, a
// byte order mark, semicolons or tabs, a header block above the column line).
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_CSV_READER_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_CSV_READER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace heimweg::occupations {

// Reads one row after the other. `text` outlives the reader. Thread-compatible.
class CsvReader {
 public:
  // The separator is the one of ',', ';' and tab that is most frequent in the
  // first line outside quotes.
  explicit CsvReader(absl::string_view text);
  CsvReader(absl::string_view text, char separator);

  // The next row that is not empty; false at the end or at an error.
  bool Next(std::vector<std::string>& row);

  // InvalidArgument with the line, if a quote is not closed or a field is
  // larger than 1 MiB; then Next returns false.
  const absl::Status& status() const { return status_; }

  // Of the row read last, from 1.
  size_t line() const { return line_; }

 private:
  bool ReadField(std::string& field, bool& row_ends);
  bool ReadQuoted(std::string& field);

  absl::string_view text_;
  char separator_;
  size_t at_ = 0;
  size_t line_ = 0;
  size_t next_line_ = 1;
  absl::Status status_;
};

// A table whose columns are found by their names.
class CsvTable {
 public:
  // Looks for the line that has all `columns`, within the first 40 lines; case
  // does not matter. `name` is the file's, for errors. `text` outlives it.
  // InvalidArgument if no line has them all, naming what is missing.
  static absl::StatusOr<CsvTable> Open(absl::string_view name,
                                       absl::string_view text,
                                       std::vector<std::string> columns);

  // The next row's fields in the order of `columns`; a row that is too short
  // has empty ones. False at the end or at an error.
  bool Next(std::vector<std::string>& fields);

  absl::Status status() const;
  size_t line() const { return reader_.line(); }

 private:
  CsvTable(absl::string_view name, absl::string_view text);
  bool FindHeader(const std::vector<std::string>& columns,
                  std::vector<std::string>& missing);

  std::string name_;
  CsvReader reader_;
  std::vector<size_t> places_;
  std::vector<std::string> row_;
};

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_CSV_READER_H_
