#include "services/server/signals.h"

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>

#include "absl/synchronization/mutex.h"
#include "services/server/server.h"

namespace heimweg::server {
namespace {

sigset_t Stopping() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

}  // namespace

void PrepareProcess() {
  const sigset_t set = Stopping();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signal(SIGPIPE, SIG_IGN);
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
  // Debian's Abseil looks for deadlocks: gRPC's locks all take a global one.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
}

StopSignals::StopSignals() : bell_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  const sigset_t set = Stopping();
  signals_ = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

StopSignals::~StopSignals() {
  close(signals_);
  close(bell_);
}

void StopSignals::Wait() {
  std::array<pollfd, 2> waiting = {pollfd{signals_, POLLIN, 0},
                                   pollfd{bell_, POLLIN, 0}};
  while (poll(waiting.data(), waiting.size(), -1) < 0 && errno == EINTR) {
  }
  // Taken, so that Release does not deliver it again.
  signalfd_siginfo taken;
  while (read(signals_, &taken, sizeof(taken)) > 0) {
  }
}

void StopSignals::Ring() const {
  const uint64_t one = 1;
  // Fails only when it has been rung 2^64-2 times.
  [[maybe_unused]] const ssize_t written = write(bell_, &one, sizeof(one));
}

void StopSignals::Release() {
  const sigset_t set = Stopping();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace heimweg::server
