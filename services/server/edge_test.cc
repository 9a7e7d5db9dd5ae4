// Unary calls through a real server.
#include "services/server/edge.h"

#include <gmock/gmock.h>
#include <grpc/health/v1/health.grpc.pb.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/server/errors.h"
#include "services/server/status.h"
#include "services/server/testing/echo_service.h"
#include "services/server/testing/test_server.h"
#include "tests/support/status_matchers.h"

namespace heimweg::server::testing {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class EdgeTest : public ::testing::Test {
 protected:
  // One worker, so that one handler can keep it busy; a line of two.
  EdgeTest() : server_(EdgeOptions{.workers = 1, .queue_limit = 2}) {}
  ~EdgeTest() override { server_.Stop(); }

  void Start() {
    server_.Start({{kEchoName, &echo_}});
    channel_ = server_.channel();
    stub_ = EchoService::NewStub(channel_);
  }

  // Waits until so many calls have arrived.
  void AwaitStarted(int calls) {
    const std::string line = absl::StrCat("EchoService\"} ", calls, "\n");
    while (server_.metrics().Text().find(line) == std::string::npos) {
      std::this_thread::yield();
    }
  }

  void AskForHealth() {
    grpc::ClientContext context;
    grpc::health::v1::HealthCheckResponse response;
    EXPECT_TRUE(grpc::health::v1::Health::NewStub(channel_)
                    ->Check(&context, {}, &response)
                    .ok());
  }

  // Makes Echo("hold") wait until Release(); holding_ tells that it runs.
  void HoldTheWorker() {
    echo_.echo = [this](const Call& call, const EchoRequest& request,
                        EchoResponse* response) {
      if (request.text() == "hold") {
        holding_.set_value();
        released_.wait();
      }
      ++handled_;
      if (request.text() == "expires") ++expired_handled_;
      return EchoText(call, request, response);
    };
  }
  void Release() { release_.set_value(); }

  absl::Status Echo(const std::string& text,
                    absl::Duration timeout = absl::Seconds(20)) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
    EchoRequest request;
    request.set_text(text);
    EchoResponse response;
    return FromGrpc(stub_->Echo(&context, request, &response));
  }

  TestServer server_;
  EchoEdge echo_{server_.edge()};
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<EchoService::Stub> stub_;
  std::promise<void> holding_;
  std::promise<void> release_;
  std::shared_future<void> released_ = release_.get_future().share();
  std::atomic<int> handled_ = 0;
  std::atomic<int> expired_handled_ = 0;
};

TEST_F(EdgeTest, AnswersARead) {
  Start();
  grpc::ClientContext context;
  EchoRequest request;
  request.set_text("home");
  EchoResponse response;
  EXPECT_THAT(FromGrpc(stub_->Echo(&context, request, &response)), IsOk());
  EXPECT_EQ(response.text(), "home");
}

TEST_F(EdgeTest, AnswersAWriteFromAnotherThreadWhileTheWorkerGoesOn) {
  std::promise<Done> stored;
  echo_.store = [&](const Call&, const EchoRequest& request,
                    EchoResponse* response, Done done) {
    response->set_text(request.text());
    stored.set_value(std::move(done));
  };
  Start();
  auto write = std::async(std::launch::async, [&] {
    grpc::ClientContext context;
    EchoRequest request;
    request.set_text("kept");
    EchoResponse response;
    const absl::Status status =
        FromGrpc(stub_->Store(&context, request, &response));
    return status.ok() ? response.text() : status.ToString();
  });
  const Done done = stored.get_future().get();

  EXPECT_THAT(Echo("the only worker is free"), IsOk());
  done(absl::OkStatus());

  EXPECT_EQ(write.get(), "kept");
}

