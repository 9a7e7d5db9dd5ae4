// The one place where absl::Status becomes grpc::Status and back.
#ifndef HEIMWEG_SERVICES_SERVER_STATUS_H_
#define HEIMWEG_SERVICES_SERVER_STATUS_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace heimweg::server {

// What the client gets: the code, the message and, in grpc-status-details-bin,
// a google.rpc.Status with the details of errors.h, an ErrorInfo always and a
// RetryInfo (100 ms unless given) for UNAVAILABLE.
// INTERNAL, UNKNOWN and DATA_LOSS keep their code only: see IsHidden.
grpc::Status ToGrpc(const absl::Status& status);

// What a peer answered, details included: ToGrpc's inverse.
absl::Status FromGrpc(const grpc::Status& status);

// True for the codes whose text tells about the inside: it belongs into the
// log, not to the client.
bool IsHidden(absl::StatusCode code);

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_STATUS_H_
