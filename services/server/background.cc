#include "services/server/background.h"

#include <sched.h>

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "services/server/thread_policy.h"

namespace heimweg::server {
namespace {

using storage::MutexLock;

// Seldom enough to cost nothing, often enough for who waits.
constexpr absl::Duration kBetweenYields = absl::Microseconds(500);

int Cores() {
  return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

// Of the calling thread. Not by nice: whatever its weight and slice, such a
// thread keeps its core until the next tick (up to 4 ms) if the call's thread
// that wakes up has had more than its share for a moment; and its core counts
// as taken, so that threads of a call queue up on one core while batches hold
// the other.
void LowerPriority() { SetThreadPolicy(SCHED_IDLE); }

// A thread that wakes up takes the core of one like this at once; but one that
// had to give up its own for a moment waits behind it until the next tick (up
// to 4 ms), since this one, which hardly ever ran, is owed something. Who
// yields is owed nothing any more.
Background::GiveWay MakeGiveWay() {
  return [next = absl::InfinitePast()]() mutable {
    const absl::Time now = absl::Now();
    if (now < next) return;
    std::this_thread::yield();
    next = now + kBetweenYields;
  };
}

}  // namespace

Background::Background(int threads)
    : thread_count_(threads > 0 ? threads : Cores()) {
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
  const GiveWay give_way = MakeGiveWay();
  for (;;) {
    const Task task = Take();
    if (task == nullptr) return;
    task(give_way);
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

}  // namespace heimweg::server
