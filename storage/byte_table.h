// ByteTable: the part of Table that does not know the record's type.
#ifndef HEIMWEG_STORAGE_BYTE_TABLE_H_
#define HEIMWEG_STORAGE_BYTE_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/engine.h"
#include "storage/keys.h"
#include "storage/transaction.h"

namespace heimweg::storage {

// Which rows of a table to read; the parts are joined by AND.
struct TableScan {
  // Empty: any id.
  std::string id_prefix = {};
  // Exactly this one; nullopt: any record.
  std::optional<std::string> term = std::nullopt;
  // Only greater ids. Empty: from the first.
  std::string after_id = {};
  // 0: all.
  size_t limit = 0;
};

struct ByteRow {
  std::string id;
  uint64_t revision = 0;
  std::string bytes;
};

// See Table for the meaning of its functions. Thread-safe.
class ByteTable {
 public:
  ByteTable(uint32_t number, std::string name, bool logged);

  uint32_t number() const { return number_; }

  absl::StatusOr<std::optional<ByteRow>> Find(const Reader& reader,
                                              absl::string_view id) const;
  absl::StatusOr<std::vector<std::optional<ByteRow>>> MultiGet(
      const Reader& reader, absl::Span<const std::string> ids) const;
  absl::Status Visit(const Reader& reader, const TableScan& scan,
                     absl::FunctionRef<bool(ByteRow)> visit) const;
  absl::Status VisitTerms(
      const Reader& reader, absl::string_view begin_term,
      absl::string_view end_term,
      absl::FunctionRef<bool(absl::string_view term, absl::string_view id)>
          visit) const;
  absl::Status VisitIds(
      const Reader& reader, absl::string_view term,
      absl::FunctionRef<bool(absl::string_view id)> visit) const;
  absl::StatusOr<std::vector<IndexEntry>> ScanTerms(
      const Reader& reader, absl::string_view begin_term,
      absl::string_view end_term, size_t limit) const;

  // Writes the row, the differences of its terms and its log row; returns the
  // revision taken.
  absl::StatusOr<uint64_t> Put(Transaction& txn, absl::string_view id,
                               absl::string_view bytes,
                               std::vector<std::string> old_terms,
                               std::vector<std::string> new_terms) const;
  absl::StatusOr<uint64_t> Erase(Transaction& txn, absl::string_view id,
                                 const std::vector<std::string>& terms) const;

  absl::Status NotFound(absl::string_view id) const;
  absl::Status Damaged(absl::string_view id) const;

 private:
  absl::Status VisitRecords(const Reader& reader, const TableScan& scan,
                            absl::FunctionRef<bool(ByteRow)> visit) const;
  absl::Status VisitTerm(const Reader& reader, const TableScan& scan,
                         absl::FunctionRef<bool(ByteRow)> visit) const;
  absl::StatusOr<ByteRow> Parse(absl::string_view id,
                                absl::string_view value) const;

  uint32_t number_;
  std::string name_;
  bool logged_;
};

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_BYTE_TABLE_H_
