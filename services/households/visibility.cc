#include "services/households/visibility.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace heimweg::households {
namespace {

using profiles::v1::Consent;
using profiles::v1::Profile;

constexpr absl::string_view kAllNetworks = "networks/-";

absl::Time EndOf(const Consent& consent) {
  return absl::FromUnixSeconds(consent.expire_time().seconds()) +
         absl::Nanoseconds(consent.expire_time().nanos());
}

}  // namespace

bool OpensCore(const Consent& consent) {
  return consent.purpose() == profiles::v1::CONSENT_PURPOSE_MATCHING ||
         consent.purpose() == profiles::v1::CONSENT_PURPOSE_CONTACT;
}

std::string CreatorNetwork(const Profile& core) {
  const std::vector<absl::string_view> parts =
      absl::StrSplit(core.creator(), absl::MaxSplits('/', 3));
  if (parts.size() != 4 || parts[0] != "networks" || parts[2] != "clients") {
    return "";
  }
  return absl::StrCat("networks/", parts[1]);
}

bool MaySee(const Profile& core, absl::string_view network, absl::Time now) {
  bool consented = false;
  for (const Consent& consent : core.consents()) {
    if (EndOf(consent) <= now || !OpensCore(consent)) continue;
    if (consent.network() == network || consent.network() == kAllNetworks) {
      return true;
    }
    consented = true;
  }
  return !consented && CreatorNetwork(core) == network;
}

}  // namespace heimweg::households
