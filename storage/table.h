// Table: records of one protobuf type in a store, found by id or by index
// term. A record, its index rows and its log row are written together, in the
// transaction of one edit.
#ifndef HEIMWEG_STORAGE_TABLE_H_
#define HEIMWEG_STORAGE_TABLE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/byte_table.h"
#include "storage/engine.h"
#include "storage/transaction.h"

namespace heimweg::storage {

template <typename Record>
struct Row {
  std::string id;
  uint64_t revision = 0;  // Of the record's last change: its etag.
  Record record;
};

// Ids are texts such as "network/job" whose byte order is the order of the
// resource names; not empty. Ids and terms never hold personal data.
//
// Errors of all functions: DATA_LOSS if stored bytes do not parse, and those of
// Reader.
//
// Thread-safe.
template <typename Record>
class Table {
 public:
  // The terms under which a record is found; a term may repeat. Pure. A change
  // of this function leaves rows of the old one behind: it comes with a new
  // table number and a migration.
  using Terms = std::function<std::vector<std::string>(const Record&)>;

  struct Options {
    uint32_t number = 0;    // Unique in its store and never changed.
    std::string name = {};  // For error texts: "job".
    Terms terms = {};       // Empty: no index.
    bool logged = true;     // Whether changes enter the change log.
  };

  explicit Table(Options options)
      : rows_(options.number, std::move(options.name), options.logged),
        terms_(std::move(options.terms)) {}

  uint32_t number() const { return rows_.number(); }

  // NOT_FOUND if there is no such id.
  absl::StatusOr<Row<Record>> Get(const Reader& reader,
                                  absl::string_view id) const {
    absl::StatusOr<std::optional<Row<Record>>> row = Find(reader, id);
    if (!row.ok()) return row.status();
    if (!row->has_value()) return rows_.NotFound(id);
    return **std::move(row);
  }

  // nullopt if there is no such id.
  absl::StatusOr<std::optional<Row<Record>>> Find(const Reader& reader,
                                                  absl::string_view id) const {
    absl::StatusOr<std::optional<ByteRow>> row = rows_.Find(reader, id);
    if (!row.ok()) return row.status();
    if (!row->has_value()) return std::nullopt;
    std::optional<Row<Record>> found(std::in_place);
    absl::Status parsed = Parse(**std::move(row), *found);
    if (!parsed.ok()) return parsed;
    return found;
  }

  // One result for each id, in the order of `ids`; nullopt where there is none.
  absl::StatusOr<std::vector<std::optional<Row<Record>>>> MultiGet(
      const Reader& reader, absl::Span<const std::string> ids) const {
    auto rows = rows_.MultiGet(reader, ids);
    if (!rows.ok()) return rows.status();
    std::vector<std::optional<Row<Record>>> parsed;
    parsed.reserve(rows->size());
    for (std::optional<ByteRow>& row : *rows) {
      if (!row.has_value()) {
        parsed.emplace_back();
        continue;
      }
      absl::Status one =
          Parse(*std::move(row), parsed.emplace_back().emplace());
      if (!one.ok()) return one;
    }
    return parsed;
  }

  // The rows that `scan` selects, in id order.
  absl::StatusOr<std::vector<Row<Record>>> Scan(const Reader& reader,
                                                const TableScan& scan) const {
    std::vector<Row<Record>> rows;
    absl::Status status = Visit(reader, scan, [&rows](Row<Record> row) {
      rows.push_back(std::move(row));
      return true;
    });
    if (!status.ok()) return status;
    return rows;
  }

  // As Scan; `visit` returns false to stop.
  absl::Status Visit(const Reader& reader, const TableScan& scan,
                     absl::FunctionRef<bool(Row<Record>)> visit) const {
    absl::Status parse_status;
    absl::Status status = rows_.Visit(reader, scan, [&](ByteRow row) {
      Row<Record> parsed;
      parse_status = Parse(std::move(row), parsed);
      return parse_status.ok() && visit(std::move(parsed));
    });
    return status.ok() ? parse_status : status;
  }

