// Background: threads for work that nobody waits for at a screen (batches of
// rankings). They get what nothing else wants of the cores (SCHED_IDLE), so
// that calls hardly notice. Free of gRPC.
#ifndef HEIMWEG_SERVICES_SERVER_BACKGROUND_H_
#define HEIMWEG_SERVICES_SERVER_BACKGROUND_H_

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "storage/mutex.h"

namespace heimweg::server {

// Tasks are first in, first out. Each should take a few milliseconds at most
// and add the next one itself, so that several batches share the threads.
// Thread-safe.
class Background {
 public:
  // To be called by a task at each of many steps, some of them a millisecond:
  // lets whatever waits for its core go first.
  using GiveWay = std::function<void()>;
  using Task = std::function<void(const GiveWay&)>;

  // `threads` of 0: as many as there are cores.
  explicit Background(int threads);
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  // Dropped without having run if Stop was called.
  void Add(Task task) ABSL_LOCKS_EXCLUDED(mutex_);

  // Drops what waits and ends the threads. Not from a task.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

  int threads() const { return thread_count_; }

 private:
  void Run() ABSL_LOCKS_EXCLUDED(mutex_);
  Task Take() ABSL_LOCKS_EXCLUDED(mutex_);

  const int thread_count_;

  storage::Mutex mutex_;
  storage::CondVar work_;
  std::deque<Task> tasks_ ABSL_GUARDED_BY(mutex_);
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;

  std::vector<std::thread> threads_;
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_BACKGROUND_H_
