// Once: a callback that is answered exactly once whatever its holder does.
// Free of gRPC.
#ifndef HEIMWEG_SERVICES_SERVER_ONCE_H_
#define HEIMWEG_SERVICES_SERVER_ONCE_H_

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "absl/status/status.h"

namespace heimweg::server {

// A copyable function that calls `answer` with its first argument and ignores
// further calls. If all copies are gone and none was called, `answer` gets
// INTERNAL: a handler that forgets its Done must not leave its client waiting.
// T is made from an absl::Status. Thread-safe.
template <typename T>
std::function<void(T)> Once(std::function<void(T)> answer) {
  class Pending {
   public:
    explicit Pending(std::function<void(T)> answer)
        : answer_(std::move(answer)) {}
    ~Pending() { Answer(absl::InternalError("the handler gave no answer")); }

    void Answer(T value) {
      if (!answered_.exchange(true)) {
        answer_(std::move(value));
      }
    }

   private:
    const std::function<void(T)> answer_;
    std::atomic<bool> answered_ = false;
  };
  auto pending = std::make_shared<Pending>(std::move(answer));
  return [pending](T value) { pending->Answer(std::move(value)); };
}

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_ONCE_H_
