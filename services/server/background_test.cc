#include "services/server/background.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <atomic>
#include <future>
#include <memory>
#include <thread>

namespace heimweg::server {
namespace {

TEST(BackgroundTest, RunsEveryTaskAtTheLowestPriority) {
  constexpr int kTasks = 500;
  std::atomic<int> ran = 0;
  std::atomic<int> low = 0;
  std::promise<void> all;
  Background background(3);
  for (int i = 0; i < kTasks; ++i) {
    background.Add([&](const Background::GiveWay&) {
      if (sched_getscheduler(0) == SCHED_IDLE) ++low;
      if (++ran == kTasks) all.set_value();
    });
  }
  all.get_future().wait();
  EXPECT_EQ(low, kTasks);
}

TEST(BackgroundTest, StopDropsWhatWaitsAndWhatComesLater) {
  auto held = std::make_shared<int>(1);
  std::promise<void> started;
  std::promise<void> go_on;
  std::atomic<int> ran = 0;
  Background background(1);
  background.Add([&](const Background::GiveWay&) {
    ++ran;
    started.set_value();
    go_on.get_future().wait();
  });
  started.get_future().wait();
  background.Add([&ran, held](const Background::GiveWay&) { ++ran; });

  std::thread stopper([&] { background.Stop(); });
  while (held.use_count() > 1) std::this_thread::yield();
  go_on.set_value();
  stopper.join();
  background.Add([&](const Background::GiveWay&) { ++ran; });

  EXPECT_EQ(ran, 1);
}

}  // namespace
}  // namespace heimweg::server
