#include "services/server/errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace heimweg::server {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Errors, NamesEveryWrongFieldAtOnce) {
  const Violation postcode = {"job.place.postcode", "five digits expected"};
  const Violation title = {"job.title", "must not be empty"};

  const absl::Status status = InvalidFields({postcode, title});

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument,
                               AllOf(HasSubstr("job.place.postcode"),
                                     HasSubstr("job.title"))));
  EXPECT_THAT(ViolationsOf(status), ElementsAre(postcode, title));
}

TEST(Errors, NoWrongFieldIsNoError) { EXPECT_THAT(InvalidFields({}), IsOk()); }

TEST(Errors, KeepTheReasonAndTheRetryDelay) {
  const absl::Status status =
      WithReason(Unavailable("busy", absl::Milliseconds(1500)), "OVERLOAD");

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable, "busy"));
  EXPECT_EQ(ReasonOf(status), "OVERLOAD");
  EXPECT_EQ(RetryAfterOf(status), absl::Milliseconds(1500));
}

TEST(Errors, AStatusWithoutDetailsHasNone) {
  const absl::Status plain = absl::NotFoundError("no such job");

  EXPECT_THAT(ViolationsOf(plain), IsEmpty());
  EXPECT_THAT(ReasonOf(plain), IsEmpty());
  EXPECT_EQ(RetryAfterOf(plain), std::nullopt);
}

TEST(Errors, OkGetsNoReason) {
  EXPECT_THAT(WithReason(absl::OkStatus(), "OVERLOAD"), IsOk());
}

}  // namespace
}  // namespace heimweg::server
