#include "tests/support/heimwegd.h"

#include <fcntl.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace heimweg::testing {
namespace {

constexpr char kListening[] = "heimwegd: listening on ";
constexpr std::chrono::seconds kStartLimit(60);

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string NewLogPath() {
  static std::atomic<int> next = 0;
  return std::filesystem::temp_directory_path() /
         ("heimwegd." + std::to_string(getpid()) + "." +
          std::to_string(next++) + ".log");
}

pid_t Spawn(const std::vector<std::string>& arguments,
            const std::string& log_path) {
  std::vector<std::string> all = {HEIMWEGD_PROGRAM};
  all.insert(all.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  argv.reserve(all.size() + 1);
  for (std::string& argument : all) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log_path.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  // A server that outlives its test must not hold the pipe that CTest reads.
  posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  pid_t pid = -1;
  const int failed =
      posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    fprintf(stderr, "cannot start %s\n", argv[0]);
    abort();
  }
  return pid;
}

int Wait(pid_t pid) {
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

Ended RunHeimwegd(const std::vector<std::string>& arguments) {
  const std::string log_path = NewLogPath();
  const int code = Wait(Spawn(arguments, log_path));
  Ended ended = {code, ReadFile(log_path)};
  std::filesystem::remove(log_path);
  return ended;
}

Heimwegd::Heimwegd(std::vector<std::string> arguments)
    : arguments_(std::move(arguments)), log_path_(NewLogPath()) {
  Start("127.0.0.1:0");
}

Heimwegd::~Heimwegd() {
  Kill();
  std::filesystem::remove(log_path_);
}

std::shared_ptr<grpc::Channel> Heimwegd::Channel() const {
  return grpc::CreateChannel(address_, grpc::InsecureChannelCredentials());
}

void Heimwegd::Start(const std::string& listen) {
  std::vector<std::string> all = arguments_;
  all.push_back("--listen=" + listen);
  all.push_back("--metrics-listen=off");
  pid_ = Spawn(all, log_path_);
  const auto give_up = std::chrono::steady_clock::now() + kStartLimit;
  while (true) {
    const std::string log = ReadFile(log_path_);
    const size_t at = log.find(kListening);
    const size_t end = log.find('\n', at);
    if (at != std::string::npos && end != std::string::npos) {
      const size_t from = at + sizeof(kListening) - 1;
      address_ = log.substr(from, end - from);
      return;
    }
    int status = 0;
    const bool ended = waitpid(pid_, &status, WNOHANG) == pid_;
    if (ended || std::chrono::steady_clock::now() > give_up) {
      if (!ended) kill(pid_, SIGKILL);
      fprintf(stderr, "heimwegd did not start:\n%s\n", log.c_str());
      abort();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

void Heimwegd::Kill() {
  if (pid_ < 0) return;
  kill(pid_, SIGKILL);
  Wait(pid_);
  pid_ = -1;
}

Ended Heimwegd::Terminate() {
  kill(pid_, SIGTERM);
  const int code = Wait(pid_);
  pid_ = -1;
  return {code, ReadFile(log_path_)};
}

void Heimwegd::Restart() { Start(address_); }

}  // namespace heimweg::testing
