// Records of separated values (RFC 4180): quoted fields may hold separators,
// line ends and doubled quotes.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_CSV_READER_H_
#define HEIMWEG_CLIENTS_IMPORTERS_CSV_READER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/importers/byte_source.h"
#include "clients/importers/format.h"

namespace heimweg::importers {

// Thread-compatible.
class CsvReader {
 public:
  // `utf8` is UTF-8 and outlives this.
  CsvReader(ByteSource& utf8, char delimiter, const Limits& limits);

  // The next record; false at the end. Empty lines are no records.
  // INVALID_ARGUMENT with the line if a quote never ends, RESOURCE_EXHAUSTED
  // beyond a limit.
  absl::StatusOr<bool> Next();

  const std::vector<std::string>& fields() const { return fields_; }
  // Where it begins, from 1.
  int64_t line() const { return line_; }
  // As it stands in the file.
  const std::string& text() const { return text_; }

 private:
  static constexpr int kEnd = -1;

  int Peek();
  int Take();
  // Reads one field; true if the record goes on behind it.
  absl::StatusOr<bool> Field();
  absl::Status Quoted(std::string& field);
  absl::Status CheckSize(const std::string& field) const;

  ByteSource& source_;
  const char delimiter_;
  const Limits limits_;
  std::string block_;
  size_t at_ = 0;
  size_t size_ = 0;
  absl::Status status_;
  int64_t next_line_ = 1;
  int64_t line_ = 1;
  std::vector<std::string> fields_;
  std::string text_;
};

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_CSV_READER_H_
