// Feed: follows one store by its Watch method, for as long as the process
// lives: a snapshot, then changes; after a break it goes on where it stopped.
//
//   Feed<jobs::v1::WatchJobsResponse> feed(
//       [&](grpc::ClientContext* context, const std::string& token,
//           server::StreamReader<WatchJobsResponse>* reader) {
//         WatchJobsRequest request; …
//         stub->async()->WatchJobs(context, &request, reader);
//         reader->Start();
//       },
//       [&](const WatchJobsResponse& message, bool from_scratch) { … });
#ifndef HEIMWEG_SERVICES_MATCHING_FEED_H_
#define HEIMWEG_SERVICES_MATCHING_FEED_H_

#include <grpcpp/client_context.h>

#include <functional>
#include <string>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/protobuf/arena.h"
#include "services/server/status.h"
#include "services/server/stream_reader.h"
#include "storage/mutex.h"

namespace heimweg::matching {

// Few blocks even for a message of 1 MiB.
inline google::protobuf::ArenaOptions ArenaOptionsOfMessages() {
  google::protobuf::ArenaOptions options;
  options.start_block_size = 16 << 10;
  options.max_block_size = 512 << 10;
  return options;
}

// When to try again, and until when one stream is kept: streams are opened anew
// from time to time, so that a peer that hangs is noticed.
struct FeedPace {
  absl::Duration first_retry = absl::Milliseconds(50);  // Doubles…
  absl::Duration last_retry = absl::Seconds(2);         // … up to this.
  absl::Duration stream_lifetime = absl::Minutes(15);
};

// The part of a feed that knows no message type. Thread-safe.
class FeedThread {
 public:
  // Follows one stream to its end and returns how it ended.
  using Follow = std::function<absl::Status(grpc::ClientContext* context)>;
  // Told of each end that is not part of stopping; for the log.
  using OnBreak = std::function<void(const absl::Status&)>;

  FeedThread(FeedPace pace, OnBreak on_break)
      : pace_(pace), on_break_(std::move(on_break)) {}
  ~FeedThread() { Stop(); }
  FeedThread(const FeedThread&) = delete;
  FeedThread& operator=(const FeedThread&) = delete;

  void Start(Follow follow);

  // Cancels the stream and waits for the thread.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

  // After a message: the peer is well, the next break is retried at once.
  void NoteProgress() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Run(const Follow& follow) ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status FollowOnce(const Follow& follow) ABSL_LOCKS_EXCLUDED(mutex_);
  // False if the feed was stopped meanwhile.
  bool Pause() ABSL_LOCKS_EXCLUDED(mutex_);

  const FeedPace pace_;
  const OnBreak on_break_;
  storage::Mutex mutex_;
  storage::CondVar stopped_changed_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Duration retry_ ABSL_GUARDED_BY(mutex_);
  grpc::ClientContext* context_ ABSL_GUARDED_BY(mutex_) = nullptr;
  std::thread thread_;
};

// Thread-safe.
template <typename Response>
class Feed {
 public:
  // Starts the call of the stream behind `token`; empty: from a snapshot.
  using Open =
      std::function<void(grpc::ClientContext* context, const std::string& token,
                         server::StreamReader<Response>* reader)>;
  // Handles a message, on the feed's thread. `from_scratch` is true for the
  // first message of a snapshot: what was delivered before is void when the
  // snapshot is complete.
  using Deliver =
      std::function<void(const Response& message, bool from_scratch)>;

  // Starts to follow, from behind `token`. What the functions refer to outlives
  // this.
  Feed(Open open, Deliver deliver, FeedPace pace = {},
       FeedThread::OnBreak on_break = {}, std::string token = {})
      : open_(std::move(open)),
        deliver_(std::move(deliver)),
        token_(std::move(token)),
        thread_(pace, std::move(on_break)) {
    thread_.Start(
        [this](grpc::ClientContext* context) { return Follow(context); });
  }

  // Stops following; no delivery runs afterwards.
  void Stop() { thread_.Stop(); }

 private:
  absl::Status Follow(grpc::ClientContext* context) {
    server::StreamReader<Response> reader;
    open_(context, token_, &reader);
    bool from_scratch = token_.empty();
    // A message of hundreds of offers is freed as a whole.
    google::protobuf::Arena arena(ArenaOptionsOfMessages());
    auto* message = google::protobuf::Arena::CreateMessage<Response>(&arena);
    while (reader.Read(message)) {
      deliver_(*message, from_scratch);
      from_scratch = false;
      token_ = message->resume_token();
      thread_.NoteProgress();
      arena.Reset();
      message = google::protobuf::Arena::CreateMessage<Response>(&arena);
    }
    absl::Status status = server::FromGrpc(reader.Finish());
    if (absl::IsOutOfRange(status) || absl::IsInvalidArgument(status)) {
      token_.clear();  // Too old, or of another store: take a snapshot.
    }
    return status;
  }

  const Open open_;
  const Deliver deliver_;
  std::string token_;  // Of the feed's thread.
  FeedThread thread_;  // Last: ends before what it uses.
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_FEED_H_
