#include "storage/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace heimweg::storage {
namespace {

// Only the service's own user may read what is stored.
constexpr mode_t kFolderMode = 0700;
constexpr mode_t kFileMode = 0600;

absl::Status Refused(const std::string& folder, absl::string_view what,
                     int error) {
  return absl::FailedPreconditionError(
      absl::StrCat("the store's folder ", folder, " cannot be ", what, ": ",
                   std::generic_category().message(error)));
}

// The new folder's own entry has to survive a power cut, too.
absl::Status SyncParent(const std::string& folder) {
  const int parent =
      open(absl::StrCat(folder, "/..").c_str(), O_RDONLY | O_CLOEXEC);
  if (parent < 0) return Refused(folder, "made durable", errno);
  const int result = fsync(parent);
  const int error = errno;
  close(parent);
  return result == 0 ? absl::OkStatus()
                     : Refused(folder, "made durable", error);
}

}  // namespace

absl::StatusOr<FolderLock> FolderLock::Take(const std::string& folder) {
  if (mkdir(folder.c_str(), kFolderMode) == 0) {
    if (absl::Status status = SyncParent(folder); !status.ok()) return status;
  } else if (errno != EEXIST) {
    return Refused(folder, "made", errno);
  }
  const int file = open(absl::StrCat(folder, "/LOCK").c_str(),
                        O_RDWR | O_CREAT | O_CLOEXEC, kFileMode);
  if (file < 0) return Refused(folder, "written", errno);
  FolderLock lock(file);
  if (flock(file, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) return Refused(folder, "locked", errno);
  return absl::UnavailableError(
      absl::StrCat("the store in ", folder, " is in use by another heimwegd"));
}

FolderLock::~FolderLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace heimweg::storage
