// Names of offers: networks/{network}/<collection>/{id} (AIP-122), and the keys
// under which they are stored: "{network}/{id}", which have the same order.
#ifndef HEIMWEG_SERVICES_OFFERS_RESOURCE_NAME_H_
#define HEIMWEG_SERVICES_OFFERS_RESOURCE_NAME_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace heimweg::offers {

// In a parent: every network.
inline constexpr absl::string_view kAnyNetwork = "-";

// 1 to 63 of a to z, 0 to 9 and hyphens; "-" alone is none.
bool IsResourceId(absl::string_view text);

// The network's id of "networks/{network}", nullopt if it is none. "networks/-"
// gives kAnyNetwork.
std::optional<std::string> ParseNetwork(absl::string_view parent);

// The key of "networks/{network}/<collection>/{id}", nullopt if it is none.
std::optional<std::string> ParseOfferName(absl::string_view collection,
                                          absl::string_view name);

// What the keys of a network's offers begin with; empty for kAnyNetwork.
std::string KeyPrefix(absl::string_view network);

std::string OfferKey(absl::string_view network, absl::string_view id);

// ParseOfferName's inverse; `key` is one.
std::string OfferName(absl::string_view collection, absl::string_view key);

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_RESOURCE_NAME_H_
