// Background: threads for work that nobody waits for at a screen (batches of
// rankings). They get what nothing else wants of the cores (SCHED_IDLE) and
// pause while calls need them, so that calls hardly notice. Free of gRPC.
#ifndef HEIMWEG_SERVICES_SERVER_BACKGROUND_H_
#define HEIMWEG_SERVICES_SERVER_BACKGROUND_H_

#include <atomic>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "storage/mutex.h"

namespace heimweg::server {

// Tasks are first in, first out. Each should take a few milliseconds at most
// and add the next one itself, so that several batches share the threads.
// Thread-safe.
class Background {
 public:
  // Calls that run or wait now; cheap.
  using LiveCalls = std::function<int()>;
  // To be called by a task every now and then: returns at once while there is
  // a core for it, and after a pause of at most 2 ms otherwise. All of a task
  // together last at most kLongestPause, so that every task comes to its end.
  using GiveWay = std::function<void()>;
  using Task = std::function<void(const GiveWay&)>;
  static constexpr absl::Duration kLongestPause = absl::Milliseconds(20);

  // `threads` of 0: as many as there are cores. `live_calls` outlives this.
  Background(int threads, LiveCalls live_calls);
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
  // Pauses while calls and running tasks need more than the cores; takes what
  // it paused off `left`.
  void Pause(absl::Duration& left);

  const int cores_;
  const int thread_count_;
  const LiveCalls live_calls_;
  std::atomic<int> running_ = 0;  // tasks that do not pause

  storage::Mutex mutex_;
  storage::CondVar work_;
  std::deque<Task> tasks_ ABSL_GUARDED_BY(mutex_);
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;

  std::vector<std::thread> threads_;
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_BACKGROUND_H_
