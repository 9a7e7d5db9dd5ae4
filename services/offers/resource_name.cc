#include "services/offers/resource_name.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace heimweg::offers {
namespace {

constexpr absl::string_view kNetworks = "networks/";
constexpr size_t kMaxIdLength = 63;

}  // namespace

bool IsResourceId(absl::string_view text) {
  return !text.empty() && text.size() <= kMaxIdLength && text != kAnyNetwork &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
         });
}

std::optional<std::string> ParseNetwork(absl::string_view parent) {
  if (!absl::ConsumePrefix(&parent, kNetworks)) return std::nullopt;
  if (parent != kAnyNetwork && !IsResourceId(parent)) return std::nullopt;
  return std::string(parent);
}

std::optional<std::string> ParseOfferName(absl::string_view collection,
                                          absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kNetworks)) return std::nullopt;
  const absl::string_view network = name.substr(0, name.find('/'));
  name.remove_prefix(network.size());
  if (!absl::ConsumePrefix(&name, "/") ||
      !absl::ConsumePrefix(&name, collection) ||
      !absl::ConsumePrefix(&name, "/")) {
    return std::nullopt;
  }
  if (!IsResourceId(network) || !IsResourceId(name)) return std::nullopt;
  return OfferKey(network, name);
}

std::string KeyPrefix(absl::string_view network) {
  return network == kAnyNetwork ? std::string() : absl::StrCat(network, "/");
}

std::string OfferKey(absl::string_view network, absl::string_view id) {
  return absl::StrCat(network, "/", id);
}

std::string OfferName(absl::string_view collection, absl::string_view key) {
  const size_t slash = key.find('/');
  return absl::StrCat(kNetworks, key.substr(0, slash), "/", collection,
                      key.substr(slash));
}

}  // namespace heimweg::offers
