#include "storage/rocksdb_status.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace heimweg::storage {

absl::Status FromRocksDb(const rocksdb::Status& status,
                         absl::string_view task) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = absl::StrCat(task, ": ", status.ToString());
  if (status.IsCorruption()) return absl::DataLossError(text);
  if (status.IsNoSpace()) {
    return absl::UnavailableError(absl::StrCat("disk full: ", text));
  }
  if (status.IsIOError() || status.IsBusy() || status.IsTimedOut() ||
      status.IsIncomplete() || status.IsTryAgain() ||
      status.IsShutdownInProgress() || status.IsAborted()) {
    return absl::UnavailableError(text);
  }
  return absl::InternalError(text);
}

}  // namespace heimweg::storage
