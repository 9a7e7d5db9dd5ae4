// What makes the repetition of a request harmless (AIP-155): within a day the
// same request with the same request id is answered again, not applied again.
#ifndef HEIMWEG_SERVICES_PROFILES_ONCE_H_
#define HEIMWEG_SERVICES_PROFILES_ONCE_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/offers/request_checks.h"
#include "storage/transaction.h"

namespace heimweg::profiles {

// What Remember stored for the same request; nullopt if there is nothing.
// INVALID_ARGUMENT at "request_id" if it came with another request.
absl::StatusOr<std::optional<std::string>> FindRepeated(
    const storage::Transaction& txn, const offers::RequestKey& key);

// `result` is short and not personal: an id.
absl::Status Remember(storage::Transaction& txn, const offers::RequestKey& key,
                      absl::string_view result);

// Puts the value into the response, or returns why there is none.
template <typename Message>
absl::Status Answer(absl::StatusOr<Message> value, Message* response) {
  if (!value.ok()) return value.status();
  *response = *std::move(value);
  return absl::OkStatus();
}

}  // namespace heimweg::profiles

#endif  // HEIMWEG_SERVICES_PROFILES_ONCE_H_
