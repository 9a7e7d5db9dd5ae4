// EchoService: a service with one method of each shape, whose handlers tests
// replace.
#ifndef HEIMWEG_SERVICES_SERVER_TESTING_ECHO_SERVICE_H_
#define HEIMWEG_SERVICES_SERVER_TESTING_ECHO_SERVICE_H_

#include <chrono>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/server/edge.h"
#include "testing/echo.grpc.pb.h"

namespace heimweg::server::testing {

inline constexpr char kEchoName[] = "heimweg.server.testing.EchoService";

// Burns the time asked for, polling for cancellation, and answers.
inline absl::Status EchoText(const Call& call, const EchoRequest& request,
                             EchoResponse* response) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::microseconds(request.spin_us());
  while (Clock::now() < end) {
    if (call.IsCancelled()) {
      return absl::CancelledError("the client has gone");
    }
  }
  response->set_text(request.text());
  if (response->text().size() < request.answer_bytes()) {
    response->mutable_text()->resize(request.answer_bytes(), '.');
  }
  return absl::OkStatus();
}

// Handlers are set before the first call. Thread-safe then.
class EchoEdge final : public EchoService::CallbackService {
 public:
  using ImportDone = std::function<void(absl::StatusOr<EchoResponse>)>;

  explicit EchoEdge(Edge& edge) : edge_(edge) {}

  std::function<absl::Status(const Call&, const EchoRequest&, EchoResponse*)>
      echo = EchoText;
  std::function<void(const Call&, const EchoRequest&, EchoResponse*, Done)>
      store = [](const Call& call, const EchoRequest& request,
                 EchoResponse* response,
                 const Done& done) { done(EchoText(call, request, response)); };
  std::function<absl::StatusOr<std::unique_ptr<Source<EchoResponse>>>(
      const Call&, const EchoRequest&, Wake)>
      watch;
  std::function<void(const Call&, const EchoRequest&, ImportDone)> import;

  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context,
                                 const EchoRequest* request,
                                 EchoResponse* response) override {
    return edge_.Unary(context, "heimweg.server.testing.EchoService/Echo",
                       request, response, echo);
  }

  grpc::ServerUnaryReactor* Store(grpc::CallbackServerContext* context,
                                  const EchoRequest* request,
                                  EchoResponse* response) override {
    return edge_.Unary(context, "heimweg.server.testing.EchoService/Store",
                       request, response, store);
  }

  grpc::ServerWriteReactor<EchoResponse>* Watch(
      grpc::CallbackServerContext* context,
      const EchoRequest* request) override {
    return edge_.Watch<EchoResponse>(
        context, "heimweg.server.testing.EchoService/Watch", request, watch);
  }

  grpc::ServerBidiReactor<EchoRequest, EchoResponse>* Import(
      grpc::CallbackServerContext* context) override {
    return edge_.Import<EchoRequest, EchoResponse>(
        context, "heimweg.server.testing.EchoService/Import", import);
  }

 private:
  Edge& edge_;
};

}  // namespace heimweg::server::testing

#endif  // HEIMWEG_SERVICES_SERVER_TESTING_ECHO_SERVICE_H_
