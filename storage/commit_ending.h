// CommitEnding: how a commit of a Store ends, for who waits for it.
#ifndef HEIMWEG_STORAGE_COMMIT_ENDING_H_
#define HEIMWEG_STORAGE_COMMIT_ENDING_H_

#include <functional>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "storage/mutex.h"

namespace heimweg::storage {

// For one commit. It must be waited for before it is destroyed. Thread-safe.
class CommitEnding {
 public:
  // What Store::Commit is given.
  std::function<void(absl::Status)> AsDone() {
    return [this](absl::Status status) {
      // Notifies under the lock: the waiter destroys it when it has that.
      const MutexLock lock(mutex_);
      status_ = std::move(status);
      ended_.NotifyOne();
    };
  }

  absl::Status Wait() {
    const MutexLock lock(mutex_);
    while (!status_.has_value()) ended_.Wait(mutex_);
    return *status_;
  }

 private:
  Mutex mutex_;
  CondVar ended_;
  std::optional<absl::Status> status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_COMMIT_ENDING_H_
