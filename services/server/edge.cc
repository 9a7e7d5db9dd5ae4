#include "services/server/edge.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <thread>

#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "services/server/errors.h"
#include "services/server/once.h"

namespace heimweg::server {
namespace {

constexpr absl::Duration kRetryWhenBusy = absl::Milliseconds(100);

int Workers(int asked) {
  const unsigned cores = std::thread::hardware_concurrency();
  return asked > 0 ? asked : static_cast<int>(std::max(cores, 1U));
}

// Tells the request ids of one process start from another's.
std::string RandomPrefix() {
  std::random_device random;
  return absl::StrFormat("%08x", static_cast<uint32_t>(random()));
}

}  // namespace

Edge::Edge(const EdgeOptions& options, Metrics& metrics, Log& log)
    : metrics_(metrics),
      log_(log),
      id_prefix_(RandomPrefix()),
      queue_(Workers(options.workers), options.queue_limit),
      streams_(queue_, static_cast<size_t>(options.stream_limit)) {
  series_ = {
      metrics.AddGauge(
          "heimweg_waiting_calls", "Calls that wait for a worker.", {},
          [this] { return static_cast<double>(queue_.waiting_calls()); }),
      metrics.AddGauge(
          "heimweg_waiting_steps", "Steps of streams that wait for a worker.",
          {}, [this] { return static_cast<double>(queue_.waiting_steps()); }),
      metrics.AddCounter(
          "heimweg_shed_calls_total",
          "Calls refused because too many were waiting.", {},
          [this] { return static_cast<double>(queue_.refused_calls()); }),
      metrics.AddGauge("heimweg_open_streams",
                       "Server and bidirectional streams.", {},
                       [this] { return static_cast<double>(streams_.size()); }),
  };
}

Edge::~Edge() {
  series_.clear();
  Stop();
}

std::unique_ptr<OpenCall> Edge::MakeCall(grpc::CallbackServerContext* context,
                                         const char* method) {
  return std::make_unique<OpenCall>(
      context, method,
      absl::StrFormat("%s%08x", id_prefix_, next_id_.fetch_add(1)), metrics_,
      log_);
}

grpc::ServerUnaryReactor* Edge::Admit(grpc::CallbackServerContext* context,
                                      const char* method, Body body) {
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  const std::shared_ptr<OpenCall> call = MakeCall(context, method);
  // gRPC may free the context as soon as Finish is called.
  const Done done = Once<absl::Status>([call, reactor](absl::Status status) {
    reactor->Finish(call->Answer(status));
  });
  const bool admitted = queue_.TryAddCall([call, done, body = std::move(body)] {
    absl::Status wanted = call->StillWanted();
    if (wanted.ok()) {
      body(call->call(), done);
    } else {
      done(std::move(wanted));
    }
  });
  if (!admitted) {
    done(WithReason(Unavailable("the server is busy", kRetryWhenBusy),
                    "OVERLOAD"));
  }
  return reactor;
}

}  // namespace heimweg::server
