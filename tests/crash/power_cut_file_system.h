// PowerCutFileSystem: the disk, until the power goes. What was not synced by
// then is lost: bytes behind the last sync of a file, and names behind the
// last sync of their directory.
#ifndef HEIMWEG_TESTS_CRASH_POWER_CUT_FILE_SYSTEM_H_
#define HEIMWEG_TESTS_CRASH_POWER_CUT_FILE_SYSTEM_H_

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "rocksdb/file_system.h"
#include "rocksdb/io_status.h"
#include "storage/mutex.h"

namespace heimweg::crash {

// Syncs reach nothing but this object's account, so that a cut costs no time.
// Thread-safe.
class PowerCutFileSystem : public rocksdb::FileSystemWrapper {
 public:
  // The power goes at the `lifetime`-th change of a file or directory: that one
  // and all later ones fail. `graveyard` is an empty folder on the same disk,
  // for names that have to come back.
  PowerCutFileSystem(int64_t lifetime, std::string graveyard);

  // Takes from the disk what a power cut takes. Call it once, after everything
  // that uses the file system was closed. `random` chooses how much: of each
  // file's unsynced tail a part may stay, of each directory's unsynced changes
  // the first few may stay. A file never gets longer than its bytes, as in the
  // default modes of ext4, XFS and btrfs; elsewhere a torn record may be
  // followed by zeros, and then the store refuses to open.
  void Cut(std::mt19937& random) ABSL_LOCKS_EXCLUDED(mutex_);

  const char* Name() const override { return "PowerCutFileSystem"; }

  rocksdb::IOStatus NewWritableFile(
      const std::string& path, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSWritableFile>* file,
      rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReopenWritableFile(
      const std::string& path, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSWritableFile>* file,
      rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReuseWritableFile(
      const std::string& path, const std::string& old_path,
      const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSWritableFile>* file,
      rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(
      const std::string& path, const rocksdb::IOOptions& options,
      std::unique_ptr<rocksdb::FSDirectory>* directory,
      rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus CreateDirIfMissing(const std::string& path,
                                       const rocksdb::IOOptions& options,
                                       rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& path,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;

 private:
  class File;
  class Directory;

  struct Sizes {
    uint64_t written = 0;
    uint64_t synced = 0;
  };
  // A change of a directory that is not synced yet, and how to take it back.
  struct Change {
    // Name that appeared; empty for an erasure.
    std::string made = {};
    // Where a renamed file came from; else empty.
    std::string from = {};
    // Name whose file went or was replaced; else empty.
    std::string erased = {};
    // Where that file is kept.
    std::string grave = {};
    Sizes grave_sizes = {};
  };

  // OK while there is power.
  rocksdb::IOStatus Spend() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Keeps the file at `path`, if there is one, for the way back.
  void Bury(const std::string& path, Change& change)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Undo(const Change& change) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Tear(const std::string& path, const Sizes& sizes, std::mt19937& random)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::string graveyard_;
  storage::Mutex mutex_;
  int64_t lifetime_ ABSL_GUARDED_BY(mutex_);
  int graves_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<std::string, Sizes> files_ ABSL_GUARDED_BY(mutex_);
  // By directory.
  std::map<std::string, std::vector<Change>> changes_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace heimweg::crash

#endif  // HEIMWEG_TESTS_CRASH_POWER_CUT_FILE_SYSTEM_H_
