// Pump: what a server stream has to do next. It is fed with events (a wake-up,
// a step's outcome, a write's end, a close) and says which one action follows,
// so that a stream never has two steps or writes at once and finishes once,
// when neither is under way. Free of gRPC.
#ifndef HEIMWEG_SERVICES_SERVER_PUMP_H_
#define HEIMWEG_SERVICES_SERVER_PUMP_H_

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/server/source.h"
#include "storage/mutex.h"

namespace heimweg::server {

// After kFinish no event leads to an action any more. Thread-safe.
class Pump {
 public:
  enum class Action {
    kNone,
    kStep,    // Pull the source on a worker, then call Stepped.
    kWrite,   // Write the pulled message, then call Written.
    kFinish,  // Finish the stream with status().
  };

  // There may be a message. Never asks to finish.
  Action Woken() ABSL_LOCKS_EXCLUDED(mutex_);

  // The step ended so.
  Action Stepped(const absl::StatusOr<Pull>& outcome)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // The write ended; false: the client has gone.
  Action Written(bool ok) ABSL_LOCKS_EXCLUDED(mutex_);

  // The stream shall end with `status` as soon as nothing is under way; the
  // first status given counts.
  Action Close(const absl::Status& status) ABSL_LOCKS_EXCLUDED(mutex_);

  bool closing() const ABSL_LOCKS_EXCLUDED(mutex_);

  // What the stream ends with; OK before that is decided.
  absl::Status status() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  enum class State { kIdle, kStepping, kWriting, kFinished };

  Action Finish() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void SetStatus(const absl::Status& status)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable storage::Mutex mutex_;
  State state_ ABSL_GUARDED_BY(mutex_) = State::kIdle;
  bool woken_ ABSL_GUARDED_BY(mutex_) = false;  // While stepping.
  bool closing_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_PUMP_H_
