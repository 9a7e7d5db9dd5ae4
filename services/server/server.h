// Server: a listening gRPC server with health, reflection and a drain: from
// "these services, this address" to an exit code.
#ifndef HEIMWEG_SERVICES_SERVER_SERVER_H_
#define HEIMWEG_SERVICES_SERVER_SERVER_H_

#include <grpcpp/channel.h>
#include <grpcpp/server.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/server/edge.h"
#include "services/server/log.h"
#include "services/server/self_probe.h"
#include "services/server/signals.h"
#include "storage/mutex.h"

namespace heimweg::server {

// Exit codes of Run; 0 is an ordinary end.
inline constexpr int kExitRestart = 75;  // A supervisor should start us again.

struct ServerOptions {
  // host:port or unix:path; port 0 takes a free one. A host that is not
  // loopback needs allow_remote: without credentials every client is the
  // operator.
  std::string listen = "127.0.0.1:50051";
  bool allow_remote = false;

  // Per connection, long-lived streams included. The measured 32 suits unary
  // calls; a peer that also holds watches needs room beside them.
  int concurrent_calls = 100;

  int receive_limit_bytes = 4 << 20;  // One request message.
  bool reflection = true;

  // How long calls that are under way may take when the server drains.
  absl::Duration drain_grace = absl::Seconds(10);

  // How often the server connects to itself anew; zero: never. gRPC 1.51 may
  // stop accepting after it ran out of file descriptors: three failures in a
  // row end the process for a restart.
  absl::Duration probe_interval = absl::Seconds(3);
};

struct NamedService {
  std::string name;  // Full name, "heimweg.jobs.v1.JobService": for health.
  grpc::Service* service;
};

// To be called first in main, before any thread starts: keeps SIGTERM and
// SIGINT for Server::Run, ignores SIGPIPE, raises the limit of open files to
// what is allowed, and lets gRPC's locks look for no deadlocks.
void PrepareProcess();

// Thread-safe.
class Server {
 public:
  // Listens and serves. Every service starts SERVING unless SetServing says
  // otherwise. `edge`, `log` and the services outlive this.
  // INVALID_ARGUMENT: the address; UNAVAILABLE: it is in use;
  // PERMISSION_DENIED: not loopback and not allowed. The message is one line
  // for the operator.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const ServerOptions& options, const std::vector<NamedService>& services,
      Edge& edge, Log& log);

  // Drains.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The port that is listened on; 0 for a unix socket.
  int port() const { return port_; }

  // What a client on this machine dials: the address with its actual port.
  const std::string& address() const { return address_; }

  // A channel to this server that does not leave the process. Let go of it
  // before the server ends.
  std::shared_ptr<grpc::Channel> InProcessChannel();

  // Health of one service; the whole (service "") serves while all of them do.
  // Ignored once the server drains.
  void SetServing(const std::string& service, bool serving)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // For faults that only a restart heals (a store that latched an error): at
  // once NOT_SERVING, then Run drains and returns kExitRestart. `reason` goes
  // to the log. Any thread; does not block.
  void RequestRestart(absl::string_view reason) ABSL_LOCKS_EXCLUDED(mutex_);

  // Ends Run with 0, as SIGTERM does.
  void RequestStop();

  // Waits for SIGTERM, SIGINT, RequestStop or RequestRestart, drains, and
  // returns the exit code. A second signal during the drain ends the process.
  // `before_drain` runs when health says NOT_SERVING already and calls are
  // still answered: who calls this server from within lets go of its channels
  // there.
  int Run(const std::function<void()>& before_drain = {});

  // NOT_SERVING, then streams closed with UNAVAILABLE, then no new calls; waits
  // until those under way are answered, at most drain_grace, then cancels them;
  // then ends the edge's workers. Once; later calls wait for nothing.
  void Drain() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  Server(const ServerOptions& options, Edge& edge, Log& log);

  absl::Status Listen(const std::vector<NamedService>& services);
  void ReportHealth() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const ServerOptions options_;
  Edge& edge_;
  Log& log_;
  int port_ = 0;
  std::string address_;
  StopSignals stop_;

  storage::Mutex mutex_;
  std::map<std::string, bool> serving_ ABSL_GUARDED_BY(mutex_);
  bool restart_ ABSL_GUARDED_BY(mutex_) = false;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;

  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<SelfProbe> probe_;
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_SERVER_H_
