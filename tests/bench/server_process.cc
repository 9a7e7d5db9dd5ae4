#include "tests/bench/server_process.h"

#include <fcntl.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/bench/report.h"

namespace heimweg::bench {
namespace {

constexpr char kListening[] = "listening on ";
constexpr absl::Duration kStartLimit = absl::Minutes(10);
constexpr absl::Duration kServerLook = absl::Milliseconds(1);

std::string NewLogPath() {
  static std::atomic<int> next = 0;
  return std::filesystem::temp_directory_path() /
         absl::StrCat("bench.", getpid(), ".", next++, ".log");
}

}  // namespace

ServerProcess::ServerProcess(std::vector<std::string> command)
    : log_path_(NewLogPath()), started_(absl::Now()) {
  std::vector<char*> argv;
  argv.reserve(command.size() + 1);
  for (std::string& argument : command) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log_path_.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int failed =
      posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) Fail(absl::StrCat("cannot start ", argv[0]));
  WaitUntilListening();
  time_to_listen_ = absl::Now() - started_;
}

ServerProcess::~ServerProcess() {
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  std::filesystem::remove(log_path_);
}

std::string ServerProcess::ReadLog() const {
  std::ifstream file(log_path_);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void ServerProcess::WaitUntilListening() {
  while (true) {
    const std::string log = ReadLog();
    const size_t at = log.find(kListening);
    const size_t end = log.find('\n', at);
    if (at != std::string::npos && end != std::string::npos) {
      const size_t from = at + sizeof(kListening) - 1;
      address_ = log.substr(from, end - from);
      return;
    }
    if (waitpid(pid_, nullptr, WNOHANG) == pid_ ||
        absl::Now() - started_ > kStartLimit) {
      Fail(absl::StrCat("the server did not start:\n", log));
    }
    absl::SleepFor(kServerLook);
  }
}

std::shared_ptr<grpc::Channel> ServerProcess::Connect() const {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address_, grpc::InsecureChannelCredentials(),
                                   arguments);
}

absl::Duration ServerProcess::Cpu() const {
  clockid_t clock = 0;
  timespec time = {};
  if (clock_getcpuclockid(pid_, &clock) != 0 ||
      clock_gettime(clock, &time) != 0) {
    Fail("the server has no CPU clock any more");
  }
  return absl::DurationFromTimespec(time);
}

void ServerProcess::WaitUntilIdle() const {
  constexpr int kIdleLooks = 3;
  constexpr absl::Duration kBetween = absl::Seconds(1);
  absl::Duration cpu = Cpu();
  for (int idle = 0; idle < kIdleLooks;) {
    absl::SleepFor(kBetween);
    const absl::Duration now = Cpu();
    idle = now - cpu < kBetween / 10 ? idle + 1 : 0;
    cpu = now;
  }
}

int64_t ServerProcess::ResidentBytes() const {
  std::ifstream file(absl::StrCat("/proc/", pid_, "/statm"));
  int64_t all_pages = 0;
  int64_t resident_pages = 0;
  if (!(file >> all_pages >> resident_pages)) Fail("the server has ended");
  return resident_pages * sysconf(_SC_PAGESIZE);
}

std::vector<std::string> HeimwegdCommand(const std::string& gazetteer,
                                         const std::string& data) {
  return {HEIMWEGD_PROGRAM,
          absl::StrCat("--gazetteer=", gazetteer),
          absl::StrCat("--data=", data),
          "--listen=127.0.0.1:0",
          "--metrics-listen=off",
          "--log-level=warning"};
}

}  // namespace heimweg::bench
