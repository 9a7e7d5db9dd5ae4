// WatchStream: carries one server stream of the callback API from a Source to
// the client. Made by Edge::Watch.
#ifndef HEIMWEG_SERVICES_SERVER_WATCH_STREAM_H_
#define HEIMWEG_SERVICES_SERVER_WATCH_STREAM_H_

#include <grpcpp/support/server_callback.h>

#include <functional>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/server/open_call.h"
#include "services/server/pump.h"
#include "services/server/source.h"
#include "services/server/streams.h"
#include "storage/mutex.h"

namespace heimweg::server {

// Whoever lets the pump go to a step, a write or the finish must not touch the
// stream afterwards: the next event may already delete it. Thread-safe.
template <typename Response>
class WatchStream final : public grpc::ServerWriteReactor<Response>,
                          public Stream {
 public:
  using Open = std::function<absl::StatusOr<std::unique_ptr<Source<Response>>>(
      const Call&, Wake)>;

  WatchStream(Streams& streams, std::unique_ptr<OpenCall> call, Open open)
      : streams_(streams), call_(std::move(call)), open_(std::move(open)) {
    call_->set_cancelled([this] { return pump_.closing(); });
    bell_->stream = this;
  }

  void Start() { Do(pump_.Woken()); }

  // Instead of Start, for a stream that is not in `streams`.
  void Refuse(const absl::Status& why) {
    refused_ = true;
    Close(why);
  }

  void Close(const absl::Status& status) override { Do(pump_.Close(status)); }

  void OnWriteDone(bool ok) override {
    response_.reset();
    Do(pump_.Written(ok));
  }

  void OnCancel() override { Close(absl::CancelledError("cancelled")); }

  void OnDone() override {
    {
      storage::MutexLock lock(bell_->mutex);
      bell_->stream = nullptr;
    }
    if (refused_) {
      delete this;
    } else {
      streams_.Remove(this);
    }
  }

 private:
  // What the source's Wake rings; outlives the stream where the source leaves
  // a Wake behind. Held while the pump is woken, so that OnDone waits.
  struct Bell {
    storage::Mutex mutex;
    WatchStream* stream ABSL_GUARDED_BY(mutex) = nullptr;
  };

  Wake MakeWake() {
    return [bell = bell_] {
      storage::MutexLock lock(bell->mutex);
      if (bell->stream != nullptr) {
        bell->stream->Do(bell->stream->pump_.Woken());
      }
    };
  }

  void Do(Pump::Action action) {
    switch (action) {
      case Pump::Action::kNone:
        return;
      case Pump::Action::kStep:
        if (!streams_.queue().AddStep([this] { Step(); })) {
          Do(pump_.Stepped(absl::UnavailableError("the server has stopped")));
        }
        return;
      case Pump::Action::kWrite:
        this->StartWrite(response_.get());
        return;
      case Pump::Action::kFinish:
        this->Finish(call_->Answer(pump_.status()));
        return;
    }
  }

  void Step() { Do(pump_.Stepped(PullOnce())); }

  absl::StatusOr<Pull> PullOnce() {
    if (pump_.closing()) {
      return Pull::kEnd;
    }
    const absl::Status wanted = call_->StillWanted();
    if (!wanted.ok()) {
      return wanted;
    }
    if (source_ == nullptr) {
      auto source = open_(call_->call(), MakeWake());
      if (!source.ok()) {
        return source.status();
      }
      source_ = *std::move(source);
    }
    return source_->NextShared(response_);
  }

  Streams& streams_;
  const std::unique_ptr<OpenCall> call_;
  const Open open_;
  const std::shared_ptr<Bell> bell_ = std::make_shared<Bell>();
  Pump pump_;
  bool refused_ = false;

  // Touched by the one step or write that is under way.
  std::shared_ptr<const Response> response_;
  std::unique_ptr<Source<Response>> source_;
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_WATCH_STREAM_H_
