#include "services/server/background.h"

#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/time/clock.h"

namespace heimweg::server {
namespace {

using storage::MutexLock;

constexpr absl::Duration kNap = absl::Microseconds(200);
// About a tenth of what a call's thread gets. Not less: a thread that is hardly
// ever run keeps others waiting for the locks that it holds.
constexpr int kNice = 10;
constexpr int kMostNice = 19;
constexpr uint64_t kLongestSlice = 100'000'000;  // nanoseconds
// Cores that a call wants: for its handler, and for its bytes on the way.
constexpr int kCoresOfACall = 2;

int Cores() {
  return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

// Of sched_setattr, which not every C library knows.
struct SchedulingAttributes {
  uint32_t size = sizeof(SchedulingAttributes);
  uint32_t policy = SCHED_OTHER;
  uint64_t flags = 0;
  int32_t nice = 0;
  uint32_t priority = 0;
  uint64_t slice_ns = 0;
  uint64_t deadline_ns = 0;
  uint64_t period_ns = 0;
};

// Of the calling thread, as Linux allows; elsewhere pauses alone give way.
void LowerPriority() {
  const auto self = static_cast<id_t>(gettid());
  const int nice = getpriority(PRIO_PROCESS, self) + kNice;
  setpriority(PRIO_PROCESS, self, nice);
  // Since Linux 6.6 a thread keeps its core for some milliseconds whatever
  // wakes up, unless (6.12) that has the shorter slice: so this one's is the
  // longest. Older ones do not look at it, nor need they.
  SchedulingAttributes attributes;
  attributes.nice = std::min(nice, kMostNice);
  attributes.slice_ns = kLongestSlice;
  syscall(SYS_sched_setattr, 0, &attributes, 0);
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
  while (left > absl::ZeroDuration() && live_calls_() > 0 &&
         kCoresOfACall * live_calls_() + running_ > cores_) {
    --running_;
    absl::SleepFor(kNap);
    ++running_;
    left -= kNap;
  }
}

}  // namespace heimweg::server
