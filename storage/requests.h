// RequestLog: remembers for a day which result a request id led to (AIP-155),
// so that a repeated request is answered again and not applied again.
#ifndef HEIMWEG_STORAGE_REQUESTS_H_
#define HEIMWEG_STORAGE_REQUESTS_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/transaction.h"

namespace heimweg::storage {

// A request as its caller named it. Stored only as SHA-256 digests that are
// salted with the request id. The views must outlive the call they are passed
// to.
struct RequestId {
  absl::string_view caller;
  absl::string_view method;
  absl::string_view id;
  // Everything that the request asks for, without the id itself: the
  // deterministic serialisation, or a digest of it.
  absl::string_view body;
};

// Stateless: all of it lies in the transaction. Thread-safe.
class RequestLog {
 public:
  explicit RequestLog(absl::Duration keep = absl::Hours(24)) : keep_(keep) {}

  // The result of the same request within the last `keep`, nullopt if there
  // was none. INVALID_ARGUMENT if the id came with another body.
  absl::StatusOr<std::optional<std::string>> Find(
      const Transaction& txn, const RequestId& request) const;

  // Stores `result` (short, such as a resource name; never a body or personal
  // data) in the transaction that applies the request, and forgets a few
  // expired ones. Call it only after Find gave nullopt in this transaction.
  absl::Status Remember(Transaction& txn, const RequestId& request,
                        absl::string_view result) const;

 private:
  const absl::Duration keep_;
};

}  // namespace heimweg::storage

#endif  // HEIMWEG_STORAGE_REQUESTS_H_
