// The one place where RocksDB's statuses become ours.
#ifndef HEIMWEG_STORAGE_ROCKSDB_STATUS_H_
#define HEIMWEG_STORAGE_ROCKSDB_STATUS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "rocksdb/status.h"

namespace heimweg::storage {

// OK stays OK; damaged bytes are DATA_LOSS; a full disk, an I/O error and a
// refusal to write are UNAVAILABLE; what no caller of ours should cause is
// INTERNAL. The message says what was being done (`task`) and why it failed.
absl::Status FromRocksDb(const rocksdb::Status& status, absl::string_view task);

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_ROCKSDB_STATUS_H_
