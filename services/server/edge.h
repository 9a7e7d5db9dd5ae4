// Edge: the one adaptor between gRPC's callback API and our handlers.
//
//   unary call -> admission line (bounded) -> worker -> straight-line handler
//   stream     -> callback reactor, holds no worker; its steps run on workers
//
// A typed service method only forwards:
//
//   grpc::ServerUnaryReactor* GetJob(grpc::CallbackServerContext* context,
//                                    const GetJobRequest* request,
//                                    Job* response) override {
//     return edge_.Unary(context, "heimweg.jobs.v1.JobService/GetJob", request,
//                        response, [this](const Call& call, auto& request,
//                                         Job* job) { … });
//   }
//
// Calls through Server::InProcessChannel take the same way. A handler must not
// wait on a worker for an answer of a service of the same process, which needs
// a worker itself; what calls other services does so from threads of its own
// or finishes later through its Done.
#ifndef HEIMWEG_SERVICES_SERVER_EDGE_H_
#define HEIMWEG_SERVICES_SERVER_EDGE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/server/call.h"
#include "services/server/import_stream.h"
#include "services/server/log.h"
#include "services/server/metrics.h"
#include "services/server/open_call.h"
#include "services/server/source.h"
#include "services/server/streams.h"
#include "services/server/watch_stream.h"
#include "services/server/work_queue.h"

namespace heimweg::server {

struct EdgeOptions {
  int workers = 0;          // 0: as many as there are cores.
  int queue_limit = 32;     // Calls that wait for a worker; 1 to 10,000.
  int stream_limit = 1024;  // Open streams; 1 to 100,000.
};

// What a handler calls when its answer is final, from any thread, once: a
// write hands it to the store, whose commit thread calls it, so that no worker
// waits for the disk. Until then the call, the request and the response live.
using Done = std::function<void(absl::Status)>;

// Thread-safe.
class Edge {
 public:
  // `metrics` and `log` outlive this.
  Edge(const EdgeOptions& options, Metrics& metrics, Log& log);
  ~Edge();
  Edge(const Edge&) = delete;
  Edge& operator=(const Edge&) = delete;

  // Carries a unary method. `handler` is either
  //   absl::Status(const Call&, const Request&, Response*)        or
  //   void(const Call&, const Request&, Response*, Done).
  // It is not called if the call has expired or was cancelled while it waited;
  // a full line answers UNAVAILABLE with a retry hint at once. `method` is a
  // literal, "package.Service/Method".
  template <typename Request, typename Response, typename Handler>
  grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext* context,
                                  const char* method, const Request* request,
                                  Response* response, Handler handler) {
    return Admit(
        context, method,
        [request, response, handler = std::move(handler)](const Call& call,
                                                          Done done) {
          if constexpr (std::is_invocable_v<const Handler&, const Call&,
                                            const Request&, Response*, Done>) {
            handler(call, *request, response, std::move(done));
          } else {
            done(handler(call, *request, response));
          }
        });
  }

  // Carries a server stream. `open` makes its source, on a worker:
  //   absl::StatusOr<std::unique_ptr<Source<Response>>>(
  //       const Call&, const Request&, Wake)
  // The source, which may keep references to the call and the request, is
  // pulled as fast as the client reads, and after each Wake. When the server
  // drains, the stream ends with UNAVAILABLE.
  template <typename Response, typename Request, typename Open>
  grpc::ServerWriteReactor<Response>* Watch(
      grpc::CallbackServerContext* context, const char* method,
      const Request* request, Open open) {
    auto stream = std::make_unique<WatchStream<Response>>(
        streams_, MakeCall(context, method),
        [request, open = std::move(open)](const Call& call, Wake wake) {
          return open(call, *request, std::move(wake));
        });
    return Enter(std::move(stream));
  }

  // Carries a bidirectional stream that answers each request in order:
  //   void(const Call&, Request,
  //        std::function<void(absl::StatusOr<Response>)> done)
  // `handler` is called for one request after the other, never two at once; it
  // may be called for the next ones (at most kImportWindow are under way)
  // before the last `done` was called. The first error ends the stream, when
  // the answers before it have been sent; later requests that were handed over
  // already are carried out without an answer. When the server drains, what is
  // under way is answered and the stream ends with UNAVAILABLE.
  template <typename Request, typename Response, typename Handler>
  grpc::ServerBidiReactor<Request, Response>* Import(
      grpc::CallbackServerContext* context, const char* method,
      Handler handler) {
    auto stream = std::make_unique<ImportStream<Request, Response>>(
        streams_, MakeCall(context, method), std::move(handler));
    return Enter(std::move(stream));
  }

  // Ends all streams with UNAVAILABLE; new ones get the same.
  void CloseStreams() { streams_.CloseAll(); }

  // Runs what waits, then ends the workers; calls that come later are refused.
  // When this returns no handler runs on a worker.
  void Stop() { queue_.Stop(); }

 private:
  using Body = std::function<void(const Call&, Done)>;

  grpc::ServerUnaryReactor* Admit(grpc::CallbackServerContext* context,
                                  const char* method, Body body);
  std::unique_ptr<OpenCall> MakeCall(grpc::CallbackServerContext* context,
                                     const char* method);

  // Registers and starts the stream; one that may not enter is answered and
  // deletes itself.
  template <typename Reactor>
  Reactor* Enter(std::unique_ptr<Reactor> reactor) {
    Reactor* const raw = reactor.get();
    std::unique_ptr<Stream> stream = std::move(reactor);
    const absl::Status entered = streams_.Add(stream);
    if (entered.ok()) {
      raw->Start();
    } else {
      stream.release();  // NOLINT(bugprone-unused-return-value): OnDone owns it
      raw->Refuse(entered);
    }
    return raw;
  }

  Metrics& metrics_;
  Log& log_;
  const std::string id_prefix_;
  std::atomic<uint32_t> next_id_ = 0;
  WorkQueue queue_;
  Streams streams_;
  std::vector<Metrics::Series> series_;
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_EDGE_H_
