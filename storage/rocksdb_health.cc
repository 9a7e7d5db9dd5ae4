#include "storage/rocksdb_health.h"

#include "storage/rocksdb_status.h"

namespace heimweg::storage {

absl::Status RocksDbHealth::Current() const {
  MutexLock lock(mutex_);
  return failure_.ok() ? disk_full_ : failure_;
}

absl::Status RocksDbHealth::Failure() const {
  MutexLock lock(mutex_);
  return failure_;
}

void RocksDbHealth::Observe(const rocksdb::Status& status) {
  MutexLock lock(mutex_);
  if (status.ok()) {
    disk_full_ = absl::OkStatus();
  } else if (status.IsNoSpace()) {
    disk_full_ = FromRocksDb(status, "cannot write");
  } else if (failure_.ok()) {
    failure_ = FromRocksDb(status, "writing failed, restart needed");
  }
}

void RocksDbHealth::OnBackgroundError(rocksdb::BackgroundErrorReason /*reason*/,
                                      rocksdb::Status* status) {
  Observe(*status);
}

void RocksDbHealth::OnErrorRecoveryEnd(
    const rocksdb::BackgroundErrorRecoveryInfo& recovery) {
  if (recovery.new_bg_error.ok()) Observe(recovery.new_bg_error);
}

}  // namespace heimweg::storage
