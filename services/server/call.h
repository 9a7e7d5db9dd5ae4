// Call: what a handler knows about the call that it serves, beside the request.
// Free of gRPC, so that tests call handlers directly with `Call{}`: the
// operator asks, without a deadline.
#ifndef HEIMWEG_SERVICES_SERVER_CALL_H_
#define HEIMWEG_SERVICES_SERVER_CALL_H_

#include <functional>
#include <string>

#include "absl/time/time.h"
#include "services/server/caller.h"

namespace heimweg::server {

// Lives until the call is answered: until the handler returns or, where the
// handler gets a Done, until it has called that. Thread-compatible.
struct Call {
  Caller caller;

  // Names this call in the log and, as trailing metadata `x-request-id`, to the
  // client. Not the request_id of a mutation's body.
  std::string request_id;

  // The trace id of the client's W3C `traceparent`, 32 hexadecimal digits;
  // empty if it sent none.
  std::string trace_id;

  // The client's `accept-language` as it was sent, cut at 64 characters; empty
  // if it sent none.
  std::string accept_language;

  // When the client stops waiting. A handler that calls another service passes
  // it on.
  absl::Time deadline = absl::InfiniteFuture();

  // Whether the client has gone; empty: never. Use IsCancelled().
  std::function<bool()> cancelled;

  // True when nobody waits for the answer any more. Long work asks at least
  // every 50 ms and then returns absl::CancelledError.
  bool IsCancelled() const { return cancelled && cancelled(); }
};

}  // namespace heimweg::server

#endif  // HEIMWEG_SERVICES_SERVER_CALL_H_
