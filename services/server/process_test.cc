// A whole server process: its start, its end, and what it says.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/server/status.h"
#include "testing/echo.grpc.pb.h"
#include "tests/support/status_matchers.h"

extern char** environ;  // NOLINT: POSIX names it so.

namespace heimweg::server::testing {
namespace {

using ::heimweg::testing::IsOk;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// A running echo_server. Killed at the end if it still runs.
class Process {
 public:
  explicit Process(std::vector<std::string> flags) {
    flags.insert(flags.begin(), ECHO_SERVER);
    flags.emplace_back("--metrics-listen=off");
    std::vector<char*> argv;
    for (std::string& flag : flags) {
      argv.push_back(flag.data());
    }
    argv.push_back(nullptr);
    std::array<int, 2> out{};
    std::array<int, 2> err{};
    EXPECT_EQ(pipe2(out.data(), O_CLOEXEC) + pipe2(err.data(), O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
    EXPECT_EQ(posix_spawn(&pid_, ECHO_SERVER, &actions, nullptr, argv.data(),
                          environ),
              0);
    posix_spawn_file_actions_destroy(&actions);
    close(out[1]);
    close(err[1]);
    stdout_ = out[0];
    stderr_ = err[0];
  }
  ~Process() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      ExitCode();
    }
    close(stdout_);
    close(stderr_);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // The address that it prints when it listens.
  std::string Address() {
    std::string line;
    char c = 0;
    while (read(stdout_, &c, 1) == 1 && c != '\n') {
      line += c;
    }
    return line;
  }

  void Send(int signal) const { kill(pid_, signal); }

  int ExitCode() {
    int status = 0;
    waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  // All that it wrote to stderr; waits for its end.
  std::string Errors() const {
    std::string text;
    std::array<char, 4096> buffer{};
    ssize_t got = 0;
    while ((got = read(stderr_, buffer.data(), buffer.size())) > 0) {
      text.append(buffer.data(), static_cast<size_t>(got));
    }
    return text;
  }

 private:
  pid_t pid_ = -1;
  int stdout_ = -1;
  int stderr_ = -1;
};

std::unique_ptr<EchoService::Stub> Connect(const std::string& address) {
  return EchoService::NewStub(
      grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
}

absl::Status Echo(EchoService::Stub& stub) {
  grpc::ClientContext context;
  EchoResponse response;
  return FromGrpc(stub.Echo(&context, {}, &response));
}

class SignalTest : public ::testing::TestWithParam<int> {};

TEST_P(SignalTest, EndsWithZeroAfterAnsweringWhatIsUnderWay) {
  Process process({"--listen=127.0.0.1:0", "--workers=2"});
  const auto stub = Connect(process.Address());
  ASSERT_THAT(Echo(*stub), IsOk());
  grpc::ClientContext context;
  EchoRequest request;
  request.set_spin_us(300'000);
  EchoResponse response;
  std::promise<absl::Status> answered;
  stub->async()->Echo(&context, &request, &response, [&](grpc::Status status) {
    answered.set_value(FromGrpc(status));
  });
  // Sent after it on the same connection, so it has arrived.
  ASSERT_THAT(Echo(*stub), IsOk());

  process.Send(GetParam());

  EXPECT_THAT(answered.get_future().get(), IsOk());
  EXPECT_EQ(process.ExitCode(), 0);
  EXPECT_THAT(process.Errors(), AllOf(HasSubstr(R"("event":"draining")"),
                                      HasSubstr(R"("event":"drained")")));
}

INSTANTIATE_TEST_SUITE_P(Signals, SignalTest,
                         ::testing::Values(SIGTERM, SIGINT));

TEST(Process, SaysInOneLineThatItsPortIsTaken) {
  Process first({"--listen=127.0.0.1:0"});
  const std::string address = first.Address();

  Process second({absl::StrCat("--listen=", address)});

  EXPECT_NE(second.ExitCode(), 0);
  EXPECT_EQ(second.Errors(),
            absl::StrCat("echo_server: cannot listen on ", address,
                         ": Address already in use\n"));
}

TEST(Process, SaysInOneLineWhatSettingIsWrong) {
  Process process({"--queue-limit=0"});
  EXPECT_NE(process.ExitCode(), 0);
  EXPECT_THAT(process.Errors(), StartsWith("echo_server: --queue-limit: "));
}

TEST(Process, IsSilentOnStderrWhenTheLogIsOff) {
  Process process({"--listen=127.0.0.1:0", "--log-level=off"});
  ASSERT_THAT(Echo(*Connect(process.Address())), IsOk());
  process.Send(SIGTERM);
  EXPECT_EQ(process.ExitCode(), 0);
  EXPECT_THAT(process.Errors(), IsEmpty());
}

}  // namespace
}  // namespace heimweg::server::testing
