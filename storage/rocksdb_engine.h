// RocksDbEngine: an engine in one folder on this machine's disk, for one
// process at a time.
//
//   <folder>/LOCK         held while the engine is open
//   <folder>/SUPERBLOCK   what the database must at least hold (superblock.h)
//   <folder>/rocksdb/     the database
#ifndef HEIMWEG_STORAGE_ROCKSDB_ENGINE_H_
#define HEIMWEG_STORAGE_ROCKSDB_ENGINE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "storage/engine.h"
#include "storage/keys.h"

namespace rocksdb {
class FileSystem;
}  // namespace rocksdb

namespace heimweg::storage {

struct RocksDbOptions {
  std::string folder;  // Made if missing; its parent must exist.
  size_t block_cache_bytes = 64 << 20;
  size_t write_buffer_bytes = 32 << 20;

  // When the superblock is renewed: after so many revisions or so much time
  // since the last time, whichever comes first, at the next commit.
  uint64_t superblock_revisions = 10'000;
  absl::Duration superblock_age = absl::Seconds(10);
  std::function<absl::Time()> clock = absl::Now;

  // For tests. Null: the disk. `sync` false gives up durability, which the
  // power-cut harness needs to prove that it would notice.
  std::shared_ptr<rocksdb::FileSystem> file_system = nullptr;
  bool sync = true;
  uint32_t schema_version = kSchemaVersion;
};

// Opens the store in options.folder, or makes an empty one there.
// UNAVAILABLE: another process holds the folder.
// FAILED_PRECONDITION: the folder cannot be made or written, or the store's
// schema is newer than this program's.
// DATA_LOSS: the database is damaged, is not the one that the superblock names,
// or holds less than the superblock knows to have been durable.
absl::StatusOr<std::unique_ptr<Engine>> OpenRocksDbEngine(
    RocksDbOptions options);

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_ROCKSDB_ENGINE_H_
