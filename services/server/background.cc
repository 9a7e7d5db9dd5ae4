#include "services/server/background.h"

#include <sched.h>

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"

namespace heimweg::server {
namespace {

using storage::MutexLock;

constexpr absl::Duration kNap = absl::Microseconds(200);
// Of the pauses of a task, at once: so that under unending calls it runs in
// many small pieces and not in one.
constexpr absl::Duration kLongestRest = absl::Milliseconds(2);
// Cores that a call wants: for its handler, and for its bytes on the way.
constexpr int kCoresOfACall = 2;

int Cores() {
  return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

// Of the calling thread, as Linux allows; elsewhere pauses alone give way. Not
// by nice: whatever its weight and slice, such a thread keeps its core until
// the next tick (up to 4 ms) if the call's thread that wakes up has had more
// than its share for a moment; and its core counts as taken, so that threads
// of a call queue up on one core while batches hold the other.
void LowerPriority() {
  const sched_param none = {};
  sched_setscheduler(0, SCHED_IDLE, &none);
}

}  // namespace

Background::Background(int threads, LiveCalls live_calls)
    : cores_(Cores()),
      thread_count_(threads > 0 ? threads : cores_),
      live_calls_(std::move(live_calls)) {
  for (int i = 0; i < thread_count_; ++i) {
    threads_.emplace_back([this] { Run(); });
  }
}

Background::~Background() { Stop(); }

void Background::Add(Task task) {
  {
    const MutexLock lock(mutex_);
    if (stopped_) return;
    tasks_.push_back(std::move(task));
  }
  work_.NotifyOne();
}

void Background::Stop() {
  std::deque<Task> dropped;  // Destroyed without the lock.
  {
    const MutexLock lock(mutex_);
    if (stopped_) return;
    stopped_ = true;
    dropped.swap(tasks_);
  }
  dropped.clear();
  work_.NotifyAll();
  for (std::thread& thread : threads_) thread.join();
}

void Background::Run() {
  LowerPriority();
  for (;;) {
    const Task task = Take();
    if (task == nullptr) return;
    absl::Duration left = kLongestPause;
    const GiveWay give_way = [this, &left] { Pause(left); };
    ++running_;
    give_way();
    task(give_way);
    --running_;
  }
}

Background::Task Background::Take() {
  const MutexLock lock(mutex_);
  while (tasks_.empty()) {
    if (stopped_) return nullptr;
    work_.Wait(mutex_);
  }
  Task task = std::move(tasks_.front());
  tasks_.pop_front();
  return task;
}

void Background::Pause(absl::Duration& left) {
  absl::Duration rest = std::min(left, kLongestRest);
  left -= rest;
  while (rest > absl::ZeroDuration() && live_calls_() > 0 &&
         kCoresOfACall * live_calls_() + running_ > cores_) {
    --running_;
    absl::SleepFor(kNap);
    ++running_;
    rest -= kNap;
  }
  left += std::max(rest, absl::ZeroDuration());
}

}  // namespace heimweg::server
