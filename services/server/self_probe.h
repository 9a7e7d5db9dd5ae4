// SelfProbe: a server's question to itself, over a new connection each time,
// whether it still accepts any.
#ifndef HEIMWEG_SERVICES_SERVER_SELF_PROBE_H_
#define HEIMWEG_SERVICES_SERVER_SELF_PROBE_H_

#include <functional>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "storage/mutex.h"

namespace heimweg::server {

// OK if a server at `address` answered a health check over a connection of its
// own, whatever the answer; UNAVAILABLE if not within `timeout`.
absl::Status ProbeOnce(const std::string& address, absl::Duration timeout);

// Thread-safe.
class SelfProbe {
 public:
  static constexpr int kFailuresInARow = 3;

  // Probes `address` every `interval` from a thread of its own; calls `on_dead`
  // there, once, after kFailuresInARow failures, and ends.
  SelfProbe(std::string address, absl::Duration interval,
            std::function<void(const absl::Status&)> on_dead);
  // Waits for a running probe, at most two seconds.
  ~SelfProbe();
  SelfProbe(const SelfProbe&) = delete;
  SelfProbe& operator=(const SelfProbe&) = delete;

 private:
  void Run();
  bool StoppedWithin(absl::Duration time) ABSL_LOCKS_EXCLUDED(mutex_);

  const std::string address_;
  const absl::Duration interval_;
  const std::function<void(const absl::Status&)> on_dead_;

  storage::Mutex mutex_;
  storage::CondVar changed_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;

  std::thread thread_;
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_SELF_PROBE_H_
