#include "services/server/raw_messages.h"

#include <gmock/gmock.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "heimweg/type/v1/date.pb.h"
#include "services/server/answer_bytes.h"
#include "services/server/source.h"
#include "tests/support/status_matchers.h"

namespace heimweg::server {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::IsOkAndHolds;
using ::heimweg::testing::StatusIs;

std::string TextOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  EXPECT_TRUE(buffer.Dump(&slices).ok());
  std::string text;
  for (const grpc::Slice& slice : slices) {
    text.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return text;
}

TEST(RawMessagesTest, PartsBecomeOneMessageInTheirOrder) {
  type::v1::Date year;
  year.set_year(2027);
  type::v1::Date day;
  day.set_month(8);
  day.set_day(1);

  const grpc::ByteBuffer buffer =
      ToByteBuffer({{year.SerializeAsString(), "", day.SerializeAsString()}});

  type::v1::Date read;
  ASSERT_THAT(ParseRequest(buffer, &read), IsOk());
  year.MergeFrom(day);
  EXPECT_EQ(read.SerializeAsString(), year.SerializeAsString());
  // Reading it left it as it was.
  EXPECT_EQ(TextOf(buffer), year.SerializeAsString());
}

TEST(RawMessagesTest, AnEmptyMessageIsOne) {
  type::v1::Date read;
  EXPECT_THAT(ParseRequest(ToByteBuffer({{""}}), &read), IsOk());
  EXPECT_EQ(read.year(), 0);
}

TEST(RawMessagesTest, BytesThatAreNoMessageAreRefused) {
  type::v1::Date read;
  EXPECT_THAT(ParseRequest(ToByteBuffer({{"\x0a\xff"}}), &read),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

// Gives the outcomes one after the other.
class OutcomesSource final : public Source<AnswerBytes> {
 public:
  absl::StatusOr<Pull> Next(AnswerBytes* message) override {
    switch (calls_++) {
      case 0:
        return Pull::kNothingYet;
      case 1:
        message->parts = {"a", "b"};
        return Pull::kMessage;
      case 2:
        return Pull::kEnd;
      default:
        return absl::CancelledError("over");
    }
  }

 private:
  int calls_ = 0;
};

TEST(RawMessagesTest, AStreamEndsAsItsSourceDoes) {
  const auto stream = RawSource(std::make_unique<OutcomesSource>());
  grpc::ByteBuffer message;

  EXPECT_THAT(stream->Next(&message), IsOkAndHolds(Pull::kNothingYet));
  EXPECT_THAT(stream->Next(&message), IsOkAndHolds(Pull::kMessage));
  EXPECT_EQ(TextOf(message), "ab");
  EXPECT_THAT(stream->Next(&message), IsOkAndHolds(Pull::kEnd));
  EXPECT_THAT(stream->Next(&message), StatusIs(absl::StatusCode::kCancelled));
}

}  // namespace
}  // namespace heimweg::server
