#include "services/server/self_probe.h"

#include <grpc/health/v1/health.grpc.pb.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace heimweg::server {

using storage::MutexLock;

absl::Status ProbeOnce(const std::string& address, absl::Duration timeout) {
  grpc::ChannelArguments args;
  // A pool of its own: no connection of an earlier probe is used again.
  args.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  args.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  const auto health =
      grpc::health::v1::Health::NewStub(grpc::CreateCustomChannel(
          address, grpc::InsecureChannelCredentials(), args));
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  grpc::health::v1::HealthCheckResponse response;
  const grpc::Status status = health->Check(&context, {}, &response);
  if (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED ||
      status.error_code() == grpc::StatusCode::UNAVAILABLE) {
    return absl::UnavailableError(
        absl::StrCat("no answer over a new connection within ",
                     absl::FormatDuration(timeout)));
  }
  return absl::OkStatus();
}

SelfProbe::SelfProbe(std::string address, absl::Duration interval,
                     std::function<void(const absl::Status&)> on_dead)
    : address_(std::move(address)),
      interval_(interval),
      on_dead_(std::move(on_dead)),
      thread_([this] { Run(); }) {}

SelfProbe::~SelfProbe() {
  {
    MutexLock lock(mutex_);
    stopped_ = true;
  }
  changed_.NotifyAll();
  thread_.join();
}

void SelfProbe::Run() {
  constexpr absl::Duration kTimeout = absl::Seconds(2);
  int failures = 0;
  while (!StoppedWithin(interval_)) {
    const absl::Status alive = ProbeOnce(address_, kTimeout);
    failures = alive.ok() ? 0 : failures + 1;
    if (failures == kFailuresInARow) {
      on_dead_(alive);
      return;
    }
  }
}

bool SelfProbe::StoppedWithin(absl::Duration time) {
  const absl::Time until = absl::Now() + time;
  MutexLock lock(mutex_);
  while (!stopped_ && absl::Now() < until) {
    changed_.WaitFor(mutex_, until - absl::Now());
  }
  return stopped_;
}

}  // namespace heimweg::server
