#include "services/server/background.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <atomic>
#include <future>
#include <memory>
#include <thread>
#include <vector>

namespace heimweg::server {
namespace {

TEST(BackgroundTest, RunsEveryTaskAtTheLowestPriority) {
  constexpr int kTasks = 500;
  std::atomic<int> ran = 0;
  std::atomic<int> low = 0;
  std::promise<void> all;
  Background background(3, [] { return 0; });
  for (int i = 0; i < kTasks; ++i) {
    background.Add([&](const Background::GiveWay&) {
      if (sched_getscheduler(0) == SCHED_IDLE) ++low;
      if (++ran == kTasks) all.set_value();
    });
  }
  all.get_future().wait();
  EXPECT_EQ(low, kTasks);
}

TEST(BackgroundTest, PausesWhileCallsNeedTheCores) {
  std::atomic<int> asked = 0;
  std::atomic<int> live = 1'000'000;
  std::promise<int> asked_at_the_end;
  Background background(1, [&] {
    // The calls end when it has looked many times.
    if (++asked == 50) live = 0;
    return live.load();
  });
  background.Add([&](const Background::GiveWay& give_way) {
    for (int i = 0; i < 10; ++i) give_way();
    asked_at_the_end.set_value(asked);
  });
  EXPECT_GE(asked_at_the_end.get_future().get(), 50);
}

// So that what it does is in many small pieces between the pauses.
TEST(BackgroundTest, SpreadsItsPausesOverATask) {
  std::atomic<int> asked = 0;
  std::promise<void> end;
  std::vector<int> asked_between;
  Background background(1, [&] {
    ++asked;
    return 1'000'000;
  });
  background.Add([&](const Background::GiveWay& give_way) {
    for (int i = 0; i < 5; ++i) {
      const int before = asked;
      give_way();
      asked_between.push_back(asked - before);
    }
    end.set_value();
  });
  end.get_future().wait();
  for (const int times : asked_between) {
    EXPECT_GE(times, 2);
    EXPECT_LE(times, 20);
  }
}

TEST(BackgroundTest, ComesToAnEndUnderUnendingCalls) {
  std::promise<void> first;
  std::promise<void> second;
  Background background(1, [] { return 1'000'000; });
  background.Add([&](const Background::GiveWay& give_way) {
    for (int i = 0; i < 1'000; ++i) give_way();
    first.set_value();
  });
  background.Add([&](const Background::GiveWay&) { second.set_value(); });
  first.get_future().wait();
  second.get_future().wait();
}

TEST(BackgroundTest, StopDropsWhatWaitsAndWhatComesLater) {
  auto held = std::make_shared<int>(1);
  std::promise<void> started;
  std::promise<void> go_on;
  std::atomic<int> ran = 0;
  Background background(1, [] { return 0; });
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
