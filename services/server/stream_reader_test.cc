#include "services/server/stream_reader.h"

#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "services/server/status.h"
#include "services/server/testing/stream_test_base.h"
#include "tests/support/status_matchers.h"

namespace heimweg::server::testing {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;

class StreamReaderTest : public StreamTest {
 protected:
  void Open() {
    Start();
    stub_->async()->Watch(&context_, &request_, &reader_);
    reader_.Start();
  }

  const EchoRequest request_;
  grpc::ClientContext context_;
  StreamReader<EchoResponse> reader_;
  EchoResponse message_;
};

TEST_F(StreamReaderTest, ReadsEachMessageThenTheEnd) {
  board_.Post("first");
  board_.Post("second");
  board_.Post("end");
  Open();
  ASSERT_TRUE(reader_.Read(&message_));
  EXPECT_EQ(message_.text(), "first");
  ASSERT_TRUE(reader_.Read(&message_));
  EXPECT_EQ(message_.text(), "second");
  EXPECT_FALSE(reader_.Read(&message_));
  EXPECT_THAT(FromGrpc(reader_.Finish()), IsOk());
}

TEST_F(StreamReaderTest, SaysWhyTheStreamEnded) {
  board_.Post("bad");
  Open();
  EXPECT_FALSE(reader_.Read(&message_));
  EXPECT_THAT(FromGrpc(reader_.Finish()),
              StatusIs(absl::StatusCode::kOutOfRange, "too old"));
}

TEST_F(StreamReaderTest, StopsWaitingWhenTheCallIsCancelled) {
  Open();
  std::thread canceller([this] {
    Until([this] { return board_.readers() == 1; });
    context_.TryCancel();
  });
  EXPECT_FALSE(reader_.Read(&message_));
  EXPECT_THAT(FromGrpc(reader_.Finish()),
              StatusIs(absl::StatusCode::kCancelled));
  canceller.join();
}

}  // namespace
}  // namespace heimweg::server::testing