TEST_F(EdgeTest, TellsTheHandlerWhoAsksAndUntilWhen) {
  std::promise<Call> seen;
  echo_.echo = [&](const Call& call, const EchoRequest&, EchoResponse*) {
    seen.set_value(call);
    return absl::OkStatus();
  };
  Start();
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(100)));
  context.AddMetadata(
      "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  context.AddMetadata("accept-language", "de-DE");
  EchoResponse response;
  ASSERT_THAT(FromGrpc(stub_->Echo(&context, {}, &response)), IsOk());

  const Call call = seen.get_future().get();
  EXPECT_EQ(call.caller.role, Caller::Role::kOperator);
  EXPECT_EQ(call.trace_id, "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(call.accept_language, "de-DE");
  EXPECT_LT(call.deadline, absl::Now() + absl::Seconds(101));
  EXPECT_GT(call.deadline, absl::Now() + absl::Seconds(60));
  const auto& trailers = context.GetServerTrailingMetadata();
  const auto id = trailers.find("x-request-id");
  ASSERT_NE(id, trailers.end());
  EXPECT_EQ(std::string(id->second.data(), id->second.size()), call.request_id);
}

TEST_F(EdgeTest, IgnoresATraceIdThatIsNone) {
  std::promise<std::string> seen;
  echo_.echo = [&](const Call& call, const EchoRequest&, EchoResponse*) {
    seen.set_value(call.trace_id);
    return absl::OkStatus();
  };
  Start();
  grpc::ClientContext context;
  context.AddMetadata(
      "traceparent",
      "00-Anna Beispiel, 03238 Finsterwalde-00f067aa0ba902b7-01");
  EchoResponse response;
  ASSERT_THAT(FromGrpc(stub_->Echo(&context, {}, &response)), IsOk());
  EXPECT_EQ(seen.get_future().get(), "");
}

TEST_F(EdgeTest, RefusesWhatDoesNotFitIntoTheLineAtOnce) {
  HoldTheWorker();
  Start();
  auto held = std::async(std::launch::async, [&] { return Echo("hold"); });
  holding_.get_future().wait();
  std::atomic<int> refused = 0;
  std::vector<std::future<absl::Status>> calls;
  for (int i = 0; i < 6; ++i) {
    calls.push_back(std::async(std::launch::async, [&] {
      absl::Status status = Echo("more");
      // The last refusal frees the worker for those that wait.
      if (!status.ok() && ++refused == 4) {
        Release();
      }
      return status;
    }));
  }
  for (auto& call : calls) {
    const absl::Status status = call.get();
    if (!status.ok()) {
      EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
      EXPECT_EQ(RetryAfterOf(status), absl::Milliseconds(100));
      EXPECT_EQ(ReasonOf(status), "OVERLOAD");
    }
  }
  EXPECT_THAT(held.get(), IsOk());
  EXPECT_EQ(refused, 4);
  EXPECT_EQ(handled_, 3);
  EXPECT_THAT(server_.metrics().Text(),
              HasSubstr("heimweg_shed_calls_total 4"));
}

TEST_F(EdgeTest, DoesNotWorkForACallThatExpiredInTheLine) {
  HoldTheWorker();
  Start();
  auto held = std::async(std::launch::async, [&] { return Echo("hold"); });
  holding_.get_future().wait();

  EXPECT_THAT(Echo("expires", absl::Milliseconds(50)),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  // The server counts from when a call arrives: once this one has expired for
  // the client, the one before has for the server.
  EXPECT_THAT(Echo("later", absl::Milliseconds(200)),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  Release();
  EXPECT_THAT(held.get(), IsOk());
  // The expired ones may still stand in the line.
  absl::Status after = Echo("after");
  while (absl::IsUnavailable(after)) after = Echo("after");
  EXPECT_THAT(after, IsOk());

  EXPECT_EQ(expired_handled_, 0);
  EXPECT_GE(handled_, 2);
}

TEST_F(EdgeTest, DoesNotWorkForACallThatWasCancelledInTheLine) {
  HoldTheWorker();
  Start();
  auto held = std::async(std::launch::async, [&] { return Echo("hold"); });
  holding_.get_future().wait();

  grpc::ClientContext context;
  EchoRequest request;
  EchoResponse response;
  std::promise<grpc::Status> cancelled;
  stub_->async()->Echo(&context, &request, &response, [&](grpc::Status status) {
    cancelled.set_value(std::move(status));
  });
  AwaitStarted(2);
  context.TryCancel();
  EXPECT_THAT(FromGrpc(cancelled.get_future().get()),
              StatusIs(absl::StatusCode::kCancelled));
  // Behind the cancellation on the same connection.
  for (int i = 0; i < 10; ++i) {
    AskForHealth();
  }
  Release();
  EXPECT_THAT(held.get(), IsOk());
  EXPECT_THAT(Echo("after"), IsOk());
  EXPECT_EQ(handled_, 2);
}

TEST_F(EdgeTest, LetsALongHandlerSeeThatTheClientHasGone) {
  std::promise<absl::Status> ended;
  echo_.echo = [&](const Call& call, const EchoRequest& request,
                   EchoResponse* response) {
    absl::Status status = EchoText(call, request, response);
    ended.set_value(status);
    return status;
  };
  Start();
  grpc::ClientContext context;
  context.set_deadline(
      absl::ToChronoTime(absl::Now() + absl::Milliseconds(50)));
  EchoRequest request;
  request.set_spin_us(60'000'000);
  EchoResponse response;
  EXPECT_THAT(FromGrpc(stub_->Echo(&context, request, &response)),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_THAT(ended.get_future().get(), StatusIs(absl::StatusCode::kCancelled));
}

TEST_F(EdgeTest, AnswersForAHandlerThatForgetsToAnswer) {
  echo_.store = [](const Call&, const EchoRequest&, EchoResponse*, Done) {};
  Start();
  grpc::ClientContext context;
  EchoResponse response;
  EXPECT_THAT(FromGrpc(stub_->Store(&context, {}, &response)),
              StatusIs(absl::StatusCode::kInternal));
}

TEST_F(EdgeTest, HidesAnInternalErrorFromTheClientButNotFromTheLog) {
  echo_.echo = [](const Call&, const EchoRequest&, EchoResponse*) {
    return absl::InternalError("block 7 of /srv/jobs is odd");
  };
  Start();
  EXPECT_THAT(Echo("x"),
              StatusIs(absl::StatusCode::kInternal, Not(HasSubstr("block 7"))));
  EXPECT_THAT(server_.StopAndReadLog(),
              Contains(HasSubstr("block 7 of /srv/jobs is odd")));
}

TEST_F(EdgeTest, LogsOneLinePerCallWithoutItsContent) {
  echo_.echo = [](const Call&, const EchoRequest& request, EchoResponse*) {
    return absl::InvalidArgumentError(request.text());
  };
  Start();
  EXPECT_THAT(Echo("Anna Beispiel"),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Echo("Anna Beispiel"),
              StatusIs(absl::StatusCode::kInvalidArgument));
  const std::vector<std::string> lines = server_.StopAndReadLog();
  EXPECT_THAT(lines, ElementsAre(HasSubstr("EchoService/Echo"),
                                 HasSubstr("EchoService/Echo")));
  EXPECT_THAT(lines, Each(AllOf(HasSubstr("INVALID_ARGUMENT"),
                                Not(HasSubstr("Beispiel")))));
}

TEST_F(EdgeTest, ServesCallsInsideTheProcessTheSameWay) {
  Start();
  {
    const auto inside =
        EchoService::NewStub(server_.server().InProcessChannel());
    for (int i = 0; i < 100; ++i) {
      grpc::ClientContext context;
      EchoRequest request;
      request.set_text(absl::StrCat(i));
      EchoResponse response;
      ASSERT_THAT(FromGrpc(inside->Echo(&context, request, &response)), IsOk());
      EXPECT_EQ(response.text(), request.text());
    }
  }
  EXPECT_THAT(server_.metrics().Text(), HasSubstr("} 100"));
}

TEST_F(EdgeTest, RefusesAMessageAboveTheLimit) {
  Start();
  EXPECT_THAT(Echo(std::string((4 << 20) + 1, 'x')),
              StatusIs(absl::StatusCode::kResourceExhausted));
}

}  // namespace
}  // namespace heimweg::server::testing
