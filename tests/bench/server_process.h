// ServerProcess: a server that is measured from outside: a process of its own,
// with its own CPU clock and memory.
#ifndef HEIMWEG_TESTS_BENCH_SERVER_PROCESS_H_
#define HEIMWEG_TESTS_BENCH_SERVER_PROCESS_H_

#include <grpcpp/channel.h>
#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace heimweg::bench {

// Thread-compatible.
class ServerProcess {
 public:
  // Starts `command` (a program and its arguments, which choose a free port)
  // and waits until it writes "listening on <address>" to stderr. The bench
  // fails if it does not.
  explicit ServerProcess(std::vector<std::string> command);
  ~ServerProcess();  // By SIGKILL.
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  // A connection of its own: two channels share none.
  std::shared_ptr<grpc::Channel> Connect() const;

  // host:port
  const std::string& address() const { return address_; }

  // From the start of the process until it listened.
  absl::Duration time_to_listen() const { return time_to_listen_; }
  absl::Time started() const { return started_; }

  // Of all its threads since it started.
  absl::Duration Cpu() const;
  // Returns when it has hardly used any for some seconds: what was filled in is
  // matched against the standing wishes long after it was stored.
  void WaitUntilIdle() const;
  int64_t ResidentBytes() const;

 private:
  void WaitUntilListening();
  std::string ReadLog() const;

  std::string log_path_;
  std::string address_;
  pid_t pid_ = -1;
  absl::Time started_;
  absl::Duration time_to_listen_;
};

// The command of a heimwegd with its stores below `data`.
std::vector<std::string> HeimwegdCommand(const std::string& gazetteer,
                                         const std::string& data);

}  // namespace heimweg::bench

#endif  // HEIMWEG_TESTS_BENCH_SERVER_PROCESS_H_
