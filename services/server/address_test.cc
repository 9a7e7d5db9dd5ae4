#include "services/server/address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace heimweg::server {
namespace {

using ::heimweg::testing::StatusIs;

TEST(Address, ReadsHostAndPort) {
  const auto address = ParseAddress("localhost:50051");
  ASSERT_TRUE(address.ok());
  EXPECT_EQ(address->host, "localhost");
  EXPECT_EQ(address->port, 50051);
  EXPECT_TRUE(address->is_local());
}

TEST(Address, WritesWhatItRead) {
  for (const char* text :
       {"127.0.0.1:0", "[::1]:443", "unix:/run/heimweg.sock"}) {
    const auto address = ParseAddress(text);
    ASSERT_TRUE(address.ok()) << text;
    EXPECT_EQ(address->ToString(), text);
    EXPECT_TRUE(address->is_local()) << text;
  }
}

TEST(Address, KnowsWhatOthersCanReach) {
  for (const char* text : {"0.0.0.0:1", "[::]:1", "example.org:1"}) {
    const auto address = ParseAddress(text);
    ASSERT_TRUE(address.ok()) << text;
    EXPECT_FALSE(address->is_local()) << text;
  }
}

TEST(Address, RefusesWhatIsNone) {
  for (const char* text : {"", "50051", ":50051", "host:", "host:x",
                           "host:65536", "host:-1", "::1:443", "unix:"}) {
    EXPECT_THAT(ParseAddress(text),
                StatusIs(absl::StatusCode::kInvalidArgument))
        << text;
  }
}

}  // namespace
}  // namespace heimweg::server
