#include "services/profiles/consents.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/households/visibility.h"
#include "services/offers/common_rules.h"
#include "services/server/caller.h"

namespace heimweg::profiles {
namespace {

using ::heimweg::households::CreatorNetwork;
using ::heimweg::households::OpensCore;
using ::heimweg::profiles::v1::Consent;
using ::heimweg::profiles::v1::Profile;

constexpr absl::string_view kAllNetworks = "networks/-";

absl::Time AYearAfter(absl::Time time) {
  const absl::TimeZone utc = absl::UTCTimeZone();
  const absl::CivilSecond second = absl::ToCivilSecond(time, utc);
  return absl::FromCivil(
      absl::CivilSecond(second.year() + 1, second.month(), second.day(),
                        second.hour(), second.minute(), second.second()),
      utc);
}

}  // namespace

std::string CreatorName(const server::Caller& caller) {
  if (caller.network.empty()) return caller.id;
  return absl::StrCat("networks/", caller.network, "/clients/", caller.id);
}

bool MaySee(const Profile& core, absl::string_view network, absl::Time now) {
  return households::MaySee(core, network, now);
}

std::vector<std::string> NetworkTerms(const Profile& core) {
  std::vector<std::string> terms;
  for (const Consent& consent : core.consents()) {
    if (OpensCore(consent)) terms.push_back(consent.network());
  }
  std::string creator = CreatorNetwork(core);
  if (!creator.empty()) terms.push_back(std::move(creator));
  return terms;
}

std::vector<std::string> VisibleTo(absl::string_view network) {
  return {std::string(network), std::string(kAllNetworks)};
}

void AddConsent(Consent consent, std::string id, absl::Time now,
                Profile& core) {
  consent.set_id(std::move(id));
  *consent.mutable_grant_time() = offers::ToTimestamp(now);
  if (!consent.has_expire_time()) {
    *consent.mutable_expire_time() = offers::ToTimestamp(AYearAfter(now));
  }
  consent.DiscardUnknownFields();
  core.mutable_consents()->Add(std::move(consent));
}

bool RemoveConsent(absl::string_view id, Profile& core) {
  auto& consents = *core.mutable_consents();
  const auto found =
      std::find_if(consents.begin(), consents.end(),
                   [id](const Consent& consent) { return consent.id() == id; });
  if (found == consents.end()) return false;
  consents.erase(found);
  return true;
}

}  // namespace heimweg::profiles
