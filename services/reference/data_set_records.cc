#include "services/reference/data_set_records.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

namespace heimweg::reference {

using ::google::protobuf::BytesValue;
using ::heimweg::storage::Reader;
using ::heimweg::storage::Row;
using ::heimweg::storage::Transaction;

google::protobuf::Timestamp Timestamp(absl::Time time) {
  const int64_t nanos = absl::ToUnixNanos(time);
  google::protobuf::Timestamp stamp;
  stamp.set_seconds(nanos / 1'000'000'000);
  stamp.set_nanos(static_cast<int32_t>(nanos % 1'000'000'000));
  return stamp;
}

DataSetRecords::DataSetRecords()
    : data_sets_({.number = 1, .name = "data set"}),
      versions_({.number = 2, .name = "version of the data set"}),
      parts_({.number = 3, .name = "part of the file", .logged = false}) {}

absl::StatusOr<v1::DataSet> DataSetRecords::Get(
    const Reader& reader, absl::string_view data_set) const {
  absl::StatusOr<std::optional<Row<DataSet>>> row =
      data_sets_.Find(reader, data_set);
  if (!row.ok()) return row.status();
  DataSet found;
  if (row->has_value()) found = std::move((*row)->record);
  found.set_name(DataSetName(data_set));
  return found;
}

absl::Status DataSetRecords::Put(Transaction& txn, absl::string_view data_set,
                                 const DataSet& record) const {
  DataSet stored = record;
  stored.clear_name();
  stored.clear_description();
  return data_sets_.Put(txn, data_set, stored).status();
}

absl::StatusOr<v1::DataSetVersion> DataSetRecords::GetVersion(
    const Reader& reader, const VersionId& id) const {
  absl::StatusOr<Row<Version>> row = versions_.Get(reader, VersionKey(id));
  if (!row.ok()) return row.status();
  row->record.set_name(VersionName(id));
  return std::move(row->record);
}

absl::StatusOr<std::vector<v1::DataSetVersion>> DataSetRecords::Versions(
    const Reader& reader, absl::string_view data_set) const {
  auto rows =
      versions_.Scan(reader, {.id_prefix = absl::StrCat(data_set, "/")});
  if (!rows.ok()) return rows.status();
  std::vector<Version> versions;
  versions.reserve(rows->size());
  for (Row<Version>& row : *rows) versions.push_back(std::move(row.record));
  std::reverse(versions.begin(), versions.end());
  return versions;
}

absl::Status DataSetRecords::PutVersion(Transaction& txn, const VersionId& id,
                                        const Version& version) const {
  return versions_.Put(txn, VersionKey(id), version).status();
}

absl::Status DataSetRecords::EraseVersion(Transaction& txn, const VersionId& id,
                                          const Version& version) const {
  for (int32_t part = 0; part < version.parts(); ++part) {
    absl::Status erased = parts_.Erase(txn, PartKey(id, part)).status();
    if (!erased.ok()) return erased;
  }
  return versions_.Erase(txn, VersionKey(id)).status();
}

absl::StatusOr<std::string> DataSetRecords::GetPart(const Reader& reader,
                                                    const VersionId& id,
                                                    int32_t part) const {
  absl::StatusOr<Row<BytesValue>> row = parts_.Get(reader, PartKey(id, part));
  if (!row.ok()) return row.status();
  return std::move(*row->record.mutable_value());
}

absl::Status DataSetRecords::PutPart(Transaction& txn, const VersionId& id,
                                     int32_t part,
                                     absl::string_view bytes) const {
  BytesValue record;
  record.set_value(bytes.data(), bytes.size());
  return parts_.Put(txn, PartKey(id, part), record).status();
}

absl::StatusOr<std::string> DataSetRecords::File(const Reader& reader,
                                                 const VersionId& id,
                                                 const Version& version) const {
  std::string bytes;
  bytes.reserve(static_cast<size_t>(version.size_bytes()));
  for (int32_t part = 0; part < version.parts(); ++part) {
    absl::StatusOr<std::string> next = GetPart(reader, id, part);
    if (!next.ok()) return next.status();
    bytes.append(*next);
  }
  return bytes;
}

}  // namespace heimweg::reference
