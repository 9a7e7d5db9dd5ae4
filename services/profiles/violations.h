// Violations: the rules of what only stored profiles have, the personal part
// and consents. Those of the core are households::Violations'.
#ifndef HEIMWEG_SERVICES_PROFILES_VIOLATIONS_H_
#define HEIMWEG_SERVICES_PROFILES_VIOLATIONS_H_

#include <vector>

#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/server/errors.h"

namespace heimweg::profiles {

// How many consents a profile may have, those that have ended included.
inline constexpr int kMaxConsents = 200;

// All broken rules of the personal part, with paths from the profile such as
// "personal.email". Never repeats a value.
std::vector<server::Violation> PersonalViolations(
    const heimweg::profiles::v1::PersonalPart& personal);

// All broken rules of a consent that is to be granted at `now`, with paths
// from the consent. Its id and grant_time are not looked at.
std::vector<server::Violation> ConsentViolations(
    const heimweg::profiles::v1::Consent& consent, absl::Time now);

}  // namespace heimweg::profiles

#endif  // HEIMWEG_SERVICES_PROFILES_VIOLATIONS_H_
