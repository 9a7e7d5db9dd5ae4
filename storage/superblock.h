// The superblock: a small file beside the database that says which store it is
// and what it must at least hold. It catches what the database cannot see
// itself, such as having become empty or having been replaced by an old copy.
#ifndef HEIMWEG_STORAGE_SUPERBLOCK_H_
#define HEIMWEG_STORAGE_SUPERBLOCK_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rocksdb/file_system.h"

namespace heimweg::storage {

struct Superblock {
  std::string id;  // Engine::id().
  uint32_t schema_version = 0;
  uint64_t revision = 0;  // Known to be durable; the true one may be higher.
  // False from the first moment of a store until its database names its id.
  bool initialised = false;

  bool operator==(const Superblock&) const = default;
};

// 32 hexadecimal digits, never the same twice.
std::string NewStoreId();

// The file's text: one line for each field and a digest of them.
std::string EncodeSuperblock(const Superblock& superblock);
// DATA_LOSS if the text or its digest is not as written.
absl::StatusOr<Superblock> ParseSuperblock(absl::string_view text);

// nullopt if the folder has none. DATA_LOSS as above.
absl::StatusOr<std::optional<Superblock>> ReadSuperblock(
    rocksdb::FileSystem& files, const std::string& folder);

// Replaces the folder's superblock; durable, and the old or the new one is
// there at any moment. UNAVAILABLE if it cannot be written.
absl::Status WriteSuperblock(rocksdb::FileSystem& files,
                             const std::string& folder,
                             const Superblock& superblock);

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_SUPERBLOCK_H_
