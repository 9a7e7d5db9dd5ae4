#include "services/server/pump.h"

namespace heimweg::server {

using storage::MutexLock;

Pump::Action Pump::Woken() {
  MutexLock lock(mutex_);
  if (state_ == State::kIdle) {
    state_ = State::kStepping;
    return Action::kStep;
  }
  // While writing nothing is to be kept: a step follows each write.
  woken_ = state_ == State::kStepping;
  return Action::kNone;
}

Pump::Action Pump::Stepped(const absl::StatusOr<Pull>& outcome) {
  MutexLock lock(mutex_);
  const bool woken = woken_;
  woken_ = false;
  if (!outcome.ok() || *outcome == Pull::kEnd) {
    SetStatus(outcome.status());
  }
  if (closing_) {
    return Finish();
  }
  if (*outcome == Pull::kMessage) {
    state_ = State::kWriting;
    return Action::kWrite;
  }
  if (woken) {
    return Action::kStep;
  }
  state_ = State::kIdle;
  return Action::kNone;
}

Pump::Action Pump::Written(bool ok) {
  MutexLock lock(mutex_);
  if (!ok) {
    SetStatus(absl::CancelledError("the client has gone"));
  }
  if (closing_) {
    return Finish();
  }
  state_ = State::kStepping;
  return Action::kStep;
}

Pump::Action Pump::Close(const absl::Status& status) {
  MutexLock lock(mutex_);
  SetStatus(status);
  return state_ == State::kIdle ? Finish() : Action::kNone;
}

bool Pump::closing() const {
  MutexLock lock(mutex_);
  return closing_;
}

absl::Status Pump::status() const {
  MutexLock lock(mutex_);
  return status_;
}

Pump::Action Pump::Finish() {
  state_ = State::kFinished;
  return Action::kFinish;
}

void Pump::SetStatus(const absl::Status& status) {
  if (!closing_) {
    closing_ = true;
    status_ = status;
  }
}

}  // namespace heimweg::server
