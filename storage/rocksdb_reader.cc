#include "storage/rocksdb_reader.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "rocksdb/iterator.h"
#include "storage/keys.h"
#include "storage/rocksdb_status.h"

namespace heimweg::storage {
namespace {

// The first key that is not the engine's own.
constexpr absl::string_view kFirstKey("\x01", 1);

rocksdb::Slice ToSlice(absl::string_view bytes) {
  return rocksdb::Slice(bytes.data(), bytes.size());
}

// Whether a scan is one search of the index: then filters may answer it.
bool IsSearch(absl::string_view begin, absl::string_view end) {
  const size_t bytes = SearchPrefixBytes(begin);
  if (bytes == 0 || end.empty()) return false;
  const absl::string_view prefix = begin.substr(0, bytes);
  return absl::StartsWith(end, prefix) || end == PrefixRange(prefix).end;
}

absl::string_view ToView(const rocksdb::Slice& slice) {
  return absl::string_view(slice.data(), slice.size());
}

}  // namespace

std::string StoreIdKey() { return std::string("\0id", 3); }
std::string RevisionKey() { return std::string("\0revision", 9); }

absl::StatusOr<std::unique_ptr<Reader>> RocksDbReader::Open(rocksdb::DB& db) {
  std::unique_ptr<RocksDbReader> reader(new RocksDbReader(db));
  auto value = reader->Get(RevisionKey());
  if (!value.ok()) return value.status();
  if (value->has_value()) {
    const std::optional<uint64_t> revision = ParseFixedBytes(**value);
    if (!revision.has_value()) {
      return absl::DataLossError("the store's revision is damaged");
    }
    reader->revision_ = *revision;
  }
  return std::unique_ptr<Reader>(std::move(reader));
}

rocksdb::ReadOptions RocksDbReader::Options() const {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot_;
  return options;
}

absl::StatusOr<std::optional<std::string>> RocksDbReader::Get(
    absl::string_view key) const {
  std::string value;
  const rocksdb::Status status = db_.Get(Options(), ToSlice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return FromRocksDb(status, "cannot read");
  return std::optional<std::string>(std::move(value));
}

absl::StatusOr<std::vector<std::optional<std::string>>> RocksDbReader::MultiGet(
    absl::Span<const std::string> keys) const {
  const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<std::string> found;
  const std::vector<rocksdb::Status> statuses =
      db_.MultiGet(Options(), slices, &found);
  std::vector<std::optional<std::string>> values(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].ok()) {
      values[i] = std::move(found[i]);
    } else if (!statuses[i].IsNotFound()) {
      return FromRocksDb(statuses[i], "cannot read");
    }
  }
  return values;
}

absl::Status RocksDbReader::Scan(absl::string_view begin, absl::string_view end,
                                 Visitor visit) const {
  begin = std::max(begin, kFirstKey);
  if (!end.empty() && !(begin < end)) return absl::OkStatus();
  rocksdb::ReadOptions options = Options();
  // Without a bound the iterator walks over the tombstones behind the range.
  const rocksdb::Slice bound = ToSlice(end);
  if (!end.empty()) options.iterate_upper_bound = &bound;
  options.prefix_same_as_start = IsSearch(begin, end);
  options.total_order_seek = !options.prefix_same_as_start;
  const std::unique_ptr<rocksdb::Iterator> rows(db_.NewIterator(options));
  for (rows->Seek(ToSlice(begin)); rows->Valid(); rows->Next()) {
    if (!visit(ToView(rows->key()), ToView(rows->value()))) break;
  }
  return FromRocksDb(rows->status(), "cannot read");
}

}  // namespace heimweg::storage
