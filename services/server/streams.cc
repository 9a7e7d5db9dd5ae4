#include "services/server/streams.h"

#include <utility>

#include "services/server/errors.h"

namespace heimweg::server {
namespace {

using storage::MutexLock;

absl::Status ShuttingDown() {
  return Unavailable("the server is shutting down", absl::Seconds(1));
}

}  // namespace

absl::Status Streams::Add(std::unique_ptr<Stream>& stream) {
  MutexLock lock(mutex_);
  if (closed_) {
    return ShuttingDown();
  }
  if (open_.size() >= limit_) {
    return WithReason(absl::ResourceExhaustedError("too many streams are open"),
                      "STREAM_LIMIT");
  }
  Stream* const key = stream.get();
  open_.emplace(key, std::move(stream));
  return absl::OkStatus();
}

void Streams::Remove(Stream* stream) {
  std::unique_ptr<Stream> removed;  // Destroyed without the lock.
  MutexLock lock(mutex_);
  const auto found = open_.find(stream);
  if (found != open_.end()) {
    removed = std::move(found->second);
    open_.erase(found);
  }
}

void Streams::CloseAll() {
  MutexLock lock(mutex_);
  closed_ = true;
  // A stream that ends now comes to Remove on another thread and waits there.
  for (const auto& [stream, owned] : open_) {
    stream->Close(ShuttingDown());
  }
}

size_t Streams::size() const {
  MutexLock lock(mutex_);
  return open_.size();
}

}  // namespace heimweg::server
