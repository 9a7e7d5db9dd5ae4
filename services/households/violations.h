// Violations: every rule that the contract sets for a household's profile
// (proto/heimweg/profiles/v1/profile.proto), whether it is to be stored or
// only ranked. Whether its places exist is asked in places.h.
#ifndef HEIMWEG_SERVICES_HOUSEHOLDS_VIOLATIONS_H_
#define HEIMWEG_SERVICES_HOUSEHOLDS_VIOLATIONS_H_

#include <vector>

#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/type/v1/weights.pb.h"
#include "services/server/errors.h"
#include "services/server/field_checks.h"

namespace heimweg::households {

// All broken rules of the pseudonymous core, in the order of the fields, with
// paths from the profile such as "adults[0].occupations[1].kldb_code"; empty
// if there are none. Descriptions never repeat a value. `now` says which year
// is the next one (UTC). Ids are unique among the adults, among the children
// and among the anchors. Not looked at: name, etag, output-only fields,
// consents and the personal part.
std::vector<server::Violation> Violations(
    const heimweg::profiles::v1::Profile& profile, absl::Time now);

// Those of weights, whether a profile's or a request's.
void CheckWeights(const heimweg::type::v1::Weights& weights,
                  server::FieldChecks checks);

}  // namespace heimweg::households

#endif  // HEIMWEG_SERVICES_HOUSEHOLDS_VIOLATIONS_H_
