// A place as a message asks for it: its form, and what the gazetteer makes of
// it.
#ifndef HEIMWEG_SERVICES_PLACES_ASKED_PLACE_H_
#define HEIMWEG_SERVICES_PLACES_ASKED_PLACE_H_

#include "heimweg/type/v1/place.pb.h"
#include "services/places/gazetteer.h"
#include "services/server/field_checks.h"

namespace heimweg::places {

// The form of what was given; `resolved` is not looked at.
void CheckPlace(const type::v1::Place& place, server::FieldChecks checks);

// Sets `resolved` from the other fields, replacing what was there. A place of
// good form that is unknown, ambiguous or contradictory leaves it unset and
// becomes a violation, with candidates where there are some.
void ResolvePlace(const Gazetteer& gazetteer, type::v1::Place& place,
                  server::FieldChecks checks);

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_ASKED_PLACE_H_
