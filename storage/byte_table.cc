#include "storage/byte_table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace heimweg::storage {
namespace {

// Index rows are read in steps of this many before their records are fetched.
constexpr size_t kTermStep = 256;

// The first key after `key`.
std::string After(std::string key) {
  key.push_back('\0');
  return key;
}

void SortOnce(std::vector<std::string>& terms) {
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
}

}  // namespace

ByteTable::ByteTable(uint32_t number, std::string name, bool logged)
    : number_(number), name_(std::move(name)), logged_(logged) {}

absl::StatusOr<std::optional<ByteRow>> ByteTable::Find(
    const Reader& reader, absl::string_view id) const {
  auto value = reader.Get(RecordKey(number_, id));
  if (!value.ok()) return value.status();
  if (!value->has_value()) return std::nullopt;
  absl::StatusOr<ByteRow> row = Parse(id, **value);
  if (!row.ok()) return row.status();
  return std::optional<ByteRow>(*std::move(row));
}

absl::StatusOr<std::vector<std::optional<ByteRow>>> ByteTable::MultiGet(
    const Reader& reader, absl::Span<const std::string> ids) const {
  std::vector<std::string> keys;
  keys.reserve(ids.size());
  for (const std::string& id : ids) keys.push_back(RecordKey(number_, id));
  auto values = reader.MultiGet(keys);
  if (!values.ok()) return values.status();
  std::vector<std::optional<ByteRow>> rows(ids.size());
  for (size_t i = 0; i < ids.size(); ++i) {
    if (!(*values)[i].has_value()) continue;
    absl::StatusOr<ByteRow> row = Parse(ids[i], *(*values)[i]);
    if (!row.ok()) return row.status();
    rows[i] = *std::move(row);
  }
  return rows;
}

absl::Status ByteTable::Visit(const Reader& reader, const TableScan& scan,
                              absl::FunctionRef<bool(ByteRow)> visit) const {
  if (scan.term.has_value()) return VisitTerm(reader, scan, visit);
  return VisitRecords(reader, scan, visit);
}

absl::Status ByteTable::VisitRecords(
    const Reader& reader, const TableScan& scan,
    absl::FunctionRef<bool(ByteRow)> visit) const {
  KeyRange range = RecordRange(number_, scan.id_prefix);
  if (!scan.after_id.empty()) {
    range.begin =
        std::max(range.begin, After(RecordKey(number_, scan.after_id)));
  }
  if (!(range.begin < range.end)) return absl::OkStatus();
  size_t visited = 0;
  absl::Status parse_status;
  absl::Status status =
      reader.Scan(range.begin, range.end,
                  [&](absl::string_view key, absl::string_view value) {
                    absl::StatusOr<ByteRow> row =
                        Parse(ParseRecordId(number_, key).value_or(""), value);
                    if (!row.ok()) {
                      parse_status = row.status();
                      return false;
                    }
                    return visit(*std::move(row)) && ++visited != scan.limit;
                  });
  return status.ok() ? parse_status : status;
}

