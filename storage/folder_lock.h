// FolderLock: the right to use a folder, held by one process at a time.
#ifndef HEIMWEG_STORAGE_FOLDER_LOCK_H_
#define HEIMWEG_STORAGE_FOLDER_LOCK_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace heimweg::storage {

// Ends with the object or with the process, however that dies.
// Thread-compatible.
class FolderLock {
 public:
  // Makes the folder if it is missing.
  // UNAVAILABLE: held already, here or by another process.
  // FAILED_PRECONDITION: the folder cannot be made or written.
  static absl::StatusOr<FolderLock> Take(const std::string& folder);

  FolderLock(FolderLock&& other) noexcept
      : file_(std::exchange(other.file_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int file) : file_(file) {}

  int file_;  // Descriptor of the locked file; -1 when moved away.
};

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_FOLDER_LOCK_H_
