// heimweg: the networks' and operators' tool.
#include <sched.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "clients/cli/program.h"

namespace {

std::string Environment(const char* name) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): called before any other thread.
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string Locale() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    std::string locale = Environment(name);
    if (!locale.empty()) return locale;
  }
  return "";
}

int TerminalColumns() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    return size.ws_col;
  }
  int columns = 0;
  return absl::SimpleAtoi(Environment("COLUMNS"), &columns) ? columns : 80;
}

// Version 4: random.
std::string NewUuid() {
  std::random_device random;
  const auto word = [&random] { return static_cast<uint32_t>(random()); };
  return absl::StrFormat("%08x-%04x-4%03x-%04x-%04x%08x", word(),
                         word() & 0xffff, word() & 0xfff,
                         (word() & 0x3fff) | 0x8000, word() & 0xffff, word());
}

sigset_t InterruptSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

// From here on these signals wait to be asked for, in this thread and in those
// that are started later.
void ListenForInterrupt() {
  const sigset_t signals = InterruptSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

// As the server's threads of a batch do (services/server/background.h). Where
// the system refuses, the batch runs nevertheless.
void YieldCores() {
  const sched_param none = {};
  sched_setscheduler(0, SCHED_IDLE, &none);
}

bool Interrupted() {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, SIGINT) == 1 ||
         sigismember(&pending, SIGTERM) == 1;
}

}  // namespace

// The libraries below may throw where memory or a locale is missing.
int main(int argc, char** argv) try {
  // A reader that has enough (`| head`) ends the output, not the program.
  std::signal(SIGPIPE, SIG_IGN);
  std::ios::sync_with_stdio(false);
  heimweg::cli::Console console{.in = std::cin,
                                .out = std::cout,
                                .err = std::cerr,
                                .out_is_terminal = isatty(STDOUT_FILENO) == 1,
                                .err_is_terminal = isatty(STDERR_FILENO) == 1,
                                .columns = TerminalColumns(),
                                .no_color = !Environment("NO_COLOR").empty(),
                                .locale = Locale(),
                                .now = absl::Now,
                                .sleep = absl::SleepFor,
                                .listen_for_interrupt = ListenForInterrupt,
                                .interrupted = Interrupted,
                                .yield_cores = YieldCores,
                                .new_request_id = NewUuid};
  return heimweg::cli::Run({argv + 1, argv + argc}, console);
} catch (const std::exception& error) {
  std::fprintf(stderr, "heimweg: %s\n", error.what());
  return 1;
}
