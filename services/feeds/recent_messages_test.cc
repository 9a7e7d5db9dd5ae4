#include "services/feeds/recent_messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <thread>

#include "google/protobuf/wrappers.pb.h"

namespace heimweg::feeds {
namespace {

using Message = google::protobuf::StringValue;
using Recent = RecentMessages<Message>;
using ::testing::Eq;
using ::testing::Optional;

Message AMessage(const std::string& text) {
  Message message;
  message.set_value(text);
  return message;
}

void Make(Recent& recent, const std::string& scope, uint64_t from, uint64_t to,
          const std::string& text) {
  Recent::Turn turn;
  Message message;
  ASSERT_EQ(recent.Find(scope, from, message, turn), std::nullopt);
  recent.Add(turn, to, AMessage(text));
}

TEST(RecentMessagesTest, FindsWhatWasToldOfTheScopeFromTheRevisionOn) {
  Recent recent;
  const Recent::Membership one(&recent);
  const Recent::Membership other(&recent);
  Make(recent, "-", 3, 5, "all");
  Make(recent, "sun", 3, 7, "sun");
  Recent::Turn turn;
  Message found;
  EXPECT_THAT(recent.Find("-", 3, found, turn), Optional(Eq(5)));
  EXPECT_EQ(found.value(), "all");
  EXPECT_THAT(recent.Find("sun", 3, found, turn), Optional(Eq(7)));
  for (uint64_t i = 10; i < 10 + Recent::kMost; ++i) {
    Make(recent, "-", i, i + 1, "later");
  }
  EXPECT_EQ(recent.Find("-", 3, found, turn), std::nullopt);
}

TEST(RecentMessagesTest, HoldsNothingForOneFeed) {
  Recent recent;
  const Recent::Membership one(&recent);
  Make(recent, "-", 3, 5, "alone");
  Make(recent, "-", 3, 5, "alone still");
  {
    const Recent::Membership other(&recent);
    Make(recent, "-", 3, 5, "of two");
    Recent::Turn turn;
    Message found;
    EXPECT_THAT(recent.Find("-", 3, found, turn), Optional(Eq(5)));
  }
  Make(recent, "-", 3, 5, "alone again");
}

TEST(RecentMessagesTest, OneMakesWhatTheOthersWaitFor) {
  Recent recent;
  const Recent::Membership one(&recent);
  const Recent::Membership other(&recent);
  Message found;
  std::optional<uint64_t> to;
  std::thread waiting;
  {
    Recent::Turn turn;
    Message none;
    ASSERT_EQ(recent.Find("-", 3, none, turn), std::nullopt);
    waiting = std::thread([&] {
      Recent::Turn never;
      to = recent.Find("-", 3, found, never);
    });
    recent.Add(turn, 5, AMessage("made"));
  }
  waiting.join();
  EXPECT_THAT(to, Optional(Eq(5)));
  EXPECT_EQ(found.value(), "made");
}

TEST(RecentMessagesTest, KeepsNoMessageThatLeadsNoFurther) {
  Recent recent;
  const Recent::Membership one(&recent);
  const Recent::Membership other(&recent);
  Make(recent, "-", 3, 3, "nothing new");
  Make(recent, "-", 3, 4, "something");
}

TEST(RecentMessagesTest, WhoMadeNothingLeavesItToTheNext) {
  Recent recent;
  const Recent::Membership one(&recent);
  const Recent::Membership other(&recent);
  Message found;
  {
    Recent::Turn turn;
    ASSERT_EQ(recent.Find("-", 3, found, turn), std::nullopt);
  }
  Make(recent, "-", 3, 5, "the next");
}

}  // namespace
}  // namespace heimweg::feeds
