// The places of a profile, found in the gazetteer.
#ifndef HEIMWEG_SERVICES_HOUSEHOLDS_PLACES_H_
#define HEIMWEG_SERVICES_HOUSEHOLDS_PLACES_H_

#include <vector>

#include "heimweg/profiles/v1/profile.pb.h"
#include "services/places/gazetteer.h"
#include "services/server/errors.h"

namespace heimweg::households {

// Sets `resolved` of every anchor's place from its other fields, replacing
// what was there; it is left unset where there is a violation. Violations are
// those of unknown, ambiguous or contradictory places, at paths such as
// "anchors[0].place.municipality", with candidates where there are some; a
// place that breaks a rule of form (households::Violations says which) is
// passed over.
std::vector<server::Violation> ResolvePlaces(
    const places::Gazetteer& gazetteer,
    heimweg::profiles::v1::Profile* profile);

}  // namespace heimweg::households

#endif  // HEIMWEG_SERVICES_HOUSEHOLDS_PLACES_H_
