#include "services/offers/request_checks.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/offers/resource_name.h"
#include "services/server/field_checks.h"

namespace heimweg::offers {
namespace {

constexpr int kUsualPageSize = 50;
constexpr int kMostPageSize = 1'000;

bool IsUuid(absl::string_view text) {
  constexpr absl::string_view kShape = "00000000-0000-0000-0000-000000000000";
  if (text.size() != kShape.size()) return false;
  for (size_t i = 0; i < kShape.size(); ++i) {
    const bool fits =
        kShape[i] == '-' ? text[i] == '-' : absl::ascii_isxdigit(text[i]);
    if (!fits) return false;
  }
  return true;
}

}  // namespace

void CheckRequestId(absl::string_view request_id, server::FieldChecks& checks) {
  if (!request_id.empty() && !IsUuid(request_id)) {
    checks.Add("request_id", "must be a UUID");
  }
}

std::optional<std::string> CheckParent(absl::string_view parent, bool any,
                                       server::FieldChecks& checks) {
  std::optional<std::string> network = ParseNetwork(parent);
  if (network.has_value() && (any || *network != kAnyNetwork)) return network;
  checks.Add("parent", any ? "must be networks/{network} or networks/-"
                           : "must be networks/{network}");
  return std::nullopt;
}

std::optional<std::string> CheckName(const server::Field& field,
                                     absl::string_view collection,
                                     absl::string_view name,
                                     server::FieldChecks& checks) {
  std::optional<std::string> key = ParseOfferName(collection, name);
  if (!key.has_value()) {
    checks.Add(field, absl::StrCat("must be networks/{network}/", collection,
                                   "/{id}"));
  }
  return key;
}

int CheckPageSize(int page_size, server::FieldChecks& checks) {
  if (page_size < 0) checks.Add("page_size", "must not be negative");
  return page_size == 0 ? kUsualPageSize : std::min(page_size, kMostPageSize);
}

}  // namespace heimweg::offers
