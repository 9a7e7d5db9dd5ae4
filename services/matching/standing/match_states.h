// MatchStates: what may be done with a stored match in which state, as
// heimweg.matching.v1.MatchAction documents it. Pure functions; not the holds
// and not whether the offer still fits.
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_STATES_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_STATES_H_

#include <string>

#include "absl/status/statusor.h"
#include "heimweg/matching/v1/match_service.pb.h"

namespace heimweg::matching {

// The state to which the action leads, whatever the match was before;
// unspecified if it is none.
v1::MatchState TargetOf(v1::MatchAction action);

// Whether a match in `state` allows `action`. An action that leads to the state
// it has is allowed, too: it changes nothing.
bool Allows(v1::MatchState state, v1::MatchAction action);

// TargetOf. FAILED_PRECONDITION, naming the actions that `state` allows, if
// `action` is not one of them.
absl::StatusOr<v1::MatchState> NextState(v1::MatchState state,
                                         v1::MatchAction action);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_STATES_H_
