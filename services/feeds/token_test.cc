#include "services/feeds/token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace heimweg::feeds {
namespace {

using ::testing::Eq;
using ::testing::Optional;

constexpr char kStore[] = "0123456789abcdef0123456789abcdef";

TEST(PageTokenTest, CarriesThePosition) {
  EXPECT_THAT(ParsePageToken("query", PageToken("query", "sun/nurse")),
              Optional(Eq("sun/nurse")));
}

TEST(PageTokenTest, IsRefusedForAnotherQuery) {
  EXPECT_EQ(ParsePageToken("other", PageToken("query", "sun/nurse")),
            std::nullopt);
}

TEST(PageTokenTest, IsRefusedAfterAnyChange) {
  const std::string token = PageToken("query", "sun/nurse");
  for (size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(ParsePageToken("query", changed), std::nullopt) << i;
    EXPECT_EQ(ParsePageToken("query", token.substr(0, i)), std::nullopt) << i;
  }
  EXPECT_EQ(ParsePageToken("query", token + "A"), std::nullopt);
  EXPECT_EQ(ParsePageToken("query", token + "\n"), std::nullopt);
}

TEST(WatchTokenTest, CarriesThePhaseAndTheRevision) {
  for (const WatchPosition& position :
       {WatchPosition{7, std::nullopt}, WatchPosition{7, ""},
        WatchPosition{uint64_t{1} << 63, "sun/nurse"}}) {
    EXPECT_THAT(
        ParseWatchToken(kStore, "sun", WatchToken(kStore, "sun", position)),
        Optional(Eq(position)));
  }
}

TEST(WatchTokenTest, IsRefusedForAnotherStoreOrScope) {
  const std::string token = WatchToken(kStore, "sun", {7, std::nullopt});
  EXPECT_EQ(ParseWatchToken("another", "sun", token), std::nullopt);
  EXPECT_EQ(ParseWatchToken(kStore, "moon", token), std::nullopt);
  EXPECT_EQ(ParseWatchToken(kStore, "-", token), std::nullopt);
  EXPECT_EQ(ParsePageToken("", token), std::nullopt);
}

}  // namespace
}  // namespace heimweg::feeds
