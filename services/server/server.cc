#include "services/server/server.h"

#include <grpc/support/log.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <sched.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/server/address.h"
#include "services/server/thread_policy.h"

namespace heimweg::server {
namespace {

using storage::MutexLock;

int Millis(absl::Duration duration) {
  return static_cast<int>(absl::ToInt64Milliseconds(duration));
}

// What keeps slow, idle and hostile connections cheap.
void SetLimits(const ServerOptions& options, grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(options.receive_limit_bytes);
  const auto set = [&](const char* name, int value) {
    builder.AddChannelArgument(name, value);
  };
  // A second server on this port must fail, not share it.
  set(GRPC_ARG_ALLOW_REUSEPORT, 0);
  set(GRPC_ARG_MAX_CONCURRENT_STREAMS, options.concurrent_calls);
  set(GRPC_ARG_MAX_METADATA_SIZE, 8 << 10);
  set("grpc.server_handshake_timeout_ms", Millis(absl::Seconds(5)));
  set(GRPC_ARG_MAX_CONNECTION_IDLE_MS, Millis(absl::Minutes(5)));
  // Finds peers that vanished, so that their streams do not stay for ever.
  set(GRPC_ARG_KEEPALIVE_TIME_MS, Millis(absl::Minutes(1)));
  set(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, Millis(absl::Seconds(20)));
  set(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
      Millis(absl::Seconds(10)));
  set(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 2);
  // Only reflection uses the synchronous API: few threads do.
  using Sync = grpc::ServerBuilder::SyncServerOption;
  builder.SetSyncServerOption(Sync::NUM_CQS, 1);
  builder.SetSyncServerOption(Sync::MIN_POLLERS, 1);
  builder.SetSyncServerOption(Sync::MAX_POLLERS, 2);
}

// Threads that gRPC starts meanwhile inherit SCHED_BATCH: such a thread takes a
// free core at once as any other, but does not drive a worker from its core in
// the midst of a call; its turn comes after a slice of some milliseconds at the
// latest. Every call wakes them several times.
class ThreadsOfGrpc {
 public:
  ThreadsOfGrpc() : before_(sched_getscheduler(0)) {
    if (before_ == SCHED_OTHER) SetThreadPolicy(SCHED_BATCH);
  }
  ~ThreadsOfGrpc() {
    if (before_ == SCHED_OTHER) SetThreadPolicy(SCHED_OTHER);
  }
  ThreadsOfGrpc(const ThreadsOfGrpc&) = delete;
  ThreadsOfGrpc& operator=(const ThreadsOfGrpc&) = delete;

 private:
  const int before_;
};

// gRPC's own lines are not structured and may hold addresses of peers.
void SilenceGrpc() {
  gpr_set_log_function([](gpr_log_func_args*) {});
}

// Null if it cannot listen.
std::unique_ptr<grpc::Server> Build(const ServerOptions& options,
                                    const std::vector<NamedService>& services,
                                    int& port) {
  const ThreadsOfGrpc threads;
  SilenceGrpc();
  grpc::EnableDefaultHealthCheckService(true);
  if (options.reflection) {
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  }
  grpc::ServerBuilder builder;
  SetLimits(options, builder);
  for (const NamedService& service : services) {
    builder.RegisterService(service.service);
  }
  builder.AddListeningPort(options.listen, grpc::InsecureServerCredentials(),
                           &port);
  return builder.BuildAndStart();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    const ServerOptions& options, const std::vector<NamedService>& services,
    Edge& edge, Log& log) {
  std::unique_ptr<Server> server(new Server(options, edge, log));
  const absl::Status listening = server->Listen(services);
  if (!listening.ok()) {
    return listening;
  }
  return server;
}

Server::Server(const ServerOptions& options, Edge& edge, Log& log)
    : options_(options), edge_(edge), log_(log) {}

Server::~Server() { Drain(); }

absl::Status Server::Listen(const std::vector<NamedService>& services) {
  absl::StatusOr<Address> address = ParseAddress(options_.listen);
  if (!address.ok()) {
    return address.status();
  }
  if (!address->is_local() && !options_.allow_remote) {
    return absl::PermissionDeniedError(absl::StrCat(
        "will not listen on ", options_.listen,
        ": not a loopback address, and there are no credentials yet "
        "(--allow-remote makes every client the operator)"));
  }
  int port = 0;
  server_ = Build(options_, services, port);
  if (server_ == nullptr) {
    const absl::Status why = TryToBind(*address);
    return why.ok() ? absl::UnavailableError(absl::StrCat("cannot listen on ",
                                                          address->ToString()))
                    : why;
  }
  port_ = address->is_unix() ? 0 : port;
  address->port = port_;
  address_ = address->ToString();
  MutexLock lock(mutex_);
  for (const NamedService& service : services) {
    serving_[service.name] = true;
  }
  ReportHealth();
  if (options_.probe_interval > absl::ZeroDuration()) {
    probe_ = std::make_unique<SelfProbe>(
        address_, options_.probe_interval, [this](const absl::Status& why) {
          RequestRestart(absl::StrCat("self-probe: ", why.message()));
        });
  }
  return absl::OkStatus();
}

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  return server_->InProcessChannel(grpc::ChannelArguments());
}

void Server::SetServing(const std::string& service, bool serving) {
  MutexLock lock(mutex_);
  serving_[service] = serving;
  ReportHealth();
}

void Server::ReportHealth() {
  grpc::HealthCheckServiceInterface* const health =
      server_->GetHealthCheckService();
  bool all = !restart_;
  for (const auto& [name, serving] : serving_) {
    health->SetServingStatus(name, serving && !restart_);
    all = all && serving;
  }
  health->SetServingStatus("", all);
}

void Server::RequestRestart(absl::string_view reason) {
  log_.Error("restart needed", {{"reason", reason}});
  {
    MutexLock lock(mutex_);
    restart_ = true;
    if (!draining_) {
      ReportHealth();
    }
  }
  stop_.Ring();
}

void Server::RequestStop() { stop_.Ring(); }

int Server::Run(const std::function<void()>& before_drain) {
  stop_.Wait();
  log_.Info("draining");
  StopSignals::Release();
  server_->GetHealthCheckService()->SetServingStatus(false);
  if (before_drain) before_drain();
  Drain();
  log_.Info("drained");
  MutexLock lock(mutex_);
  return restart_ ? kExitRestart : 0;
}

void Server::Drain() {
  {
    MutexLock lock(mutex_);
    if (draining_ || server_ == nullptr) {
      return;
    }
    draining_ = true;
    server_->GetHealthCheckService()->Shutdown();
  }
  probe_.reset();
  edge_.CloseStreams();
  server_->Shutdown(absl::ToChronoTime(absl::Now() + options_.drain_grace));
  edge_.Stop();
}

}  // namespace heimweg::server
