#include "services/server/pump.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "tests/support/status_matchers.h"

namespace heimweg::server {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using Action = Pump::Action;

TEST(Pump, PullsUntilThereIsNothingThenWaitsForAWake) {
  Pump pump;
  EXPECT_EQ(pump.Woken(), Action::kStep);
  EXPECT_EQ(pump.Stepped(Pull::kMessage), Action::kWrite);
  EXPECT_EQ(pump.Written(true), Action::kStep);
  EXPECT_EQ(pump.Stepped(Pull::kNothingYet), Action::kNone);
  EXPECT_EQ(pump.Woken(), Action::kStep);
}

TEST(Pump, DoesNotLoseAWakeThatComesDuringAStep) {
  Pump pump;
  ASSERT_EQ(pump.Woken(), Action::kStep);
  EXPECT_EQ(pump.Woken(), Action::kNone);
  EXPECT_EQ(pump.Stepped(Pull::kNothingYet), Action::kStep);
  EXPECT_EQ(pump.Stepped(Pull::kNothingYet), Action::kNone);
}

TEST(Pump, NeverStepsWhileItWrites) {
  Pump pump;
  ASSERT_EQ(pump.Woken(), Action::kStep);
  ASSERT_EQ(pump.Stepped(Pull::kMessage), Action::kWrite);
  EXPECT_EQ(pump.Woken(), Action::kNone);
  EXPECT_EQ(pump.Written(true), Action::kStep);
}

TEST(Pump, EndsWithOkAtTheSourcesEnd) {
  Pump pump;
  ASSERT_EQ(pump.Woken(), Action::kStep);
  EXPECT_EQ(pump.Stepped(Pull::kEnd), Action::kFinish);
  EXPECT_THAT(pump.status(), IsOk());
}

TEST(Pump, EndsWithTheSourcesError) {
  Pump pump;
  ASSERT_EQ(pump.Woken(), Action::kStep);
  EXPECT_EQ(pump.Stepped(absl::OutOfRangeError("token too old")),
            Action::kFinish);
  EXPECT_THAT(pump.status(), StatusIs(absl::StatusCode::kOutOfRange));
}

TEST(Pump, ClosesAtOnceWhenIdleAndOnce) {
  Pump pump;
  EXPECT_EQ(pump.Close(absl::UnavailableError("drain")), Action::kFinish);
  EXPECT_EQ(pump.Close(absl::CancelledError("later")), Action::kNone);
  EXPECT_EQ(pump.Woken(), Action::kNone);
  EXPECT_THAT(pump.status(), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(Pump, ClosesAfterTheStepThatIsUnderWay) {
  Pump pump;
  ASSERT_EQ(pump.Woken(), Action::kStep);
  EXPECT_EQ(pump.Close(absl::CancelledError("gone")), Action::kNone);
  EXPECT_TRUE(pump.closing());
  EXPECT_EQ(pump.Stepped(Pull::kMessage), Action::kFinish);
}

TEST(Pump, ClosesAfterTheWriteThatIsUnderWay) {
  Pump pump;
  ASSERT_EQ(pump.Woken(), Action::kStep);
  ASSERT_EQ(pump.Stepped(Pull::kMessage), Action::kWrite);
  EXPECT_EQ(pump.Close(absl::UnavailableError("drain")), Action::kNone);
  EXPECT_EQ(pump.Written(false), Action::kFinish);
  EXPECT_THAT(pump.status(), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(Pump, FinishesOnceUnderWakesFromManyThreads) {
  Pump pump;
  std::atomic<int> steps = 0;
  std::atomic<int> finishes = 0;
  const auto run = [&](Action action) {
    while (action == Action::kStep) {
      ++steps;
      action = pump.Stepped(Pull::kNothingYet);
    }
    if (action == Action::kFinish) {
      ++finishes;
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; n < 1000; ++n) {
        run(pump.Woken());
        if (i == 0 && n == 500) {
          run(pump.Close(absl::CancelledError("gone")));
        }
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(finishes, 1);
  EXPECT_GE(steps, 1);
}

}  // namespace
}  // namespace heimweg::server
