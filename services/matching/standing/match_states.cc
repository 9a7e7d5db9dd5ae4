#include "services/matching/standing/match_states.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace heimweg::matching {
namespace {

using States = std::initializer_list<v1::MatchState>;

bool IsOneOf(v1::MatchState state, States states) {
  return std::find(states.begin(), states.end(), state) != states.end();
}

}  // namespace

v1::MatchState TargetOf(v1::MatchAction action) {
  switch (action) {
    case v1::MATCH_ACTION_SEE:
      return v1::MATCH_STATE_SEEN;
    case v1::MATCH_ACTION_SAVE:
      return v1::MATCH_STATE_SAVED;
    case v1::MATCH_ACTION_DISMISS:
      return v1::MATCH_STATE_DISMISSED;
    case v1::MATCH_ACTION_PROPOSE:
      return v1::MATCH_STATE_PROPOSED;
    case v1::MATCH_ACTION_ACCEPT:
      return v1::MATCH_STATE_ACCEPTED;
    case v1::MATCH_ACTION_DECLINE:
      return v1::MATCH_STATE_DECLINED;
    case v1::MATCH_ACTION_WITHDRAW:
      return v1::MATCH_STATE_WITHDRAWN;
    default:
      return v1::MATCH_STATE_UNSPECIFIED;
  }
}

bool Allows(v1::MatchState state, v1::MatchAction action) {
  const v1::MatchState target = TargetOf(action);
  if (target == v1::MATCH_STATE_UNSPECIFIED) return false;
  if (target == state) return true;
  switch (action) {
    case v1::MATCH_ACTION_SEE:
      return state == v1::MATCH_STATE_NEW;
    case v1::MATCH_ACTION_SAVE:
    case v1::MATCH_ACTION_DISMISS:
    case v1::MATCH_ACTION_PROPOSE:
      return IsOneOf(state,
                     {v1::MATCH_STATE_NEW, v1::MATCH_STATE_SEEN,
                      v1::MATCH_STATE_DECLINED, v1::MATCH_STATE_WITHDRAWN}) ||
             (state == v1::MATCH_STATE_SAVED &&
              action != v1::MATCH_ACTION_SAVE) ||
             (state == v1::MATCH_STATE_DISMISSED &&
              action == v1::MATCH_ACTION_SAVE);
    case v1::MATCH_ACTION_ACCEPT:
      return state == v1::MATCH_STATE_PROPOSED;
    default:
      return IsOneOf(state,
                     {v1::MATCH_STATE_PROPOSED, v1::MATCH_STATE_ACCEPTED});
  }
}

absl::StatusOr<v1::MatchState> NextState(v1::MatchState state,
                                         v1::MatchAction action) {
  if (Allows(state, action)) return TargetOf(action);
  std::vector<std::string> legal;
  for (int i = 1; i < v1::MatchAction_ARRAYSIZE; ++i) {
    const auto other = static_cast<v1::MatchAction>(i);
    if (Allows(state, other) && TargetOf(other) != state) {
      legal.push_back(v1::MatchAction_Name(other));
    }
  }
  return absl::FailedPreconditionError(
      absl::StrCat("a match that is ", v1::MatchState_Name(state), " allows ",
                   absl::StrJoin(legal, ", ")));
}

}  // namespace heimweg::matching
