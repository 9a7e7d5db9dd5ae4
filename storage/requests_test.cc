#include "storage/requests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "storage/test_store.h"
#include "tests/support/status_matchers.h"

namespace heimweg::storage {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::IsOkAndHolds;
using ::heimweg::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::SizeIs;

constexpr RequestId kRequest{"caller", "CreateJob", "id-1", "body"};

class RequestLogTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::optional<std::string>> Find(const RequestId& request) {
    absl::StatusOr<std::optional<std::string>> found;
    store_
        ->CommitAndWait([&](Transaction& txn) {
          found = log_.Find(txn, request);
          return absl::OkStatus();
        })
        .IgnoreError();
    return found;
  }

  absl::Status Remember(const RequestId& request, const std::string& result) {
    return store_->CommitAndWait(
        [&](Transaction& txn) { return log_.Remember(txn, request, result); });
  }

  std::vector<std::string> StoredKeys() {
    std::vector<std::string> keys;
    EXPECT_THAT((*store_->Read())
                    ->Scan("", "",
                           [&](absl::string_view key, absl::string_view) {
                             keys.emplace_back(key);
                             return true;
                           }),
                IsOk());
    return keys;
  }

  TestStore store_;
  const RequestLog log_;
};

TEST_F(RequestLogTest, ARepeatedRequestGetsTheFirstResult) {
  EXPECT_THAT(Find(kRequest), IsOkAndHolds(std::nullopt));
  ASSERT_THAT(Remember(kRequest, "networks/a/jobs/b"), IsOk());
  store_.Reopen();
  EXPECT_THAT(Find(kRequest),
              IsOkAndHolds(Optional(std::string("networks/a/jobs/b"))));
}

TEST_F(RequestLogTest, OtherCallersMethodsAndIdsAreOtherRequests) {
  ASSERT_THAT(Remember(kRequest, "result"), IsOk());
  for (const RequestId& other :
       {RequestId{"other", "CreateJob", "id-1", "body"},
        RequestId{"caller", "UpdateJob", "id-1", "body"},
        RequestId{"caller", "CreateJob", "id-2", "body"},
        RequestId{"callerC", "reateJob", "id-1", "body"}}) {
    EXPECT_THAT(Find(other), IsOkAndHolds(std::nullopt));
  }
}

TEST_F(RequestLogTest, TheSameIdWithAnotherBodyIsInvalid) {
  ASSERT_THAT(Remember(kRequest, "result"), IsOk());
  EXPECT_THAT(
      Find({"caller", "CreateJob", "id-1", "another body"}),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("request_id")));
}

TEST_F(RequestLogTest, ARequestIsForgottenAfterADay) {
  ASSERT_THAT(Remember(kRequest, "result"), IsOk());
  store_.clock().Advance(absl::Hours(24) - absl::Milliseconds(1));
  EXPECT_THAT(Find(kRequest), IsOkAndHolds(Optional(std::string("result"))));
  store_.clock().Advance(absl::Milliseconds(1));
  EXPECT_THAT(Find(kRequest), IsOkAndHolds(std::nullopt));
}

TEST_F(RequestLogTest, AForgottenIdCanBeUsedAgainAndLivesItsFullTime) {
  ASSERT_THAT(Remember(kRequest, "first"), IsOk());
  store_.clock().Advance(absl::Hours(25));
  ASSERT_THAT(Remember(kRequest, "second"), IsOk());
  store_.clock().Advance(absl::Hours(23));
  ASSERT_THAT(Remember({"caller", "CreateJob", "id-2", ""}, "third"), IsOk());
  EXPECT_THAT(Find(kRequest), IsOkAndHolds(Optional(std::string("second"))));
}

TEST_F(RequestLogTest, ForgottenRequestsLeaveTheStore) {
  for (int i = 0; i < 40; ++i) {
    ASSERT_THAT(Remember({"caller", "CreateJob", "id", std::to_string(i)}, ""),
                IsOk());
  }
  for (int i = 0; i < 40; ++i) {
    const std::string id = std::to_string(i);
    ASSERT_THAT(Remember({"caller", "CreateJob", id, "body"}, "result"),
                IsOk());
  }
  store_.clock().Advance(absl::Hours(25));
  for (int i = 0; i < 14; ++i) {
    const std::string id = std::to_string(100 + i);
    ASSERT_THAT(Remember({"caller", "CreateJob", id, "body"}, "result"),
                IsOk());
  }
  // 14 requests with two rows each, and the mark of how far was pruned.
  EXPECT_THAT(StoredKeys(), SizeIs(2 * 14 + 1));
}

TEST_F(RequestLogTest, NeitherCallerNorBodyIsStored) {
  ASSERT_THAT(Remember({"somebody@example.org", "M", "id", "a secret"}, "r"),
              IsOk());
  EXPECT_THAT((*store_->Read())
                  ->Scan("", "",
                         [](absl::string_view key, absl::string_view value) {
                           for (const absl::string_view text : {key, value}) {
                             EXPECT_EQ(text.find("somebody"), text.npos);
                             EXPECT_EQ(text.find("secret"), text.npos);
                           }
                           return true;
                         }),
              IsOk());
}

}  // namespace
}  // namespace heimweg::storage
