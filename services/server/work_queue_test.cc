#include "services/server/work_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace heimweg::server {
namespace {

using ::testing::ElementsAre;

// A queue of one worker that is busy until Release().
class BusyQueue {
 public:
  explicit BusyQueue(int call_limit) : queue_(1, call_limit) {
    std::promise<void> started;
    queue_.AddStep([&started, free = free_.get_future().share()] {
      started.set_value();
      free.wait();
    });
    started.get_future().wait();
  }

  WorkQueue& operator*() { return queue_; }
  WorkQueue* operator->() { return &queue_; }
  void Release() { free_.set_value(); }

 private:
  std::promise<void> free_;
  WorkQueue queue_;
};

TEST(WorkQueue, RefusesCallsBeyondItsLimitWithoutRunningThem) {
  BusyQueue queue(2);
  std::atomic<int> ran = 0;

  EXPECT_TRUE(queue->TryAddCall([&] { ++ran; }));
  EXPECT_TRUE(queue->TryAddCall([&] { ++ran; }));
  EXPECT_FALSE(queue->TryAddCall([&] { ++ran; }));

  EXPECT_EQ(queue->waiting_calls(), 2);
  EXPECT_EQ(queue->refused_calls(), 1);
  queue.Release();
  queue->Stop();
  EXPECT_EQ(ran, 2);
}

TEST(WorkQueue, NeverRefusesSteps) {
  BusyQueue queue(1);
  std::atomic<int> ran = 0;
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(queue->AddStep([&] { ++ran; }));
  }
  EXPECT_EQ(queue->waiting_steps(), 100);
  queue.Release();
  queue->Stop();
  EXPECT_EQ(ran, 100);
}

TEST(WorkQueue, TakesFromBothLinesInTurn) {
  BusyQueue queue(10);
  std::vector<std::string> order;  // Written by the one worker.
  for (const char* name : {"call 1", "call 2", "call 3"}) {
    ASSERT_TRUE(queue->TryAddCall([&order, name] { order.push_back(name); }));
  }
  for (const char* name : {"step 1", "step 2", "step 3"}) {
    ASSERT_TRUE(queue->AddStep([&order, name] { order.push_back(name); }));
  }
  queue.Release();
  queue->Stop();
  EXPECT_THAT(order, ElementsAre("call 1", "step 1", "call 2", "step 2",
                                 "call 3", "step 3"));
}

TEST(WorkQueue, RunsWhatWaitsWhenItStopsAndTakesNothingNew) {
  BusyQueue queue(10);
  std::atomic<int> ran = 0;
  ASSERT_TRUE(queue->TryAddCall([&] { ++ran; }));
  ASSERT_TRUE(queue->AddStep([&] { ++ran; }));
  queue.Release();

  queue->Stop();

  EXPECT_EQ(ran, 2);
  EXPECT_FALSE(queue->TryAddCall([&] { ++ran; }));
  EXPECT_FALSE(queue->AddStep([&] { ++ran; }));
}

TEST(WorkQueue, LetsGoOfATaskAsSoonAsItHasRun) {
  std::promise<void> gone;
  WorkQueue queue(1, 1);
  std::shared_ptr<void> held(nullptr, [&gone](void*) { gone.set_value(); });
  ASSERT_TRUE(queue.TryAddCall([kept = std::move(held)] {}));
  gone.get_future().wait();
}

TEST(WorkQueue, RunsEveryAdmittedTaskOnceUnderManyThreads) {
  std::atomic<int> admitted = 0;
  std::atomic<int> ran = 0;
  {
    WorkQueue queue(3, 16);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 1000; ++n) {
          admitted += queue.TryAddCall([&] { ++ran; }) ? 1 : 0;
          admitted += queue.AddStep([&] { ++ran; }) ? 1 : 0;
        }
      });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
  }
  EXPECT_EQ(ran, admitted);
  EXPECT_GE(admitted, 4000);
}

}  // namespace
}  // namespace heimweg::server
