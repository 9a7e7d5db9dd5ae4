// Start, health, reflection and drain of a server.
#include "services/server/server.h"

#include <gmock/gmock.h>
#include <grpc/health/v1/health.grpc.pb.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/types.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "services/server/status.h"
#include "services/server/testing/echo_service.h"
#include "services/server/testing/test_server.h"
#include "services/server/thread_policy.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace heimweg::server::testing {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Health = grpc::health::v1::HealthCheckResponse;

// Of the threads of this process with a name.
std::vector<int> PoliciesOf(absl::string_view name) {
  std::vector<int> policies;
  for (const auto& thread :
       std::filesystem::directory_iterator("/proc/self/task")) {
    std::string found;
    std::getline(std::ifstream(thread.path() / "comm"), found);
    pid_t id = 0;
    if (found != name ||
        !absl::SimpleAtoi(thread.path().filename().string(), &id)) {
      continue;
    }
    policies.push_back(sched_getscheduler(id));
  }
  return policies;
}

class ServerTest : public ::testing::Test {
 protected:
  ~ServerTest() override { server_.Stop(); }

  void Start() { server_.Start({{kEchoName, &echo_}}); }

  // NOT_FOUND for a service that nobody knows.
  absl::StatusOr<Health::ServingStatus> HealthOf(const std::string& service) {
    grpc::ClientContext context;
    grpc::health::v1::HealthCheckRequest request;
    request.set_service(service);
    Health response;
    const grpc::Status status =
        grpc::health::v1::Health::NewStub(server_.channel())
            ->Check(&context, request, &response);
    if (!status.ok()) {
      return FromGrpc(status);
    }
    return response.status();
  }

  TestServer server_;
  EchoEdge echo_{server_.edge()};
};

