// Server streams through a real server.
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <future>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/server/errors.h"
#include "services/server/status.h"
#include "services/server/testing/echo_service.h"
#include "services/server/testing/stream_test_base.h"
#include "services/server/testing/test_server.h"
#include "tests/support/status_matchers.h"

namespace heimweg::server::testing {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::HasSubstr;

using WatchTest = StreamTest;

TEST_F(WatchTest, SendsWhatIsThereAndWhatComesLater) {
  Start();
  board_.Post("first");
  grpc::ClientContext context;
  auto reader = stub_->Watch(&context, {});
  EchoResponse message;
  ASSERT_TRUE(reader->Read(&message));
  EXPECT_EQ(message.text(), "first");

  board_.Post("second");
  ASSERT_TRUE(reader->Read(&message));
  EXPECT_EQ(message.text(), "second");

  board_.Post("end");
  EXPECT_FALSE(reader->Read(&message));
  EXPECT_THAT(FromGrpc(reader->Finish()), IsOk());
}

TEST_F(WatchTest, EndsWithTheSourcesError) {
  Start();
  board_.Post("bad");
  grpc::ClientContext context;
  auto reader = stub_->Watch(&context, {});
  EchoResponse message;
  EXPECT_FALSE(reader->Read(&message));
  EXPECT_THAT(FromGrpc(reader->Finish()),
              StatusIs(absl::StatusCode::kOutOfRange, "too old"));
}

TEST_F(WatchTest, EndsWithTheErrorOfTheRequest) {
  echo_.watch =
      [](const Call&, const EchoRequest&,
         Wake) -> absl::StatusOr<std::unique_ptr<Source<EchoResponse>>> {
    return InvalidFields({{"resume_token", "not of this store"}});
  };
  Start();
  grpc::ClientContext context;
  auto reader = stub_->Watch(&context, {});
  EchoResponse message;
  EXPECT_FALSE(reader->Read(&message));
  EXPECT_EQ(ViolationsOf(FromGrpc(reader->Finish())).size(), 1);
}

TEST_F(WatchTest, LosesNothingWhenWritersAreFasterThanTheReader) {
  Start();
  constexpr int kTexts = 5000;
  grpc::ClientContext context;
  auto reader = stub_->Watch(&context, {});
  std::thread writer([&] {
    for (int i = 0; i < kTexts; ++i) {
      board_.Post(absl::StrCat(i));
    }
    board_.Post("end");
  });
  EchoResponse message;
  int next = 0;
  while (reader->Read(&message)) {
    ASSERT_EQ(message.text(), absl::StrCat(next));
    ++next;
  }
  writer.join();
  EXPECT_THAT(FromGrpc(reader->Finish()), IsOk());
  EXPECT_EQ(next, kTexts);
}

TEST_F(WatchTest, ReleasesTheSourceOfAnIdleStreamWhenTheClientGoes) {
  Start();
  grpc::ClientContext context;
  auto reader = stub_->Watch(&context, {});
  Until([&] { return board_.readers() == 1; });
  context.TryCancel();
  EXPECT_THAT(FromGrpc(reader->Finish()),
              StatusIs(absl::StatusCode::kCancelled));
  Until([&] { return board_.readers() == 0; });
}

TEST_F(WatchTest, ReleasesTheSourceWhenTheDeadlinePasses) {
  Start();
  grpc::ClientContext context;
  context.set_deadline(
      absl::ToChronoTime(absl::Now() + absl::Milliseconds(50)));
  auto reader = stub_->Watch(&context, {});
  EXPECT_THAT(FromGrpc(reader->Finish()),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  Until([&] { return board_.readers() == 0; });
}

TEST_F(WatchTest, HoldsNoWorkerWhileItWaits) {
  Start();
  std::deque<grpc::ClientContext> contexts(50);
  std::vector<std::unique_ptr<grpc::ClientReader<EchoResponse>>> readers;
  for (grpc::ClientContext& context : contexts) {
    readers.push_back(stub_->Watch(&context, {}));
  }
  Until([&] { return board_.readers() == 50; });

  grpc::ClientContext context;
  EchoResponse response;
  EXPECT_THAT(FromGrpc(stub_->Echo(&context, {}, &response)), IsOk());

  board_.Post("end");
  for (auto& reader : readers) {
    EXPECT_THAT(FromGrpc(reader->Finish()), IsOk());
  }
}

TEST_F(WatchTest, RefusesStreamsBeyondTheLimit) {
  Start();
  std::deque<grpc::ClientContext> contexts(60);
  std::vector<std::unique_ptr<grpc::ClientReader<EchoResponse>>> readers;
  for (grpc::ClientContext& context : contexts) {
    readers.push_back(stub_->Watch(&context, {}));
  }
  Until([&] { return board_.readers() == 60; });

  grpc::ClientContext context;
  auto one_more = stub_->Watch(&context, {});
  EXPECT_THAT(FromGrpc(one_more->Finish()),
              StatusIs(absl::StatusCode::kResourceExhausted));

  board_.Post("end");
  for (auto& reader : readers) {
    EXPECT_THAT(FromGrpc(reader->Finish()), IsOk());
  }
}

TEST_F(WatchTest, EndsWithUnavailableWhenTheServerDrains) {
  Start();
  grpc::ClientContext context;
  auto reader = stub_->Watch(&context, {});
  Until([&] { return board_.readers() == 1; });
  auto drained = std::async(std::launch::async, [&] { server_.Stop(); });
  EchoResponse message;
  EXPECT_FALSE(reader->Read(&message));
  EXPECT_THAT(
      FromGrpc(reader->Finish()),
      StatusIs(absl::StatusCode::kUnavailable, HasSubstr("shutting down")));
  drained.get();
  EXPECT_EQ(board_.readers(), 0);
}

// gRPC 1.51's callback streams are known for cancellations that nobody sees
// and for ends that come twice: many clients come and go in all ways at once.
TEST_F(WatchTest, FiftyClientsComeAndGoAndNothingStays) {
  Start();
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    for (int i = 0; !stop; ++i) {
      board_.Post(absl::StrCat(i));
      std::this_thread::yield();
    }
  });
  std::vector<std::thread> clients;
  for (unsigned i = 0; i < 50; ++i) {
    clients.emplace_back([&, i] {
      std::minstd_rand random(i + 1);
      const auto stub = EchoService::NewStub(server_.channel());
      for (int round = 0; round < 10; ++round) {
        grpc::ClientContext context;
        if (random() % 3 == 0) {
          context.set_deadline(absl::ToChronoTime(
              absl::Now() + absl::Milliseconds(random() % 20)));
        }
        auto reader = stub->Watch(&context, {});
        EchoResponse message;
        for (unsigned n = random() % 20; n > 0 && reader->Read(&message); --n) {
        }
        context.TryCancel();
        reader->Finish();
      }
    });
  }
  for (std::thread& client : clients) {
    client.join();
  }
  stop = true;
  writer.join();
  Until([&] { return board_.readers() == 0 && OpenStreams() == "0"; });
}

}  // namespace
}  // namespace heimweg::server::testing
