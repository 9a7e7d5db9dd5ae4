#include "services/matching/standing/match_act.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/matching/standing/match_states.h"

namespace heimweg::matching {
namespace {

using storage::Transaction;

constexpr absl::Duration kStandardHold = absl::Hours(7 * 24);
constexpr absl::Duration kShortestHold = absl::Minutes(1);
constexpr absl::Duration kLongestHold = absl::Hours(90 * 24);
constexpr size_t kUuidSize = 36;

absl::Duration HoldOf(const v1::ActOnMatchRequest& request) {
  if (!request.has_hold_duration()) return kStandardHold;
  return absl::Seconds(request.hold_duration().seconds()) +
         absl::Nanoseconds(request.hold_duration().nanos());
}

bool IsUuid(absl::string_view text) {
  if (text.size() != kUuidSize) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? text[i] != '-'
               : !absl::ascii_isxdigit(static_cast<unsigned char>(text[i]))) {
      return false;
    }
  }
  return true;
}

bool TakesReason(v1::MatchAction action) {
  return action == v1::MATCH_ACTION_DISMISS ||
         action == v1::MATCH_ACTION_DECLINE ||
         action == v1::MATCH_ACTION_WITHDRAW;
}

bool NeedsOffer(v1::MatchAction action) {
  return action == v1::MATCH_ACTION_SAVE ||
         action == v1::MATCH_ACTION_PROPOSE ||
         action == v1::MATCH_ACTION_ACCEPT;
}

absl::Status CheckHold(const MatchRecords& records,
                       const v1::StoredMatch& match, Transaction& txn) {
  const auto holders = records.matches.Scan(
      txn, {.term = HeldTerm(match.match().offer()),
            .limit = static_cast<size_t>(match.offer_capacity())});
  if (!holders.ok()) return holders.status();
  if (holders->size() < static_cast<size_t>(match.offer_capacity())) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(
      "others hold the offer; its holds have to end first");
}

}  // namespace

std::vector<server::Violation> ActViolations(
    const v1::ActOnMatchRequest& request) {
  std::vector<server::Violation> found;
  if (!KeyOfName(request.name(), "matches")) {
    found.push_back({"name", "must be profiles/{profile}/matches/{match}"});
  }
  if (TargetOf(request.action()) == v1::MATCH_STATE_UNSPECIFIED) {
    found.push_back({"action", "must be one of MatchAction"});
  }
  const bool output_only =
      request.reason() == v1::MATCH_STATE_REASON_HOLD_ENDED ||
      request.reason() == v1::MATCH_STATE_REASON_OFFER_GONE;
  if (!v1::MatchStateReason_IsValid(request.reason()) || output_only) {
    found.push_back({"reason", "must be one that is not output only"});
  } else if (request.reason() != v1::MATCH_STATE_REASON_UNSPECIFIED &&
             !TakesReason(request.action())) {
    found.push_back({"reason", "only with DISMISS, DECLINE and WITHDRAW"});
  }
  const absl::Duration hold = HoldOf(request);
  if (hold < kShortestHold || hold > kLongestHold) {
    found.push_back({"hold_duration", "must be a minute to 90 days"});
  } else if (request.has_hold_duration() &&
             request.action() != v1::MATCH_ACTION_PROPOSE) {
    found.push_back({"hold_duration", "only with PROPOSE"});
  }
  if (!request.request_id().empty() && !IsUuid(request.request_id())) {
    found.push_back({"request_id", "must be a UUID"});
  }
  return found;
}

absl::Status ApplyAct(const MatchRecords& records, const std::string& key,
                      const v1::ActOnMatchRequest& request, Transaction& txn) {
  auto row = records.matches.Get(txn, key);
  if (!row.ok()) return row.status();
  v1::StoredMatch& match = row->record;
  if (!request.etag().empty() &&
      request.etag() != absl::StrCat(row->revision)) {
    return absl::AbortedError(
        "the match has changed since it was read; read it again");
  }
  const auto next = NextState(match.state(), request.action());
  if (!next.ok()) return next.status();
  if (*next == match.state()) return absl::OkStatus();
  if (NeedsOffer(request.action()) &&
      match.standing() != v1::MATCH_STANDING_FITS) {
    return absl::FailedPreconditionError(
        "the offer does not fit any more, or is gone");
  }
  if (*next == v1::MATCH_STATE_PROPOSED) {
    absl::Status free = CheckHold(records, match, txn);
    if (!free.ok()) return free;
    *match.mutable_hold_expire_time() =
        TimestampOf(txn.now() + HoldOf(request));
  } else {
    match.clear_hold_expire_time();
  }
  match.set_state(*next);
  match.set_state_reason(request.reason());
  if (*next == v1::MATCH_STATE_DISMISSED && !match.released()) {
    match.clear_release_time();
  }
  *match.mutable_update_time() = TimestampOf(txn.now());
  return records.matches.Put(txn, key, match).status();
}

}  // namespace heimweg::matching
