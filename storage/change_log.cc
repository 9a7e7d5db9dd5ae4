#include "storage/change_log.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/keys.h"

namespace heimweg::storage {
namespace {

// Value of a row: <unix milliseconds:8> <table:8> <'e' erased | 'p' put> <id>
constexpr size_t kNumberBytes = sizeof(uint64_t);
constexpr size_t kIdOffset = 2 * kNumberBytes + 1;

// Holds the first revision whose row is kept; absent: 1.
std::string OldestKey() { return MetaKey("log_oldest"); }

absl::StatusOr<uint64_t> OldestKept(const Reader& reader) {
  auto value = reader.Get(OldestKey());
  if (!value.ok()) return value.status();
  if (!value->has_value()) return 1;
  const std::optional<uint64_t> oldest = ParseFixedBytes(**value);
  if (!oldest.has_value()) {
    return absl::DataLossError("the start of the change log is damaged");
  }
  return *oldest;
}

absl::Status DamagedRow(uint64_t revision) {
  return absl::DataLossError(
      absl::StrCat("change log row ", revision, " is damaged"));
}

// Visits the rows of the revisions in [first, last].
absl::Status VisitRows(const Reader& reader, uint64_t first, uint64_t last,
                       absl::FunctionRef<bool(Change)> visit) {
  absl::Status parse_status;
  absl::Status status =
      reader.Scan(LogKey(first), LogKey(last + 1),
                  [&](absl::string_view key, absl::string_view value) {
                    const std::optional<uint64_t> revision = ParseLogKey(key);
                    absl::StatusOr<Change> change =
                        revision.has_value() ? ParseChange(*revision, value)
                                             : DamagedRow(first);
                    if (change.ok()) return visit(*std::move(change));
                    parse_status = change.status();
                    return false;
                  });
  return status.ok() ? parse_status : status;
}

}  // namespace

absl::StatusOr<std::vector<Change>> Changes(const Reader& reader,
                                            uint64_t after_revision,
                                            size_t limit) {
  if (after_revision > reader.revision()) {
    return absl::OutOfRangeError(
        absl::StrCat("revision ", after_revision,
                     " is not of this store, which is at revision ",
                     reader.revision(), "; read everything again"));
  }
  absl::StatusOr<uint64_t> oldest = OldestKept(reader);
  if (!oldest.ok()) return oldest.status();
  if (after_revision + 1 < *oldest) {
    return absl::OutOfRangeError(
        absl::StrCat("changes after revision ", after_revision,
                     " are not kept any more, only those from revision ",
                     *oldest, " on; read everything again"));
  }
  std::vector<Change> changes;
  absl::Status status = VisitRows(reader, after_revision + 1, reader.revision(),
                                  [&](Change change) {
                                    changes.push_back(std::move(change));
                                    return changes.size() != limit;
                                  });
  if (!status.ok()) return status;
  return changes;
}

std::string EncodeChange(uint32_t table, absl::string_view id, bool erased,
                         absl::Time time) {
  return absl::StrCat(
      FixedBytes(static_cast<uint64_t>(absl::ToUnixMillis(time))),
      FixedBytes(table), erased ? "e" : "p", id);
}

absl::StatusOr<Change> ParseChange(uint64_t revision, absl::string_view value) {
  if (value.size() < kIdOffset) return DamagedRow(revision);
  const char kind = value[kIdOffset - 1];
  if (kind != 'e' && kind != 'p') return DamagedRow(revision);
  Change change;
  change.revision = revision;
  change.time = absl::FromUnixMillis(
      static_cast<int64_t>(*ParseFixedBytes(value.substr(0, kNumberBytes))));
  change.table = static_cast<uint32_t>(
      *ParseFixedBytes(value.substr(kNumberBytes, kNumberBytes)));
  change.erased = kind == 'e';
  change.id = std::string(value.substr(kIdOffset));
  return change;
}

absl::Status TrimLog(Transaction& txn, const LogRetention& retention,
                     size_t limit) {
  absl::StatusOr<uint64_t> oldest = OldestKept(txn);
  if (!oldest.ok()) return oldest.status();
  std::vector<uint64_t> dropped;
  absl::Status status =
      VisitRows(txn, *oldest, txn.revision(), [&](const Change& change) {
        const bool kept = txn.revision() - change.revision <= retention.count &&
                          change.time >= txn.now() - retention.age;
        if (kept) return false;
        dropped.push_back(change.revision);
        return dropped.size() < limit;
      });
  if (!status.ok()) return status;
  if (dropped.empty()) return absl::OkStatus();
  for (const uint64_t revision : dropped) txn.Erase(LogKey(revision));
  txn.Put(OldestKey(), FixedBytes(dropped.back() + 1));
  return absl::OkStatus();
}

}  // namespace heimweg::storage
