// Visibility: which networks may see a household. A pure function.
#ifndef HEIMWEG_SERVICES_HOUSEHOLDS_VISIBILITY_H_
#define HEIMWEG_SERVICES_HOUSEHOLDS_VISIBILITY_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"

namespace heimweg::households {

// Whether a consent of this purpose lets a network see the core.
bool OpensCore(const profiles::v1::Consent& consent);

// The network to which the client that created the profile is bound; empty if
// there is none.
std::string CreatorNetwork(const profiles::v1::Profile& core);

// Whether the household lets the network ("networks/{network}") see its core
// at `now`: by a consent in force for matching or contact, given to it or to
// all networks. Where no such consent is in force, only the network of the
// creator may.
bool MaySee(const profiles::v1::Profile& core, absl::string_view network,
            absl::Time now);

}  // namespace heimweg::households

#endif  // HEIMWEG_SERVICES_HOUSEHOLDS_VISIBILITY_H_
