// StreamCall: one server stream, read message by message on one thread, which
// Ctrl-C or a silent server ends.
#ifndef HEIMWEG_CLIENTS_CLI_STREAM_CALL_H_
#define HEIMWEG_CLIENTS_CLI_STREAM_CALL_H_

#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/support/async_stream.h>

#include <functional>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace heimweg::cli {

// Exactly one operation is under way at any time. Thread-compatible.
template <typename Response>
class StreamCall {
 public:
  using Reader = std::unique_ptr<grpc::ClientAsyncReader<Response>>;

  // `prepare(context, queue)` makes the reader. `unwanted` is asked ten times a
  // second while it waits; `silence` is how long a message may take.
  template <typename Prepare>
  StreamCall(Prepare prepare, std::function<bool()> unwanted,
             absl::Duration silence)
      : unwanted_(std::move(unwanted)), silence_(silence) {
    reader_ = prepare(&context_, &queue_);
    reader_->StartCall(nullptr);
    started_ = Wait();
  }
  ~StreamCall() {
    if (finished_) return;
    context_.TryCancel();
    grpc::Status status;
    reader_->Finish(&status, nullptr);
    Wait();
  }
  StreamCall(const StreamCall&) = delete;
  StreamCall& operator=(const StreamCall&) = delete;

  // The next message into the empty `message`; false if there is none, and then
  // Finish says why.
  bool Read(Response& message) {
    if (!started_ || !gave_up_.ok()) return false;
    reader_->Read(&message, nullptr);
    return Wait();
  }

  // Once, after Read returned false: `status` is what the server said. Returns
  // OK, or why it was given up from here: CANCELLED if it was unwanted,
  // DEADLINE_EXCEEDED if the server was silent.
  absl::Status Finish(grpc::Status& status) {
    finished_ = true;
    absl::Status gave_up = gave_up_;
    reader_->Finish(&status, nullptr);
    Wait();
    return gave_up;
  }

 private:
  static constexpr absl::Duration kLookUp = absl::Milliseconds(100);

  // Until the operation that is under way is done; false if it failed or was
  // given up, and then `gave_up_` says why.
  bool Wait() {
    void* tag = nullptr;
    bool ok = false;
    const absl::Time silent_until = absl::Now() + silence_;
    while (queue_.AsyncNext(&tag, &ok,
                            absl::ToChronoTime(absl::Now() + kLookUp)) ==
           grpc::CompletionQueue::TIMEOUT) {
      if (!gave_up_.ok()) continue;
      if (unwanted_()) {
        gave_up_ = absl::CancelledError("interrupted");
      } else if (absl::Now() > silent_until) {
        gave_up_ = absl::DeadlineExceededError(absl::StrCat(
            "the server was silent for ", absl::FormatDuration(silence_)));
      }
      if (!gave_up_.ok()) context_.TryCancel();
    }
    return ok && gave_up_.ok();
  }

  const std::function<bool()> unwanted_;
  const absl::Duration silence_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  Reader reader_;
  bool started_ = false;
  bool finished_ = false;
  absl::Status gave_up_;
};

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_STREAM_CALL_H_
