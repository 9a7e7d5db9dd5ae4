// Heimwegd: a real heimwegd process of a test, on a free port of loopback.
#ifndef HEIMWEG_TESTS_SUPPORT_HEIMWEGD_H_
#define HEIMWEG_TESTS_SUPPORT_HEIMWEGD_H_

#include <grpcpp/channel.h>
#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

namespace heimweg::testing {

// How a process ended and what it wrote to stderr.
struct Ended {
  int exit_code = -1;  // -1: by a signal
  std::string errors;
};

// Runs heimwegd with `arguments` until it ends by itself.
Ended RunHeimwegd(const std::vector<std::string>& arguments);

// Thread-compatible.
class Heimwegd {
 public:
  // Starts one with `arguments` besides --listen and --metrics-listen, and
  // waits until it listens. Aborts the test if it does not.
  explicit Heimwegd(std::vector<std::string> arguments);
  ~Heimwegd();  // By SIGKILL, if it still runs.
  Heimwegd(const Heimwegd&) = delete;
  Heimwegd& operator=(const Heimwegd&) = delete;

  // host:port; the same after a restart.
  const std::string& address() const { return address_; }
  std::shared_ptr<grpc::Channel> Channel() const;

  // SIGKILL.
  void Kill();
  // SIGTERM, and waits for the end.
  Ended Terminate();
  // After Kill or Terminate: starts it again on the same port.
  void Restart();

 private:
  void Start(const std::string& listen);

  const std::vector<std::string> arguments_;
  std::string address_;
  std::string log_path_;
  pid_t pid_ = -1;
};

}  // namespace heimweg::testing

#endif  // HEIMWEG_TESTS_SUPPORT_HEIMWEGD_H_