TEST_F(ServerTest, TellsTheHealthOfTheWholeAndOfEachService) {
  Start();
  EXPECT_EQ(*HealthOf(""), Health::SERVING);
  EXPECT_EQ(*HealthOf(kEchoName), Health::SERVING);
  EXPECT_THAT(HealthOf("unknown"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ServerTest, TheWholeServesWhileAllServicesDo) {
  Start();
  server_.server().SetServing(kEchoName, false);
  EXPECT_EQ(*HealthOf(kEchoName), Health::NOT_SERVING);
  EXPECT_EQ(*HealthOf(""), Health::NOT_SERVING);
  server_.server().SetServing(kEchoName, true);
  EXPECT_EQ(*HealthOf(""), Health::SERVING);
}

TEST_F(ServerTest, ALatchedStoreTurnsHealthAndEndsForARestart) {
  Start();
  server_.server().RequestRestart("store jobs is read-only");
  EXPECT_EQ(*HealthOf(kEchoName), Health::NOT_SERVING);
  EXPECT_EQ(*HealthOf(""), Health::NOT_SERVING);
  EXPECT_EQ(server_.server().Run(), kExitRestart);
}

TEST_F(ServerTest, EndsWithZeroWhenAskedTo) {
  Start();
  server_.server().RequestStop();
  EXPECT_EQ(server_.server().Run(), 0);
}

TEST_F(ServerTest, ItsPollingThreadsLeaveWorkersOnTheirCores) {
  SetThreadPolicy(SCHED_OTHER);  // Whatever the tests were started with.
  ASSERT_EQ(sched_getscheduler(0), SCHED_OTHER);
  Start();
  // gRPC's threads name themselves when they first run: one that has carried a
  // call has its name.
  ASSERT_THAT(HealthOf(""), IsOk());
  EXPECT_THAT(PoliciesOf("nexting_thread"),
              AllOf(Not(IsEmpty()), Each(SCHED_BATCH)));
  EXPECT_EQ(sched_getscheduler(0), SCHED_OTHER);
}

TEST_F(ServerTest, SaysThatItsPortIsTaken) {
  Start();
  TestServer second;
  Log log(Level::kOff);
  ServerOptions options;
  options.listen = server_.server().address();
  EXPECT_THAT(Server::Start(options, {}, second.edge(), log),
              StatusIs(absl::StatusCode::kUnavailable,
                       HasSubstr(absl::StrCat(options.listen,
                                              ": Address already in use"))));
}

TEST_F(ServerTest, ListensOnAUnixSocket) {
  heimweg::testing::TempDir dir;
  Log log(Level::kOff);
  ServerOptions options;
  options.listen = absl::StrCat("unix:", dir.path(), "/socket");
  const auto server =
      Server::Start(options, {{kEchoName, &echo_}}, server_.edge(), log);
  ASSERT_THAT(server, IsOk());
  EXPECT_EQ((*server)->port(), 0);
  EXPECT_THAT(ProbeOnce((*server)->address(), absl::Seconds(10)), IsOk());
}

TEST_F(ServerTest, DoesNotServeStrangersUnlessAllowedTo) {
  TestServer other;
  Log log(Level::kOff);
  ServerOptions options;
  options.listen = "0.0.0.0:0";
  EXPECT_THAT(Server::Start(options, {}, other.edge(), log),
              StatusIs(absl::StatusCode::kPermissionDenied));
  options.allow_remote = true;
  EXPECT_THAT(Server::Start(options, {}, other.edge(), log), IsOk());
}

TEST_F(ServerTest, AnswersCallsThatAreUnderWayWhenItDrains) {
  Start();
  constexpr int kClients = 8;
  std::atomic<int> answered = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.emplace_back([&] {
      const auto stub = EchoService::NewStub(server_.channel());
      grpc::Status status;
      while (status.ok()) {
        grpc::ClientContext context;
        EchoRequest request;
        request.set_spin_us(2000);
        EchoResponse response;
        status = stub->Echo(&context, request, &response);
        ++(status.ok() ? answered : refused);
      }
      // CANCELLED is gRPC 1.51's own answer to a call that comes in between and
      // reaches no handler.
      EXPECT_THAT(status.error_code(), AnyOf(grpc::StatusCode::UNAVAILABLE,
                                             grpc::StatusCode::CANCELLED));
    });
  }
  while (answered < 100) {
    std::this_thread::yield();
  }
  server_.Stop();
  for (std::thread& client : clients) {
    client.join();
  }
  // What arrived was answered, and each answer was received.
  EXPECT_EQ(refused, kClients);
  EXPECT_THAT(
      server_.metrics().Text(),
      AllOf(
          HasSubstr(absl::StrCat(
              "grpc_server_started_total{grpc_method=\"Echo\",",
              "grpc_service=\"", kEchoName, "\"} ", answered.load(), "\n")),
          HasSubstr(absl::StrCat("grpc_server_handled_total{grpc_code=\"OK\",",
                                 "grpc_method=\"Echo\",grpc_service=\"",
                                 kEchoName, "\"} ", answered.load(), "\n"))));
}

TEST_F(ServerTest, CancelsWhatOutlivesTheGraceOfADrain) {
  ServerOptions options;
  options.drain_grace = absl::Milliseconds(100);
  TestServer server({}, options);
  EchoEdge echo(server.edge());
  std::promise<void> running;
  echo.echo = [&](const Call& call, const EchoRequest& request,
                  EchoResponse* response) {
    running.set_value();
    return EchoText(call, request, response);
  };
  server.Start({{kEchoName, &echo}});
  auto call = std::async(std::launch::async, [&] {
    grpc::ClientContext context;
    EchoRequest request;
    request.set_spin_us(600'000'000);
    EchoResponse response;
    return FromGrpc(EchoService::NewStub(server.channel())
                        ->Echo(&context, request, &response));
  });
  running.get_future().wait();
  const absl::Time start = absl::Now();

  server.Stop();

  EXPECT_FALSE(call.get().ok());
  EXPECT_LT(absl::Now() - start, absl::Seconds(60));
}

TEST_F(ServerTest, ProbesItselfOverANewConnection) {
  Start();
  EXPECT_THAT(ProbeOnce(server_.server().address(), absl::Seconds(10)), IsOk());
  const std::string address = server_.server().address();
  server_.Stop();
  EXPECT_THAT(ProbeOnce(address, absl::Milliseconds(100)),
              StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(ServerTest, NoticesThatNobodyAcceptsAnyMore) {
  Start();
  const std::string address = server_.server().address();
  server_.Stop();
  std::promise<absl::Status> dead;
  SelfProbe probe(address, absl::Milliseconds(1),
                  [&](const absl::Status& why) { dead.set_value(why); });
  EXPECT_THAT(dead.get_future().get(),
              StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace heimweg::server::testing
