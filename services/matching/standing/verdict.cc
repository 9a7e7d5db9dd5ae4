#include "services/matching/standing/verdict.h"

#include <utility>

#include "google/protobuf/util/message_differencer.h"
#include "services/matching/standing/release.h"

namespace heimweg::matching {
namespace {

using profiles::v1::NotificationSettings;
using profiles::v1::Profile;
using storage::Transaction;

// Releases what fits and is new, or says when that may be. `enough`: of that
// day no more is released; unchanged if it does not matter.
absl::Status Release(const MatchRecords& records, const std::string& key,
                     const NotificationSettings& settings, Transaction& txn,
                     v1::StoredMatch& match, bool& enough) {
  if (match.released()) return absl::OkStatus();
  if (match.standing() != v1::MATCH_STANDING_FITS ||
      match.state() == v1::MATCH_STATE_DISMISSED) {
    match.clear_release_time();
    return absl::OkStatus();
  }
  const int32_t budget = DailyBudget(settings);
  int64_t today = 0;
  absl::Status counted = records.matches.VisitIds(
      txn, DayTerm(ProfileOfKey(key), txn.now()),
      [&](absl::string_view /*id*/) { return ++today <= budget; });
  if (!counted.ok()) return counted;
  const absl::Time when = ReleaseTime(settings, today, txn.now());
  match.set_released(when <= txn.now());
  enough = today + (match.released() ? 1 : 0) >= budget;
  if (when == absl::InfiniteFuture()) {
    match.clear_release_time();
  } else {
    *match.mutable_release_time() = TimestampOf(when);
  }
  return absl::OkStatus();
}

void SetStanding(v1::MatchStanding standing, v1::StoredMatch& match) {
  match.set_standing(standing);
  if (standing == v1::MATCH_STANDING_FITS) return;
  if (match.state() != v1::MATCH_STATE_PROPOSED) return;
  match.set_state(v1::MATCH_STATE_WITHDRAWN);
  match.set_state_reason(v1::MATCH_STATE_REASON_OFFER_GONE);
  match.clear_hold_expire_time();
}

void SetSides(const Verdict& verdict, v1::StoredMatch& match) {
  *match.mutable_match() = verdict.match;
  match.set_score_millionths(verdict.scores->lower());
  match.set_offer_score_millionths(verdict.scores->offer);
  match.set_offer_etag(verdict.offer.etag);
  match.set_offer_capacity(verdict.offer.capacity);
  if (verdict.offer.end == absl::InfiniteFuture()) {
    match.clear_offer_expire_time();
  } else {
    *match.mutable_offer_expire_time() = TimestampOf(verdict.offer.end);
  }
}

// Whether a wish without a match for this offer takes one; wakes it if it does.
absl::StatusOr<bool> Takes(const MatchRecords& records, const Verdict& verdict,
                           Transaction& txn) {
  const NotificationSettings& settings = verdict.profile->notifications();
  if (!verdict.scores || !settings.enabled()) return false;
  if (!settings.has_sleep_time()) return true;
  const std::string id = ProfileIdOf(verdict.profile->name()).value_or("");
  const auto woken = records.woken.Find(txn, id);
  if (!woken.ok()) return woken.status();
  if (woken->has_value() && google::protobuf::util::MessageDifferencer::Equals(
                                (*woken)->record, settings.sleep_time())) {
    return true;
  }
  if (verdict.Rank() < WakeThreshold(settings)) return false;
  const auto put = records.woken.Put(txn, id, settings.sleep_time());
  if (!put.ok()) return put.status();
  return true;
}

v1::StoredMatch NewMatch(const std::string& key, const Verdict& verdict,
                         absl::Time now) {
  v1::StoredMatch match;
  match.set_name(NameOfKey(key, "matches"));
  *match.mutable_create_time() = TimestampOf(now);
  match.set_kind(KindOfName(verdict.offer.name));
  match.set_state(v1::MATCH_STATE_NEW);
  return match;
}

absl::Status PutNew(const MatchRecords& records, const std::string& key,
                    v1::StoredMatch match, Transaction& txn) {
  *match.mutable_update_time() = TimestampOf(txn.now());
  return records.matches.Insert(txn, key, match, TermsOfMatch(match)).status();
}

// Another version of the profile alone is no news.
absl::Status PutChanged(const MatchRecords& records, const std::string& key,
                        v1::StoredMatch before, v1::StoredMatch match,
                        Transaction& txn) {
  before.set_profile_etag(match.profile_etag());
  if (google::protobuf::util::MessageDifferencer::Equals(before, match)) {
    return absl::OkStatus();
  }
  *match.mutable_update_time() = TimestampOf(txn.now());
  return records.matches.Put(txn, key, match).status();
}

}  // namespace

void Say(Verdict& verdict) {
  verdict.key = PairKey(verdict.profile->name(), verdict.offer.name);
  if (!verdict.scores) return;
  // The same versions of both, so that there is one.
  auto sides = verdict.side->Score(
      *verdict.profile, WishThreshold(verdict.profile->notifications()));
  if (sides) verdict.match = std::move(sides->match);
}

bool IsKnown(const v1::StoredMatch& match, const Verdict& verdict) {
  return match.standing() == v1::MATCH_STANDING_FITS &&
         match.offer_etag() == verdict.offer.etag &&
         match.profile_etag() == verdict.profile->etag();
}

absl::Status Apply(const MatchRecords& records, Verdict& verdict,
                   Transaction& txn) {
  const std::string& key = verdict.key;
  auto row = records.matches.Find(txn, key);
  if (!row.ok()) return row.status();
  v1::StoredMatch before;
  v1::StoredMatch match;
  if (row->has_value()) {
    before = (*row)->record;
    if (verdict.scores && IsKnown(before, verdict)) return absl::OkStatus();
    match = before;
  } else {
    const auto takes = Takes(records, verdict, txn);
    if (!takes.ok() || !*takes) return takes.status();
    match = NewMatch(key, verdict, txn.now());
  }
  match.set_creator(verdict.profile->creator());
  match.set_profile_etag(verdict.profile->etag());
  if (verdict.scores) SetSides(verdict, match);
  SetStanding(verdict.scores ? v1::MATCH_STANDING_FITS
              : verdict.gone ? v1::MATCH_STANDING_OFFER_GONE
                             : v1::MATCH_STANDING_FITS_NO_MORE,
              match);
  absl::Status released =
      Release(records, key, verdict.profile->notifications(), txn, match,
              verdict.told_enough);
  if (!released.ok()) return released;
  return row->has_value()
             ? PutChanged(records, key, before, std::move(match), txn)
             : PutNew(records, key, std::move(match), txn);
}

absl::Status ApplyDue(const MatchRecords& records, const std::string& key,
                      const Profile* profile, Transaction& txn) {
  auto row = records.matches.Find(txn, key);
  if (!row.ok() || !row->has_value()) return row.status();
  const v1::StoredMatch& before = (*row)->record;
  v1::StoredMatch match = before;
  if (match.state() == v1::MATCH_STATE_PROPOSED &&
      TimeOf(match.hold_expire_time()) <= txn.now()) {
    match.set_state(v1::MATCH_STATE_WITHDRAWN);
    match.set_state_reason(v1::MATCH_STATE_REASON_HOLD_ENDED);
    match.clear_hold_expire_time();
  }
  if (match.has_offer_expire_time() &&
      TimeOf(match.offer_expire_time()) <= txn.now()) {
    SetStanding(v1::MATCH_STANDING_OFFER_GONE, match);
  }
  bool enough = false;
  // Without a household there are no settings, and nothing is released.
  absl::Status released = Release(
      records, key,
      profile == nullptr ? NotificationSettings() : profile->notifications(),
      txn, match, enough);
  if (!released.ok()) return released;
  return PutChanged(records, key, before, std::move(match), txn);
}

}  // namespace heimweg::matching
