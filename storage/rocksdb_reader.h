// RocksDbReader: a RocksDB snapshot as a Reader.
#ifndef HEIMWEG_STORAGE_ROCKSDB_READER_H_
#define HEIMWEG_STORAGE_ROCKSDB_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rocksdb/db.h"
#include "rocksdb/options.h"
#include "rocksdb/snapshot.h"
#include "storage/engine.h"

namespace heimweg::storage {

// The engine's own keys in the database. All begin with byte 0.
std::string StoreIdKey();
std::string RevisionKey();

// Thread-safe.
class RocksDbReader : public Reader {
 public:
  // A snapshot of `db`, which must outlive it.
  static absl::StatusOr<std::unique_ptr<Reader>> Open(rocksdb::DB& db);

  uint64_t revision() const override { return revision_; }
  absl::StatusOr<std::optional<std::string>> Get(
      absl::string_view key) const override;
  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      absl::Span<const std::string> keys) const override;
  absl::Status Scan(absl::string_view begin, absl::string_view end,
                    Visitor visit) const override;

 private:
  explicit RocksDbReader(rocksdb::DB& db)
      : db_(db), held_(&db), snapshot_(held_.snapshot()) {}

  rocksdb::ReadOptions Options() const;

  rocksdb::DB& db_;
  rocksdb::ManagedSnapshot held_;  // Releases the snapshot.
  const rocksdb::Snapshot* const snapshot_;
  uint64_t revision_ = 0;
};

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_ROCKSDB_READER_H_
