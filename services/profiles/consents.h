// Consents: which networks may see a profile. Pure functions.
#ifndef HEIMWEG_SERVICES_PROFILES_CONSENTS_H_
#define HEIMWEG_SERVICES_PROFILES_CONSENTS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/server/caller.h"

namespace heimweg::profiles {

// Profile.creator: the caller's id, or networks/{network}/clients/{id} if the
// caller is bound to a network.
std::string CreatorName(const server::Caller& caller);

// Whether the household lets the network ("networks/{network}") see its core
// at `now`: by a consent in force for matching or contact, given to it or to
// all networks. Where no such consent is in force, only the network of the
// creator may.
bool MaySee(const heimweg::profiles::v1::Profile& core,
            absl::string_view network, absl::Time now);

// The index terms under which every network that may see the profile, now or
// at another time, finds it: those of VisibleTo for some network.
std::vector<std::string> NetworkTerms(
    const heimweg::profiles::v1::Profile& core);

// The terms to look under for what the network may see. Some of it may not be
// for the network any more, see MaySee.
std::vector<std::string> VisibleTo(absl::string_view network);

// Adds a consent, given at `now`, which ends a year later unless it says when.
void AddConsent(heimweg::profiles::v1::Consent consent, std::string id,
                absl::Time now, heimweg::profiles::v1::Profile& core);

// False if there is no consent with this id.
bool RemoveConsent(absl::string_view id, heimweg::profiles::v1::Profile& core);

}  // namespace heimweg::profiles

#endif  // HEIMWEG_SERVICES_PROFILES_CONSENTS_H_
