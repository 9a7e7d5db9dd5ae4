#include "clients/cli/watch_run.h"

#include "clients/cli/errors.h"

namespace heimweg::cli {
namespace {

// How soon Ctrl-C is noticed.
constexpr absl::Duration kLookUp = absl::Milliseconds(100);

// One stream from start to finish. Exactly one operation is under way at any
// time, so that each event is that operation's.
class Attempt {
 public:
  Attempt(Session& session, const OpenWatch& open, const OnBatch& on_batch,
          std::string& resume_token, Retries& retries)
      : session_(session),
        on_batch_(on_batch),
        resume_token_(resume_token),
        retries_(retries),
        stream_(open(resume_token, &queue_)) {}

  // Whether it was ended from this side is `stopped`.
  grpc::Status Run(bool& stopped) {
    bool ok = true;
    stream_->Start(nullptr);
    ok = Wait();
    while (ok && !stopped_) {
      stream_->Read(nullptr);
      ok = Wait();
      if (ok && !stopped_) Handle();
    }
    grpc::Status status;
    stream_->Finish(&status, nullptr);
    Wait();
    stopped = stopped_;
    return status;
  }

 private:
  // Until the operation that is under way is done. False if it failed.
  bool Wait() {
    void* tag = nullptr;
    bool ok = false;
    while (queue_.AsyncNext(&tag, &ok,
                            absl::ToChronoTime(absl::Now() + kLookUp)) ==
           grpc::CompletionQueue::TIMEOUT) {
      if (!stopped_ && session_.console().interrupted()) Stop();
    }
    return ok;
  }

  void Handle() {
    retries_.Reset();
    const bool more = on_batch_(*stream_);
    const std::string token = stream_->Batch().resume_token;
    if (!token.empty()) resume_token_ = token;
    if (!more) Stop();
  }

  void Stop() {
    stopped_ = true;
    stream_->Cancel();
  }

  Session& session_;
  const OnBatch& on_batch_;
  std::string& resume_token_;
  Retries& retries_;
  grpc::CompletionQueue queue_;  // outlives the stream
  const std::unique_ptr<WatchStream> stream_;
  bool stopped_ = false;
};

}  // namespace

absl::Status Watch(Session& session, Area area, const OpenWatch& open,
                   const OnBatch& on_batch, std::string& resume_token) {
  Retries retries;
  while (!session.console().interrupted()) {
    bool stopped = false;
    const grpc::Status end =
        Attempt(session, open, on_batch, resume_token, retries).Run(stopped);
    if (stopped) break;
    if (end.ok()) break;
    absl::Status status = FromGrpc(end, session.Address(area));
    const auto delay = retries.Next(status);
    if (!delay.has_value()) return status;
    session.console().sleep(*delay);
  }
  return absl::OkStatus();
}

}  // namespace heimweg::cli