  // The index rows of the terms in [begin_term, end_term), in the order of term
  // and id, at most `limit` (0: all). An empty `end_term` means: to the last.
  absl::StatusOr<std::vector<IndexEntry>> ScanTerms(
      const Reader& reader, absl::string_view begin_term,
      absl::string_view end_term, size_t limit) const {
    return rows_.ScanTerms(reader, begin_term, end_term, limit);
  }

  // As ScanTerms, without a limit or copies; `visit` returns false to stop.
  absl::Status VisitTerms(
      const Reader& reader, absl::string_view begin_term,
      absl::string_view end_term,
      absl::FunctionRef<bool(absl::string_view term, absl::string_view id)>
          visit) const {
    return rows_.VisitTerms(reader, begin_term, end_term, visit);
  }

  // The ids of the records that have exactly this term, in their order; `visit`
  // returns false to stop. Where there are none, no file is read.
  absl::Status VisitIds(
      const Reader& reader, absl::string_view term,
      absl::FunctionRef<bool(absl::string_view id)> visit) const {
    return rows_.VisitIds(reader, term, visit);
  }

  // Creates or replaces the record and returns its new revision.
  // INVALID_ARGUMENT if the id is empty.
  absl::StatusOr<uint64_t> Put(Transaction& txn, absl::string_view id,
                               const Record& record) const {
    absl::StatusOr<std::vector<std::string>> old_terms = TermsOf(txn, id);
    if (!old_terms.ok()) return old_terms.status();
    std::vector<std::string> terms;
    if (terms_) terms = terms_(record);
    return rows_.Put(txn, id, record.SerializeAsString(), *std::move(old_terms),
                     std::move(terms));
  }

  // As Put where there is none of this id, under these terms, which are those
  // of Options::terms: for callers that know both.
  absl::StatusOr<uint64_t> Insert(Transaction& txn, absl::string_view id,
                                  const Record& record,
                                  std::vector<std::string> terms) const {
    return InsertBytes(txn, id, record.SerializeAsString(), std::move(terms));
  }

  // As Insert of the record that `bytes` parse to.
  absl::StatusOr<uint64_t> InsertBytes(Transaction& txn, absl::string_view id,
                                       absl::string_view bytes,
                                       std::vector<std::string> terms) const {
    return rows_.Put(txn, id, bytes, {}, std::move(terms));
  }

  // As Put where `before` is what Find found in this transaction.
  absl::StatusOr<uint64_t> Replace(Transaction& txn, absl::string_view id,
                                   const Record& before,
                                   const Record& record) const {
    std::vector<std::string> old_terms;
    std::vector<std::string> terms;
    if (terms_) old_terms = terms_(before);
    if (terms_) terms = terms_(record);
    return rows_.Put(txn, id, record.SerializeAsString(), std::move(old_terms),
                     std::move(terms));
  }

  // Returns the revision of the erasure. NOT_FOUND if there is no such id.
  absl::StatusOr<uint64_t> Erase(Transaction& txn, absl::string_view id) const {
    absl::StatusOr<Row<Record>> row = Get(txn, id);
    if (!row.ok()) return row.status();
    std::vector<std::string> terms;
    if (terms_) terms = terms_(row->record);
    return rows_.Erase(txn, id, terms);
  }

 private:
  // Into a row that is new: records have many fields, and moving one costs as
  // much as making it.
  absl::Status Parse(ByteRow row, Row<Record>& parsed) const {
    if (!parsed.record.ParseFromString(row.bytes)) return rows_.Damaged(row.id);
    parsed.id = std::move(row.id);
    parsed.revision = row.revision;
    return absl::OkStatus();
  }

  // The terms of the stored record; none if there is no record.
  absl::StatusOr<std::vector<std::string>> TermsOf(const Reader& reader,
                                                   absl::string_view id) const {
    if (!terms_) return std::vector<std::string>();
    absl::StatusOr<std::optional<Row<Record>>> row = Find(reader, id);
    if (!row.ok()) return row.status();
    if (!row->has_value()) return std::vector<std::string>();
    return terms_((*row)->record);
  }

  ByteTable rows_;
  Terms terms_;
};

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_TABLE_H_
