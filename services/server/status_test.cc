#include "services/server/status.h"

#include <gmock/gmock.h>
#include <google/rpc/status.pb.h>
#include <gtest/gtest.h>

#include "services/server/errors.h"
#include "tests/support/status_matchers.h"

namespace heimweg::server {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Status, CarriesEveryWrongFieldThereAndBack) {
  const Violation place = {"job.place", "unknown postcode"};
  const Violation hours = {"job.weekly_hours", "1 to 60"};

  const grpc::Status sent = ToGrpc(InvalidFields({place, hours}));

  EXPECT_EQ(sent.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  const absl::Status received = FromGrpc(sent);
  EXPECT_THAT(ViolationsOf(received), ElementsAre(place, hours));
}

TEST(Status, DetailsAreAGoogleRpcStatusOfTheSameCodeAndMessage) {
  const grpc::Status sent = ToGrpc(absl::NotFoundError("no such job"));

  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(sent.error_details()));
  EXPECT_EQ(details.code(), 5);
  EXPECT_EQ(details.message(), "no such job");
}

TEST(Status, EveryErrorHasAReason) {
  EXPECT_EQ(ReasonOf(FromGrpc(ToGrpc(absl::NotFoundError("no such job")))),
            "NOT_FOUND");
  EXPECT_EQ(ReasonOf(FromGrpc(ToGrpc(
                WithReason(absl::AbortedError("changed"), "STALE_ETAG")))),
            "STALE_ETAG");
}

TEST(Status, UnavailableAlwaysSaysWhenToRetry) {
  EXPECT_EQ(RetryAfterOf(FromGrpc(ToGrpc(absl::UnavailableError("busy")))),
            absl::Milliseconds(100));
  EXPECT_EQ(RetryAfterOf(FromGrpc(
                ToGrpc(Unavailable("store is full", absl::Seconds(5))))),
            absl::Seconds(5));
}

TEST(Status, HidesWhatTellsAboutTheInside) {
  for (const absl::Status& inner :
       {absl::InternalError("secret"), absl::UnknownError("secret"),
        absl::DataLossError("secret"), InvalidFields({{"secret", "secret"}})}) {
    const grpc::Status sent = ToGrpc(inner);
    const bool hidden = IsHidden(inner.code());
    EXPECT_EQ(sent.error_message().find("secret") == std::string::npos, hidden);
    EXPECT_EQ(sent.error_details().find("secret") == std::string::npos, hidden);
  }
}

TEST(Status, HidesTheDetailsOfAnInternalErrorToo) {
  absl::Status inner = absl::InternalError("disk");
  inner.SetPayload("type.googleapis.com/some.Detail", absl::Cord("secret"));
  EXPECT_THAT(ToGrpc(inner).error_details(), Not(HasSubstr("secret")));
}

TEST(Status, OkIsOk) {
  EXPECT_TRUE(ToGrpc(absl::OkStatus()).ok());
  EXPECT_THAT(FromGrpc(grpc::Status::OK), IsOk());
}

TEST(Status, UnderstandsAPeerWithoutDetails) {
  EXPECT_THAT(
      FromGrpc(grpc::Status(grpc::StatusCode::UNAVAILABLE, "connect failed")),
      StatusIs(absl::StatusCode::kUnavailable, "connect failed"));
}

}  // namespace
}  // namespace heimweg::server
