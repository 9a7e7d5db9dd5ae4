// TestServer: a real server on a free port of loopback for tests of typed
// services. Its log is kept, its metrics are not exposed.
//
//   TestServer server;
//   JobEdge jobs(server.edge(), …);
//   server.Start({{"heimweg.jobs.v1.JobService", &jobs}});
//   auto stub = JobService::NewStub(server.channel());
//   …
//   server.Stop();  // before `jobs` goes
#ifndef HEIMWEG_SERVICES_SERVER_TESTING_TEST_SERVER_H_
#define HEIMWEG_SERVICES_SERVER_TESTING_TEST_SERVER_H_

#include <grpcpp/channel.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "services/server/edge.h"
#include "services/server/log.h"
#include "services/server/metrics.h"
#include "services/server/server.h"
#include "storage/mutex.h"

namespace heimweg::server::testing {

// Thread-safe.
class TestServer {
 public:
  explicit TestServer(EdgeOptions edge = {}, ServerOptions options = {})
      : options_(std::move(options)),
        log_(std::make_unique<Log>(Level::kDebug,
                                   [this](absl::string_view line) {
                                     storage::MutexLock lock(mutex_);
                                     lines_.emplace_back(line);
                                   })),
        edge_(edge, metrics_, *log_) {
    options_.listen = "127.0.0.1:0";
    options_.probe_interval = absl::ZeroDuration();
  }

  Edge& edge() { return edge_; }
  Metrics& metrics() { return metrics_; }

  // Ends the process where nothing can be served.
  void Start(const std::vector<NamedService>& services) {
    auto server = Server::Start(options_, services, edge_, *log_);
    if (!server.ok()) {
      std::fprintf(stderr, "%s\n", server.status().ToString().c_str());
      std::abort();
    }
    server_ = *std::move(server);
  }

  Server& server() { return *server_; }

  // A new connection each time.
  std::shared_ptr<grpc::Channel> channel() {
    grpc::ChannelArguments args;
    args.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(server_->address(),
                                     grpc::InsecureChannelCredentials(), args);
  }

  // Drains. No channel() is needed afterwards.
  void Stop() { server_.reset(); }

  // Drains and ends the log; all its lines.
  std::vector<std::string> StopAndReadLog() {
    Stop();
    log_.reset();
    storage::MutexLock lock(mutex_);
    return lines_;
  }

 private:
  ServerOptions options_;
  storage::Mutex mutex_;
  std::vector<std::string> lines_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<Log> log_;
  Metrics metrics_;
  Edge edge_;
  std::unique_ptr<Server> server_;
};

}  // namespace heimweg::server::testing

#endif  // HEIMWEG_SERVICES_SERVER_TESTING_TEST_SERVER_H_