absl::Status ByteTable::VisitTerm(
    const Reader& reader, const TableScan& scan,
    absl::FunctionRef<bool(ByteRow)> visit) const {
  KeyRange range = IndexRange(number_, *scan.term, scan.id_prefix);
  if (!scan.after_id.empty()) {
    range.begin = std::max(range.begin,
                           After(IndexKey(number_, *scan.term, scan.after_id)));
  }
  size_t visited = 0;
  while (range.begin < range.end) {
    const size_t wanted =
        scan.limit == 0 ? kTermStep : std::min(kTermStep, scan.limit - visited);
    std::vector<std::string> ids;
    absl::Status status = reader.Scan(
        range.begin, range.end, [&](absl::string_view key, absl::string_view) {
          std::optional<IndexEntry> entry = ParseIndexKey(number_, key);
          if (entry.has_value()) ids.push_back(std::move(entry->id));
          return ids.size() < wanted;
        });
    if (!status.ok()) return status;
    auto rows = MultiGet(reader, ids);
    if (!rows.ok()) return rows.status();
    for (size_t i = 0; i < ids.size(); ++i) {
      if (!(*rows)[i].has_value()) return Damaged(ids[i]);
      if (!visit(*std::move((*rows)[i])) || ++visited == scan.limit) {
        return absl::OkStatus();
      }
    }
    if (ids.size() < wanted) return absl::OkStatus();
    range.begin = After(IndexKey(number_, *scan.term, ids.back()));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<IndexEntry>> ByteTable::ScanTerms(
    const Reader& reader, absl::string_view begin_term,
    absl::string_view end_term, size_t limit) const {
  std::vector<IndexEntry> entries;
  absl::Status status = VisitTerms(
      reader, begin_term, end_term,
      [&entries, limit](absl::string_view term, absl::string_view id) {
        entries.push_back({std::string(term), std::string(id)});
        return entries.size() != limit || limit == 0;
      });
  if (!status.ok()) return status;
  return entries;
}

absl::Status ByteTable::VisitIds(
    const Reader& reader, absl::string_view term,
    absl::FunctionRef<bool(absl::string_view id)> visit) const {
  const KeyRange range = IndexRange(number_, term, "");
  std::string found;
  return reader.Scan(range.begin, range.end,
                     [&](absl::string_view key, absl::string_view) {
                       const auto id = SplitIndexKey(number_, key, found);
                       return !id.has_value() || visit(*id);
                     });
}

absl::Status ByteTable::VisitTerms(
    const Reader& reader, absl::string_view begin_term,
    absl::string_view end_term,
    absl::FunctionRef<bool(absl::string_view term, absl::string_view id)> visit)
    const {
  const KeyRange range = TermRange(number_, begin_term, end_term);
  if (!(range.begin < range.end)) return absl::OkStatus();
  std::string term;
  return reader.Scan(range.begin, range.end,
                     [&](absl::string_view key, absl::string_view) {
                       const auto id = SplitIndexKey(number_, key, term);
                       return !id.has_value() || visit(term, *id);
                     });
}

absl::StatusOr<uint64_t> ByteTable::Put(
    Transaction& txn, absl::string_view id, absl::string_view bytes,
    std::vector<std::string> old_terms,
    std::vector<std::string> new_terms) const {
  if (id.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("the id of a ", name_, " must not be empty"));
  }
  const uint64_t revision =
      logged_ ? txn.Log(number_, id, /*erased=*/false) : txn.NextRevision();
  txn.Put(RecordKey(number_, id), absl::StrCat(FixedBytes(revision), bytes));
  SortOnce(old_terms);
  SortOnce(new_terms);
  for (const std::string& term : old_terms) {
    if (!std::binary_search(new_terms.begin(), new_terms.end(), term)) {
      txn.Erase(IndexKey(number_, term, id));
    }
  }
  for (const std::string& term : new_terms) {
    if (!std::binary_search(old_terms.begin(), old_terms.end(), term)) {
      txn.Put(IndexKey(number_, term, id), "");
    }
  }
  return revision;
}

absl::StatusOr<uint64_t> ByteTable::Erase(
    Transaction& txn, absl::string_view id,
    const std::vector<std::string>& terms) const {
  const uint64_t revision =
      logged_ ? txn.Log(number_, id, /*erased=*/true) : txn.NextRevision();
  txn.Erase(RecordKey(number_, id));
  for (const std::string& term : terms) txn.Erase(IndexKey(number_, term, id));
  return revision;
}

absl::Status ByteTable::NotFound(absl::string_view id) const {
  return absl::NotFoundError(absl::StrCat("there is no ", name_, " ", id));
}

absl::Status ByteTable::Damaged(absl::string_view id) const {
  return absl::DataLossError(
      absl::StrCat("the stored ", name_, " ", id, " is damaged"));
}

absl::StatusOr<ByteRow> ByteTable::Parse(absl::string_view id,
                                         absl::string_view value) const {
  const std::optional<uint64_t> revision =
      ParseFixedBytes(value.substr(0, sizeof(uint64_t)));
  if (!revision.has_value()) return Damaged(id);
  ByteRow row;
  row.id = std::string(id);
  row.revision = *revision;
  row.bytes = std::string(value.substr(sizeof(uint64_t)));
  return row;
}

}  // namespace heimweg::storage
