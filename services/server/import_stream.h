// ImportStream: carries one bidirectional stream of the callback API, in which
// each request gets one answer, in order. Made by Edge::Import.
#ifndef HEIMWEG_SERVICES_SERVER_IMPORT_STREAM_H_
#define HEIMWEG_SERVICES_SERVER_IMPORT_STREAM_H_

#include <grpcpp/support/server_callback.h>

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/server/once.h"
#include "services/server/open_call.h"
#include "services/server/streams.h"
#include "storage/mutex.h"

namespace heimweg::server {

// Requests of one stream that are read and not yet answered: enough to read
// and check the next ones while many become durable by one sync. No further one
// is read while they have so many bytes, which bounds what a stream holds.
inline constexpr size_t kImportWindow = 16;
inline constexpr size_t kImportWindowBytes = size_t{4} << 20;

// It finishes only when no handler, read or write can touch it any more, as the
// last action of an event. Thread-safe.
template <typename Request, typename Response>
class ImportStream final : public grpc::ServerBidiReactor<Request, Response>,
                           public Stream {
 public:
  using Answer = std::function<void(absl::StatusOr<Response>)>;
  using Handler = std::function<void(const Call&, Request, Answer)>;

  ImportStream(Streams& streams, std::unique_ptr<OpenCall> call,
               Handler handler)
      : streams_(streams),
        call_(std::move(call)),
        handler_(std::move(handler)) {
    call_->set_cancelled([this] {
      storage::MutexLock lock(mutex_);
      return end_.has_value();
    });
  }

  void Start() {
    After([] {});
  }

  // Instead of Start, for a stream that is not in `streams`.
  void Refuse(const absl::Status& why) {
    refused_ = true;
    Close(why);
  }

  void Close(const absl::Status& status) override {
    After([&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { End(status); });
  }

  void OnReadDone(bool ok) override {
    After([&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      reading_ = false;
      if (ok) {
        slots_.push_back(std::make_unique<Slot>());
        slots_.back()->request.Swap(&incoming_);
        slots_.back()->bytes = slots_.back()->request.ByteSizeLong();
        held_bytes_ += slots_.back()->bytes;
      } else {
        half_closed_ = true;
      }
    });
  }

  void OnWriteDone(bool ok) override {
    After([&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      writing_ = false;
      held_bytes_ -= slots_.front()->bytes;
      slots_.pop_front();
      if (!ok) {
        mute_ = true;
        End(absl::CancelledError("the client has gone"));
      }
    });
  }

  void OnCancel() override {
    After([&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      mute_ = true;
      End(absl::CancelledError("cancelled"));
    });
  }

  void OnDone() override {
    if (refused_) {
      delete this;
    } else {
      streams_.Remove(this);
    }
  }

 private:
  struct Slot {
    Request request;  // Empty once it was handed over.
    size_t bytes = 0;
    bool handed = false;
    std::optional<absl::StatusOr<Response>> answer;
  };

  // Notes what happened, then starts what may start now.
  template <typename Event>
  void After(Event event) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::Status end;
    {
      storage::MutexLock lock(mutex_);
      event();
      if (finished_) {
        return;
      }
      TakeError();
      StartWhatMay();
      if (!MayFinish()) {
        return;
      }
      finished_ = true;
      end = end_.value_or(absl::OkStatus());
    }
    this->Finish(call_->Answer(end));
  }

  void End(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (!end_.has_value()) {
      end_ = status;
    }
  }

  // The first error, once it is the next to be answered, ends the stream.
  void TakeError() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (!writing_ && !mute_ && FrontAnswered() &&
        !slots_.front()->answer->ok()) {
      mute_ = true;
      end_ = slots_.front()->answer->status();
    }
  }

  bool FrontAnswered() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return !slots_.empty() && slots_.front()->answer.has_value();
  }

  Slot* NextToHand() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    for (const auto& slot : slots_) {
      if (!slot->handed) {
        return slot.get();
      }
    }
    return nullptr;
  }

  // Reads and writes are started under the lock, so that whoever decides to
  // finish comes after them; gRPC never calls back from inside them.
  void StartWhatMay() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (!writing_ && !mute_ && FrontAnswered()) {
      writing_ = true;
      this->StartWrite(&slots_.front()->answer->value());
    }
    if (end_.has_value()) {
      return;
    }
    if (!reading_ && !half_closed_ && slots_.size() < kImportWindow &&
        held_bytes_ < kImportWindowBytes) {
      reading_ = true;
      this->StartRead(&incoming_);
    }
    if (!stepping_ && NextToHand() != nullptr) {
      stepping_ = streams_.queue().AddStep([this] { Step(); });
      if (!stepping_) {
        End(absl::UnavailableError("the server has stopped"));
      }
    }
  }

  bool MayFinish() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (stepping_ || writing_) {
      return false;
    }
    for (const auto& slot : slots_) {
      const bool under_way = slot->handed && !slot->answer.has_value();
      const bool to_be_handed = !slot->handed && !end_.has_value();
      if (under_way || to_be_handed) {
        return false;
      }
    }
    return end_.has_value() || half_closed_;
  }

  void Step() ABSL_LOCKS_EXCLUDED(mutex_) {
    Slot* slot = nullptr;
    {
      storage::MutexLock lock(mutex_);
      if (!end_.has_value()) {
        slot = NextToHand();
        slot->handed = true;
      }
    }
    if (slot != nullptr) {
      handler_(call_->call(), std::move(slot->request),
               Once<absl::StatusOr<Response>>(
                   [this, slot](absl::StatusOr<Response> answer) {
                     After([&] { slot->answer = std::move(answer); });
                   }));
    }
    After([&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { stepping_ = false; });
  }

  Streams& streams_;
  const std::unique_ptr<OpenCall> call_;
  const Handler handler_;
  bool refused_ = false;

  mutable storage::Mutex mutex_;
  Request incoming_;  // Being read into while reading_.
  std::deque<std::unique_ptr<Slot>> slots_ ABSL_GUARDED_BY(mutex_);
  size_t held_bytes_ ABSL_GUARDED_BY(mutex_) = 0;  // Of the slots' requests.
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool stepping_ ABSL_GUARDED_BY(mutex_) = false;
  bool half_closed_ ABSL_GUARDED_BY(mutex_) = false;
  bool mute_ ABSL_GUARDED_BY(mutex_) = false;  // Nothing more is written.
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<absl::Status> end_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_IMPORT_STREAM_H_
