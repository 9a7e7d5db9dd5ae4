// Source: where a server stream's messages come from. Written by the service
// (a snapshot, then changes; results one by one), pulled by the edge whenever
// the client has room. Free of gRPC.
#ifndef HEIMWEG_SERVICES_SERVER_SOURCE_H_
#define HEIMWEG_SERVICES_SERVER_SOURCE_H_

#include <functional>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"

namespace heimweg::server {

enum class Pull {
  kMessage,     // A message was written.
  kNothingYet,  // Pull again after the next wake-up.
  kEnd,         // The stream ends with OK.
};

// Tells the stream that its source may have a message. Quick, never blocks on
// the client; may be called from any thread (a store's commit thread), at any
// time, also during Next and after the stream's end. Copyable. Thread-safe.
using Wake = std::function<void()>;

// Next and NextShared are called on a worker, never two at once. The source is
// destroyed when the stream has ended, never inside a Wake. Thread-compatible.
template <typename Message>
class Source {
 public:
  virtual ~Source() = default;

  // Writes the next message into `message`, which is empty. Should take a few
  // milliseconds at most: send less and be called again. An error ends the
  // stream with it. A wake-up that comes while Next runs is not lost.
  virtual absl::StatusOr<Pull> Next(Message* message) = 0;

  // As Next, for a message that other streams may send as well: `message` is
  // it where this returns kMessage, and anything else where it does not.
  virtual absl::StatusOr<Pull> NextShared(
      std::shared_ptr<const Message>& message) {
    auto made = std::make_shared<Message>();
    absl::StatusOr<Pull> pulled = Next(made.get());
    message = std::move(made);
    return pulled;
  }
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_SOURCE_H_
