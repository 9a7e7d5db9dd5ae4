#include "services/server/once.h"

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
using ::testing::ElementsAre;

TEST(Once, TakesTheFirstAnswerOnly) {
  std::vector<absl::Status> answers;
  auto done = Once<absl::Status>(
      [&](absl::Status status) { answers.push_back(std::move(status)); });

  done(absl::OkStatus());
  done(absl::AbortedError("too late"));
  done = nullptr;

  EXPECT_THAT(answers, ElementsAre(IsOk()));
}

TEST(Once, AnswersInternalWhenEveryCopyIsForgotten) {
  std::vector<absl::Status> answers;
  auto done = Once<absl::Status>(
      [&](absl::Status status) { answers.push_back(std::move(status)); });
  auto copy = done;

  done = nullptr;
  EXPECT_THAT(answers, ElementsAre());
  copy = nullptr;

  EXPECT_THAT(answers, ElementsAre(StatusIs(absl::StatusCode::kInternal)));
}

TEST(Once, AnswersOnceWhenManyThreadsTry) {
  std::atomic<int> answers = 0;
  {
    const auto done = Once<absl::Status>([&](absl::Status) { ++answers; });
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([done] { done(absl::OkStatus()); });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
  }
  EXPECT_EQ(answers, 1);
}

}  // namespace
}  // namespace heimweg::server
