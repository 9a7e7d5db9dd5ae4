#include "services/matching/feed.h"

#include <algorithm>

namespace heimweg::matching {

void FeedThread::Start(Follow follow) {
  {
    storage::MutexLock lock(mutex_);
    retry_ = pace_.first_retry;
  }
  thread_ =
      std::thread([this, follow = std::move(follow)] { this->Run(follow); });
}

void FeedThread::Stop() {
  {
    storage::MutexLock lock(mutex_);
    stopped_ = true;
    if (context_ != nullptr) context_->TryCancel();
    stopped_changed_.NotifyAll();
  }
  if (thread_.joinable()) thread_.join();
}

void FeedThread::NoteProgress() {
  storage::MutexLock lock(mutex_);
  retry_ = pace_.first_retry;
}

void FeedThread::Run(const Follow& follow) {
  do {
    const absl::Status status = FollowOnce(follow);
    // The stream's own lifetime ends it with DEADLINE_EXCEEDED.
    if (on_break_ && !status.ok() && !absl::IsDeadlineExceeded(status) &&
        !absl::IsCancelled(status)) {
      on_break_(status);
    }
  } while (Pause());
}

absl::Status FeedThread::FollowOnce(const Follow& follow) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + pace_.stream_lifetime));
  {
    storage::MutexLock lock(mutex_);
    if (stopped_) return absl::CancelledError("stopped");
    context_ = &context;
  }
  absl::Status status = follow(&context);
  storage::MutexLock lock(mutex_);
  context_ = nullptr;
  return status;
}

bool FeedThread::Pause() {
  storage::MutexLock lock(mutex_);
  const absl::Time until = absl::Now() + retry_;
  retry_ = std::min(retry_ * 2, pace_.last_retry);
  while (!stopped_) {
    const absl::Duration left = until - absl::Now();
    if (left <= absl::ZeroDuration()) break;
    stopped_changed_.WaitFor(mutex_, left);
  }
  return !stopped_;
}

}  // namespace heimweg::matching
