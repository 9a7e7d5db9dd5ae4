// What is the same in the requests of all kinds: who asks for which change, a
// network, a name, a page.
#ifndef HEIMWEG_SERVICES_OFFERS_REQUEST_CHECKS_H_
#define HEIMWEG_SERVICES_OFFERS_REQUEST_CHECKS_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "services/server/call.h"
#include "services/server/field_checks.h"
#include "storage/requests.h"

namespace heimweg::offers {

// Bytes of one answer or message: below what gRPC clients accept (4 MiB) and
// what our contract promises (1 MiB for a message of Import or Watch).
inline constexpr size_t kMostPageBytes = 2 << 20;
inline constexpr size_t kMostMessageBytes = 1 << 20;

// Offers in one request of BatchGet or Import, or one message of Watch.
inline constexpr int kMostPerMessage = 256;

// A request for a change, as RequestLog remembers it.
struct RequestKey {
  std::string caller;
  std::string method;
  std::string id;    // Empty: repetitions are not recognised.
  std::string body;  // Deterministic bytes without the id.

  storage::RequestId View() const { return {caller, method, id, body}; }
};

// `method` as in "CreateJob".
template <typename Request>
RequestKey KeyOf(const server::Call& call, absl::string_view method,
                 const Request& request) {
  RequestKey key;
  if (request.request_id().empty()) return key;
  key.caller = call.caller.id;
  key.method = std::string(method);
  key.id = request.request_id();
  Request body = request;
  body.clear_request_id();
  key.body = body.SerializeAsString();
  return key;
}

// What a page token belongs to: the request but for its page.
template <typename Request>
std::string QueryOf(Request request) {
  request.clear_page_token();
  request.clear_page_size();
  return request.SerializeAsString();
}

// A violation of "request_id" unless it is empty or a UUID.
void CheckRequestId(absl::string_view request_id, server::FieldChecks& checks);

// The network of `parent`; nullopt and a violation of "parent" if it is none.
// "networks/-" only where `any` says so.
std::optional<std::string> CheckParent(absl::string_view parent, bool any,
                                       server::FieldChecks& checks);

// The key of the offer with this name; nullopt and a violation of `field` if it
// is none.
std::optional<std::string> CheckName(const server::Field& field,
                                     absl::string_view collection,
                                     absl::string_view name,
                                     server::FieldChecks& checks);

// How many offers a page of this page_size has at most; a violation of
// "page_size" if it is negative.
int CheckPageSize(int page_size, server::FieldChecks& checks);

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_REQUEST_CHECKS_H_
