// Ask: one unary call with the session's deadline and retries.
#ifndef HEIMWEG_CLIENTS_CLI_ASK_H_
#define HEIMWEG_CLIENTS_CLI_ASK_H_

#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include "absl/status/statusor.h"
#include "clients/cli/session.h"

namespace heimweg::cli {

// Calls a method of a service of the target `reference`, e.g.
// AskReference<PlaceService>(session, request,
//                            &PlaceService::Stub::LookupPlace).
template <typename Service, typename Request, typename Response>
absl::StatusOr<Response> AskReference(
    Session& session, const Request& request,
    grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Request&,
                                          Response*)) {
  const auto stub = Service::NewStub(session.Channel(Area::kReference));
  Response response;
  const absl::Status status =
      session.Call(Area::kReference, [&](grpc::ClientContext& context) {
        return ((*stub).*method)(&context, request, &response);
      });
  if (!status.ok()) return status;
  return response;
}

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_ASK_H_
