// RocksDbHealth: what is known of a RocksDB's ability to write.
#ifndef HEIMWEG_STORAGE_ROCKSDB_HEALTH_H_
#define HEIMWEG_STORAGE_ROCKSDB_HEALTH_H_

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "rocksdb/listener.h"
#include "rocksdb/status.h"
#include "storage/mutex.h"

namespace heimweg::storage {

// A full disk passes; every other failure of a write or a sync stays. After a
// failed sync the kernel may have dropped the bytes and reports success the
// next time: only reading the files anew, at a restart, tells the truth.
// Thread-safe.
class RocksDbHealth : public rocksdb::EventListener {
 public:
  // See Engine::Health.
  absl::Status Current() const ABSL_LOCKS_EXCLUDED(mutex_);

  // Not OK once a failure stays: nothing may be written any more.
  absl::Status Failure() const ABSL_LOCKS_EXCLUDED(mutex_);

  // The result of a commit.
  void Observe(const rocksdb::Status& status) ABSL_LOCKS_EXCLUDED(mutex_);

  // RocksDB calls these from its own threads.
  void OnBackgroundError(rocksdb::BackgroundErrorReason reason,
                         rocksdb::Status* status) override;
  void OnErrorRecoveryEnd(
      const rocksdb::BackgroundErrorRecoveryInfo& recovery) override;

 private:
  mutable Mutex mutex_;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
  absl::Status disk_full_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_ROCKSDB_HEALTH_H_
