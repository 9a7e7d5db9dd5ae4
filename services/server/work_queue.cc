#include "services/server/work_queue.h"

#include <algorithm>
#include <utility>

namespace heimweg::server {

using storage::MutexLock;

WorkQueue::WorkQueue(int workers, int call_limit)
    : call_limit_(static_cast<size_t>(std::max(call_limit, 1))) {
  for (int i = 0; i < std::max(workers, 1); ++i) {
    workers_.emplace_back([this] { Run(); });
  }
}

WorkQueue::~WorkQueue() { Stop(); }

bool WorkQueue::TryAddCall(Task task) {
  {
    MutexLock lock(mutex_);
    if (stopped_ || calls_.size() >= call_limit_) {
      ++refused_calls_;
      return false;
    }
    calls_.push_back(std::move(task));
  }
  work_.NotifyOne();
  return true;
}

bool WorkQueue::AddStep(Task task) {
  {
    MutexLock lock(mutex_);
    if (stopped_) {
      return false;
    }
    steps_.push_back(std::move(task));
  }
  work_.NotifyOne();
  return true;
}

void WorkQueue::Stop() {
  {
    MutexLock lock(mutex_);
    if (stopped_) {
      return;
    }
    stopped_ = true;
  }
  work_.NotifyAll();
  for (std::thread& worker : workers_) {
    worker.join();
  }
}

size_t WorkQueue::waiting_calls() const {
  MutexLock lock(mutex_);
  return calls_.size();
}

size_t WorkQueue::waiting_steps() const {
  MutexLock lock(mutex_);
  return steps_.size();
}

size_t WorkQueue::refused_calls() const {
  MutexLock lock(mutex_);
  return refused_calls_;
}

void WorkQueue::Run() {
  for (;;) {
    // Destroyed before the next is waited for: a task may hold the last copy of
    // something whose end others wait for.
    const Task task = Take();
    if (task == nullptr) {
      return;
    }
    task();
  }
}

WorkQueue::Task WorkQueue::Take() {
  MutexLock lock(mutex_);
  while (calls_.empty() && steps_.empty()) {
    if (stopped_) {
      return nullptr;
    }
    work_.Wait(mutex_);
  }
  std::deque<Task>& line =
      calls_.empty() || (step_next_ && !steps_.empty()) ? steps_ : calls_;
  step_next_ = &line == &calls_;
  Task task = std::move(line.front());
  line.pop_front();
  return task;
}

}  // namespace heimweg::server
