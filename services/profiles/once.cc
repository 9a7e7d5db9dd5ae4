#include "services/profiles/once.h"

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/offers/request_checks.h"
#include "services/server/errors.h"
#include "storage/requests.h"
#include "storage/transaction.h"

namespace heimweg::profiles {

absl::StatusOr<std::optional<std::string>> FindRepeated(
    const storage::Transaction& txn, const offers::RequestKey& key) {
  if (key.id.empty()) return std::nullopt;
  auto found = storage::RequestLog().Find(txn, key.View());
  if (!absl::IsInvalidArgument(found.status())) return found;
  return server::InvalidFields(
      {{"request_id", "was used for another request; take a new one"}});
}

absl::Status Remember(storage::Transaction& txn, const offers::RequestKey& key,
                      absl::string_view result) {
  if (key.id.empty()) return absl::OkStatus();
  return storage::RequestLog().Remember(txn, key.View(), result);
}

}  // namespace heimweg::profiles
