#include "services/matching/bound_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

namespace heimweg::matching {
namespace {

using ::testing::ElementsAre;

std::vector<uint32_t> Drain(BoundQueue& queue) {
  std::vector<uint32_t> items;
  while (!queue.empty()) items.push_back(queue.Pop().item);
  return items;
}

TEST(BoundQueueTest, AnEmptyOneBoundsNothing) {
  BoundQueue queue;
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.Most(), -1);
  EXPECT_EQ(queue.Next(), -1);
}

TEST(BoundQueueTest, TheLeastAndTheGreatestBoundHaveTheirPlaces) {
  BoundQueue queue;
  queue.Push(0, 1);
  EXPECT_EQ(queue.Next(), 0);
  queue.Push(kOne, 2);
  EXPECT_GE(queue.Most(), kOne);
  EXPECT_THAT(Drain(queue), ElementsAre(2, 1));
}

TEST(BoundQueueTest, EqualBoundsComeInTheOrderInWhichTheyWerePushed) {
  BoundQueue queue;
  for (const uint32_t item : {5, 3, 4}) queue.Push(700'000, item);
  queue.Push(200'000, 1);
  queue.Push(900'000, 2);
  EXPECT_THAT(Drain(queue), ElementsAre(2, 5, 3, 4, 1));
}

// What is known of all that wait is true, whatever comes and goes.
TEST(BoundQueueTest, NothingThatWaitsIsAboveMost) {
  std::mt19937 numbers(1);
  BoundQueue queue;
  std::vector<int32_t> waiting;
  for (int step = 0; step < 20'000; ++step) {
    // More come than go at first, and then more go than come.
    if (numbers() % 8 < (step < 10'000 ? 5 : 3)) {
      const auto bound = static_cast<int32_t>(numbers() % (kOne + 1));
      queue.Push(bound, static_cast<uint32_t>(step));
      waiting.push_back(bound);
    } else if (!waiting.empty()) {
      const int32_t most = *std::max_element(waiting.begin(), waiting.end());
      ASSERT_GE(queue.Most(), most);
      ASSERT_LE(queue.Next(), most);
      const int32_t next = queue.Next();
      const uint32_t front = queue.Front().item;
      const BoundQueue::Entry taken = queue.Pop();
      ASSERT_EQ(taken.item, front);
      // Whoever has its turn is among those that need not wait.
      ASSERT_GE(taken.bound, next);
      const auto at = std::find(waiting.begin(), waiting.end(), taken.bound);
      ASSERT_NE(at, waiting.end());
      waiting.erase(at);
    }
    ASSERT_EQ(queue.empty(), waiting.empty());
  }
}

}  // namespace
}  // namespace heimweg::matching
