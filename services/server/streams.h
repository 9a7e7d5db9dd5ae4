// Streams: the open streams of a server, counted, bounded and closed together
// when the server drains.
#ifndef HEIMWEG_SERVICES_SERVER_STREAMS_H_
#define HEIMWEG_SERVICES_SERVER_STREAMS_H_

#include <cstddef>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "services/server/work_queue.h"
#include "storage/mutex.h"

namespace heimweg::server {

// One open stream. Closed by the server at any time, from any thread.
class Stream {
 public:
  virtual ~Stream() = default;

  // Ends the stream soon with `status`; does nothing if it is ending already.
  // Does not block.
  virtual void Close(const absl::Status& status) = 0;
};

// Owns the streams from Add to Remove. Thread-safe.
class Streams {
 public:
  // `queue` runs the streams' steps and outlives this.
  Streams(WorkQueue& queue, size_t limit) : queue_(queue), limit_(limit) {}

  // OK: the stream is owned here now. RESOURCE_EXHAUSTED beyond the limit,
  // UNAVAILABLE after CloseAll: `stream` is left as it was.
  absl::Status Add(std::unique_ptr<Stream>& stream) ABSL_LOCKS_EXCLUDED(mutex_);

  // Destroys the stream.
  void Remove(Stream* stream) ABSL_LOCKS_EXCLUDED(mutex_);

  // Closes every stream with UNAVAILABLE and lets no new one in.
  void CloseAll() ABSL_LOCKS_EXCLUDED(mutex_);

  size_t size() const ABSL_LOCKS_EXCLUDED(mutex_);

  WorkQueue& queue() { return queue_; }

 private:
  WorkQueue& queue_;
  const size_t limit_;

  mutable storage::Mutex mutex_;
  absl::flat_hash_map<Stream*, std::unique_ptr<Stream>> open_
      ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_STREAMS_H_
