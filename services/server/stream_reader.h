// StreamReader: reads a server's stream message by message on a thread of ours,
// as grpc::ClientReader does, but waits for them outside gRPC: a thread in
// ClientReader::Read polls for the whole process, so that every call of a
// server would wake the threads that follow its stores.
#ifndef HEIMWEG_SERVICES_SERVER_STREAM_READER_H_
#define HEIMWEG_SERVICES_SERVER_STREAM_READER_H_

#include <grpcpp/support/client_callback.h>
#include <grpcpp/support/status.h>

#include <optional>

#include "absl/base/thread_annotations.h"
#include "storage/mutex.h"

namespace heimweg::server {

// The reactor of one call; lives until Finish returned. For one thread.
template <typename Response>
class StreamReader final : public grpc::ClientReadReactor<Response> {
 public:
  // Starts the call that was made with this.
  void Start() {
    this->AddHold();  // No end before Finish: reads begin outside reactions.
    this->StartCall();
  }

  // Waits for the next message; false: there is none any more.
  bool Read(Response* message) ABSL_LOCKS_EXCLUDED(mutex_) {
    this->StartRead(message);
    const storage::MutexLock lock(mutex_);
    while (!read_) changed_.Wait(mutex_);
    const bool read = *read_;
    read_.reset();
    return read;
  }

  // How the stream ended; once, after a Read that returned false.
  grpc::Status Finish() ABSL_LOCKS_EXCLUDED(mutex_) {
    this->RemoveHold();
    const storage::MutexLock lock(mutex_);
    while (!ended_) changed_.Wait(mutex_);
    return *ended_;
  }

 private:
  // Notify under the lock: who waits may delete this as soon as it is free.
  void OnReadDone(bool read) override ABSL_LOCKS_EXCLUDED(mutex_) {
    const storage::MutexLock lock(mutex_);
    read_ = read;
    changed_.NotifyOne();
  }

  void OnDone(const grpc::Status& status) override ABSL_LOCKS_EXCLUDED(mutex_) {
    const storage::MutexLock lock(mutex_);
    ended_ = status;
    changed_.NotifyOne();
  }

  storage::Mutex mutex_;
  storage::CondVar changed_;
  std::optional<bool> read_ ABSL_GUARDED_BY(mutex_);
  std::optional<grpc::Status> ended_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_STREAM_READER_H_
