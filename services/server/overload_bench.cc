// overload_bench ECHO_SERVER: goodput of a server process under more load than
// it can carry. Handlers burn 1 ms of CPU; callers come at random (open loop)
// and wait 500 ms at most. The load generator shares the machine.
#include <fcntl.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "storage/mutex.h"
#include "testing/echo.grpc.pb.h"

extern char** environ;  // NOLINT: POSIX names it so.

namespace heimweg::server::testing {
namespace {

constexpr uint32_t kSpinUs = 1000;
constexpr absl::Duration kDeadline = absl::Milliseconds(500);
constexpr size_t kChannels = 4;
constexpr size_t kCallers = 16;

using Stubs = std::vector<std::unique_ptr<EchoService::Stub>>;

struct Outcome {
  int offered = 0;
  std::atomic<int> shed = 0;
  std::atomic<int> late = 0;
  std::atomic<int> other = 0;
  storage::Mutex mutex;
  std::vector<double> accepted_ms ABSL_GUARDED_BY(mutex);
};

struct OneCall {
  grpc::ClientContext context;
  EchoRequest request;
  EchoResponse response;
  absl::Time start = absl::Now();
};

void Count(const grpc::Status& status, absl::Duration took, Outcome& outcome) {
  switch (status.error_code()) {
    case grpc::StatusCode::OK: {
      storage::MutexLock lock(outcome.mutex);
      outcome.accepted_ms.push_back(absl::ToDoubleMilliseconds(took));
      return;
    }
    case grpc::StatusCode::UNAVAILABLE:
      ++outcome.shed;
      return;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      ++outcome.late;
      return;
    default:
      ++outcome.other;
  }
}

// Offers `rate` calls per second for `time` and waits for all answers.
void Offer(const Stubs& stubs, double rate, absl::Duration time,
           Outcome& outcome) {
  std::mt19937_64 random(7);
  std::exponential_distribution<double> gap(rate);
  std::atomic<int> open = 0;
  const absl::Time start = absl::Now();
  absl::Time next = start;
  while (next < start + time) {
    absl::SleepFor(next - absl::Now());
    next += absl::Seconds(gap(random));
    auto call = std::make_shared<OneCall>();
    call->context.set_deadline(absl::ToChronoTime(call->start + kDeadline));
    call->request.set_spin_us(kSpinUs);
    ++open;
    stubs[static_cast<size_t>(outcome.offered++) % stubs.size()]->async()->Echo(
        &call->context, &call->request, &call->response,
        [call, &outcome, &open](const grpc::Status& status) {
          Count(status, absl::Now() - call->start, outcome);
          --open;
        });
  }
  while (open > 0) {
    absl::SleepFor(absl::Milliseconds(1));
  }
}

// Calls per second that callers get who each wait for their answer: enough of
// them to keep every worker busy, few enough that none is refused.
double Peak(const Stubs& stubs, absl::Duration time) {
  std::atomic<int> answered = 0;
  const absl::Time end = absl::Now() + time;
  std::vector<std::thread> callers;
  for (size_t i = 0; i < kCallers; ++i) {
    callers.emplace_back([&, stub = stubs[i % stubs.size()].get()] {
      while (absl::Now() < end) {
        OneCall call;
        call.request.set_spin_us(kSpinUs);
        answered += stub->Echo(&call.context, call.request, &call.response).ok()
                        ? 1
                        : 0;
      }
    });
  }
  for (std::thread& caller : callers) {
    caller.join();
  }
  return answered / absl::ToDoubleSeconds(time);
}

double Quantile(std::vector<double>& sorted, double q) {
  return sorted.empty() ? 0
                        : sorted[static_cast<size_t>(
                              q * static_cast<double>(sorted.size() - 1))];
}

void Measure(const Stubs& stubs, double peak, double factor) {
  constexpr absl::Duration kTime = absl::Seconds(8);
  Outcome outcome;
  Offer(stubs, peak * factor, kTime, outcome);
  storage::MutexLock lock(outcome.mutex);
  std::vector<double>& accepted = outcome.accepted_ms;
  std::sort(accepted.begin(), accepted.end());
  const double seconds = absl::ToDoubleSeconds(kTime);
  const double goodput = static_cast<double>(accepted.size()) / seconds;
  std::printf(
      "%3.1fx  offered %6.0f/s  goodput %5.0f/s (%3.0f %% of peak)  shed %6d  "
      "late %d  other %d  accepted p50 %5.1f p99 %5.1f ms\n",
      factor, outcome.offered / seconds, goodput, 100 * goodput / peak,
      outcome.shed.load(), outcome.late.load(), outcome.other.load(),
      Quantile(accepted, 0.5), Quantile(accepted, 0.99));
}

// Resident memory of a process in MB, as /proc tells it.
double ResidentMb(pid_t pid) {
  const std::string path = "/proc/" + std::to_string(pid) + "/statm";
  std::FILE* const file = std::fopen(path.c_str(), "r");
  std::array<char, 128> line{};
  const char* const got =
      std::fgets(line.data(), static_cast<int>(line.size()), file);
  std::fclose(file);
  const std::vector<std::string> fields =
      absl::StrSplit(got == nullptr ? "" : got, ' ');
  int64_t pages = 0;
  if (fields.size() < 2 || !absl::SimpleAtoi(fields[1], &pages)) {
    return 0;
  }
  return static_cast<double>(pages * getpagesize()) / 1e6;
}

int Main(int argc, char** argv) {
  std::vector<char*> server(argv + 1, argv + argc);
  if (server.empty()) {
    std::fprintf(stderr, "usage: overload_bench ECHO_SERVER [FLAGS…]\n");
    return 2;
  }
  std::array<std::string, 2> flags = {"--listen=127.0.0.1:50951",
                                      "--metrics-listen=off"};
  server.push_back(flags[0].data());
  server.push_back(flags[1].data());
  server.push_back(nullptr);
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY,
                                   0);
  pid_t pid = 0;
  if (posix_spawn(&pid, server[0], &quiet, nullptr, server.data(), environ) !=
      0) {
    std::fprintf(stderr, "cannot start %s\n", server[0]);
    return 1;
  }
  Stubs stubs;
  for (size_t i = 0; i < kChannels; ++i) {
    grpc::ChannelArguments args;
    args.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    const auto channel = grpc::CreateCustomChannel(
        "127.0.0.1:50951", grpc::InsecureChannelCredentials(), args);
    channel->WaitForConnected(
        absl::ToChronoTime(absl::Now() + absl::Seconds(10)));
    stubs.push_back(EchoService::NewStub(channel));
  }
  const double peak = Peak(stubs, absl::Seconds(5));
  std::printf("peak, closed loop: %.0f/s\n", peak);
  for (const double factor : {0.5, 1.2, 2.4, 4.7}) {
    Measure(stubs, peak, factor);
  }
  std::printf("server's memory: %.0f MB\n", ResidentMb(pid));
  kill(pid, SIGTERM);
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1;
}

}  // namespace
}  // namespace heimweg::server::testing

int main(int argc, char** argv) {
  return heimweg::server::testing::Main(argc, argv);
}
