// WorkQueue: the workers of a server and what waits for them. Calls wait in a
// short line and are refused when it is full: under overload a short line
// keeps those quick that are let in. Steps of streams wait in a second line
// that refuses nothing, because a stream has at most one step waiting and the
// number of streams is bounded elsewhere. Free of gRPC.
#ifndef HEIMWEG_SERVICES_SERVER_WORK_QUEUE_H_
#define HEIMWEG_SERVICES_SERVER_WORK_QUEUE_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "storage/mutex.h"

namespace heimweg::server {

// Each line is first in, first out; while both wait, workers take from them in
// turn, so that neither starves the other. A task must not wait for another
// task of the same queue. Thread-safe.
class WorkQueue {
 public:
  using Task = std::function<void()>;

  // Starts `workers` threads (at least 1). At most `call_limit` calls (at least
  // 1) wait.
  WorkQueue(int workers, int call_limit);
  ~WorkQueue();
  WorkQueue(const WorkQueue&) = delete;
  WorkQueue& operator=(const WorkQueue&) = delete;

  // False if the line is full or the queue was stopped: then the task is
  // dropped without having run.
  bool TryAddCall(Task task) ABSL_LOCKS_EXCLUDED(mutex_);

  // False if the queue was stopped: then the task is dropped.
  bool AddStep(Task task) ABSL_LOCKS_EXCLUDED(mutex_);

  // Refuses new tasks, runs those that wait, ends the workers. Not from a task.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

  // How many wait now, and how many calls were refused since the start.
  size_t waiting_calls() const ABSL_LOCKS_EXCLUDED(mutex_);
  size_t waiting_steps() const ABSL_LOCKS_EXCLUDED(mutex_);
  size_t refused_calls() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Run() ABSL_LOCKS_EXCLUDED(mutex_);
  Task Take() ABSL_LOCKS_EXCLUDED(mutex_);

  const size_t call_limit_;

  mutable storage::Mutex mutex_;
  storage::CondVar work_;
  std::deque<Task> calls_ ABSL_GUARDED_BY(mutex_);
  std::deque<Task> steps_ ABSL_GUARDED_BY(mutex_);
  size_t refused_calls_ ABSL_GUARDED_BY(mutex_) = 0;
  bool step_next_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;

  std::vector<std::thread> workers_;
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_WORK_QUEUE_H_
