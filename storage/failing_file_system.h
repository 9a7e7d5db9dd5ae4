// FailingFileSystem: a file system whose writes can be made to fail, for tests.
#ifndef HEIMWEG_STORAGE_FAILING_FILE_SYSTEM_H_
#define HEIMWEG_STORAGE_FAILING_FILE_SYSTEM_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "rocksdb/file_system.h"
#include "rocksdb/io_status.h"
#include "storage/mutex.h"

namespace heimweg::storage {

// Thread-safe.
class FailingFileSystem : public rocksdb::FileSystemWrapper {
 public:
  FailingFileSystem()
      : rocksdb::FileSystemWrapper(rocksdb::FileSystem::Default()) {}

  const char* Name() const override { return "FailingFileSystem"; }

  // From now on appends and syncs end like this; OK lets them pass again.
  void SetAppendResult(rocksdb::IOStatus result) ABSL_LOCKS_EXCLUDED(mutex_) {
    MutexLock lock(mutex_);
    append_result_ = std::move(result);
  }
  void SetSyncResult(rocksdb::IOStatus result) ABSL_LOCKS_EXCLUDED(mutex_) {
    MutexLock lock(mutex_);
    sync_result_ = std::move(result);
  }

  // Waits until somebody syncs with success, or for `timeout`.
  void WaitForSync(absl::Duration timeout) ABSL_LOCKS_EXCLUDED(mutex_) {
    MutexLock lock(mutex_);
    const int before = syncs_;
    while (syncs_ == before && synced_.WaitFor(mutex_, timeout)) {
    }
  }

  rocksdb::IOStatus NewWritableFile(
      const std::string& path, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSWritableFile>* file,
      rocksdb::IODebugContext* debug) override {
    std::unique_ptr<rocksdb::FSWritableFile> real;
    rocksdb::IOStatus status =
        target()->NewWritableFile(path, options, &real, debug);
    if (status.ok()) *file = std::make_unique<File>(std::move(real), *this);
    return status;
  }

 private:
  class File : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    File(std::unique_ptr<rocksdb::FSWritableFile> real,
         FailingFileSystem& files)
        : FSWritableFileOwnerWrapper(std::move(real)), files_(files) {}

    using FSWritableFileOwnerWrapper::Append;
    rocksdb::IOStatus Append(const rocksdb::Slice& bytes,
                             const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override {
      rocksdb::IOStatus result = files_.AppendResult();
      return result.ok() ? target()->Append(bytes, options, debug) : result;
    }
    rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* debug) override {
      rocksdb::IOStatus result = files_.SyncResult();
      return result.ok() ? target()->Sync(options, debug) : result;
    }
    rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options,
                            rocksdb::IODebugContext* debug) override {
      return Sync(options, debug);
    }

   private:
    FailingFileSystem& files_;
  };

  rocksdb::IOStatus AppendResult() ABSL_LOCKS_EXCLUDED(mutex_) {
    MutexLock lock(mutex_);
    return append_result_;
  }
  rocksdb::IOStatus SyncResult() ABSL_LOCKS_EXCLUDED(mutex_) {
    MutexLock lock(mutex_);
    if (sync_result_.ok()) {
      ++syncs_;
      synced_.NotifyAll();
    }
    return sync_result_;
  }

  Mutex mutex_;
  CondVar synced_;
  rocksdb::IOStatus append_result_ ABSL_GUARDED_BY(mutex_);
  rocksdb::IOStatus sync_result_ ABSL_GUARDED_BY(mutex_);
  int syncs_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_FAILING_FILE_SYSTEM_H_
