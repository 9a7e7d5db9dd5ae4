#include "services/feeds/recent_messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "google/protobuf/wrappers.pb.h"

namespace heimweg::feeds {
namespace {

using Message = google::protobuf::StringValue;
using Recent = RecentMessages<Message>;
using ::testing::AllOf;
using ::testing::Field;
using ::testing::Optional;
using ::testing::Pointee;
using ::testing::Property;

std::shared_ptr<const Message> AMessage(const std::string& text) {
  auto message = std::make_shared<Message>();
  message->set_value(text);
  return message;
}

auto IsTold(uint64_t to, const std::string& text) {
  return Optional(AllOf(
      Field(&Recent::Told::to, to),
      Field(&Recent::Told::message, Pointee(Property(&Message::value, text)))));
}

void Make(Recent& recent, const std::string& scope, uint64_t from, uint64_t to,
          const std::string& text) {
  Recent::Turn turn;
  ASSERT_FALSE(recent.Find(scope, from, turn).has_value());
  recent.Add(turn, {to, AMessage(text)});
}

TEST(RecentMessagesTest, FindsWhatWasToldOfTheScopeFromTheRevisionOn) {
  Recent recent;
  const Recent::Membership one(&recent);
  const Recent::Membership other(&recent);
  Make(recent, "-", 3, 5, "all");
  Make(recent, "sun", 3, 7, "sun");
  Recent::Turn turn;
  EXPECT_THAT(recent.Find("-", 3, turn), IsTold(5, "all"));
  EXPECT_THAT(recent.Find("sun", 3, turn), IsTold(7, "sun"));
  for (uint64_t i = 10; i < 10 + Recent::kMost; ++i) {
    Make(recent, "-", i, i + 1, "later");
  }
  EXPECT_FALSE(recent.Find("-", 3, turn).has_value());
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
    EXPECT_THAT(recent.Find("-", 3, turn), IsTold(5, "of two"));
  }
  Make(recent, "-", 3, 5, "alone again");
}

TEST(RecentMessagesTest, OneMakesWhatTheOthersWaitFor) {
  Recent recent;
  const Recent::Membership one(&recent);
  const Recent::Membership other(&recent);
  std::optional<Recent::Told> found;
  std::thread waiting;
  {
    Recent::Turn turn;
    ASSERT_FALSE(recent.Find("-", 3, turn).has_value());
    waiting = std::thread([&] {
      Recent::Turn never;
      found = recent.Find("-", 3, never);
    });
    recent.Add(turn, {5, AMessage("made")});
  }
  waiting.join();
  EXPECT_THAT(found, IsTold(5, "made"));
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
  {
    Recent::Turn turn;
    ASSERT_FALSE(recent.Find("-", 3, turn).has_value());
  }
  Make(recent, "-", 3, 5, "the next");
}

}  // namespace
}  // namespace heimweg::feeds
