#include "services/matching/standing/verdict.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "services/matching/standing/release.h"

namespace heimweg::matching {
namespace {

using profiles::v1::NotificationSettings;
using profiles::v1::Profile;
using storage::Transaction;

// Releases what fits and is new, or says when that may be.
void Release(absl::string_view profile, const NotificationSettings& settings,
             absl::Time now, ToldToday& told, v1::StoredMatch& match) {
  if (match.released()) return;
  if (match.standing() != v1::MATCH_STANDING_FITS ||
      match.state() == v1::MATCH_STATE_DISMISSED) {
    match.clear_release_time();
    return;
  }
  const absl::Time when = ReleaseTime(settings, told.CountOf(profile), now);
  match.set_released(when <= now);
  if (match.released()) told.Add(profile);
  if (when == absl::InfiniteFuture()) {
    match.clear_release_time();
  } else {
    *match.mutable_release_time() = TimestampOf(when);
  }
}

void SetStanding(v1::MatchStanding standing, v1::StoredMatch& match) {
  match.set_standing(standing);
  if (standing == v1::MATCH_STANDING_FITS) return;
  if (match.state() != v1::MATCH_STATE_PROPOSED) return;
  match.set_state(v1::MATCH_STATE_WITHDRAWN);
  match.set_state_reason(v1::MATCH_STATE_REASON_OFFER_GONE);
  match.clear_hold_expire_time();
}

void SetSides(const Verdict& verdict, v1::Match said, v1::StoredMatch& match) {
  *match.mutable_match() = std::move(said);
  match.set_score_millionths(verdict.scores->lower());
  match.set_offer_score_millionths(verdict.scores->offer);
  match.set_offer_etag(verdict.offer->etag);
  match.set_offer_capacity(verdict.offer->capacity);
}

void SetEnd(const OfferFacts& offer, v1::StoredMatch& match) {
  if (offer.end == absl::InfiniteFuture()) {
    match.clear_offer_expire_time();
  } else {
    *match.mutable_offer_expire_time() = TimestampOf(offer.end);
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

// See SaidVerdict.
std::string RecordOf(const std::string& key, const Verdict& verdict,
                     v1::Match said) {
  v1::StoredMatch match;
  match.set_name(NameOfKey(key, "matches"));
  match.set_creator(verdict.profile->creator());
  match.set_profile_etag(verdict.profile->etag());
  match.set_kind(KindOfName(verdict.offer->name));
  SetSides(verdict, std::move(said), match);
  return match.SerializeAsString();
}

// The edit only says what becomes of it: serialized fields may follow others.
absl::Status PutNew(const MatchRecords& records, const std::string& key,
                    const Verdict& verdict, absl::string_view record,
                    absl::Time now, ToldToday& told, Transaction& txn) {
  v1::StoredMatch fate;
  *fate.mutable_create_time() = TimestampOf(txn.now());
  *fate.mutable_update_time() = fate.create_time();
  fate.set_state(v1::MATCH_STATE_NEW);
  fate.set_standing(v1::MATCH_STANDING_FITS);
  SetEnd(*verdict.offer, fate);
  const Profile& profile = *verdict.profile;
  Release(profile.name(), profile.notifications(), now, told, fate);
  return records.matches
      .InsertBytes(
          txn, key, absl::StrCat(record, fate.SerializeAsString()),
          TermsOfMatchFor(verdict.offer->name, profile.creator(), fate))
      .status();
}

// Another version of the profile alone is no news.
absl::Status PutChanged(const MatchRecords& records, const std::string& key,
                        const v1::StoredMatch& before, v1::StoredMatch match,
                        Transaction& txn) {
  v1::StoredMatch same = before;
  same.set_profile_etag(match.profile_etag());
  // Without maps and unknown fields the same is written the same.
  if (same.SerializeAsString() == match.SerializeAsString()) {
    return absl::OkStatus();
  }
  *match.mutable_update_time() = TimestampOf(txn.now());
  return records.matches.Replace(txn, key, before, match).status();
}

}  // namespace

SaidVerdict Say(const Verdict& verdict) {
  SaidVerdict said;
  said.verdict = &verdict;
  said.key = PairKey(verdict.profile->name(), verdict.offer->name);
  if (!verdict.scores) return said;
  // The same versions of both, so that there is one.
  auto sides = verdict.side->Score(
      *verdict.profile, WishThreshold(verdict.profile->notifications()));
  if (sides) said.match = std::move(sides->match);
  if (verdict.is_new) {
    said.record = RecordOf(said.key, verdict, std::move(said.match));
  }
  return said;
}

bool IsKnown(const v1::StoredMatch& match, const Verdict& verdict) {
  return match.standing() == v1::MATCH_STANDING_FITS &&
         match.offer_etag() == verdict.offer->etag &&
         match.profile_etag() == verdict.profile->etag();
}

absl::Status Apply(const MatchRecords& records, const SaidVerdict& said,
                   absl::Time now, ToldToday& told, Transaction& txn) {
  const Verdict& verdict = *said.verdict;
  std::optional<storage::Row<v1::StoredMatch>> row;
  if (!verdict.is_new) {
    auto found = records.matches.Find(txn, said.key);
    if (!found.ok()) return found.status();
    row = *std::move(found);
  }
  if (!row) {
    const auto takes = Takes(records, verdict, txn);
    if (!takes.ok() || !*takes) return takes.status();
    return PutNew(
        records, said.key, verdict,
        verdict.is_new ? said.record : RecordOf(said.key, verdict, said.match),
        now, told, txn);
  }
  const v1::StoredMatch& before = row->record;
  if (verdict.scores && IsKnown(before, verdict)) return absl::OkStatus();
  v1::StoredMatch match = before;
  match.set_creator(verdict.profile->creator());
  match.set_profile_etag(verdict.profile->etag());
  if (verdict.scores) {
    SetSides(verdict, said.match, match);
    SetEnd(*verdict.offer, match);
  }
  SetStanding(verdict.scores ? v1::MATCH_STANDING_FITS
              : verdict.gone ? v1::MATCH_STANDING_OFFER_GONE
                             : v1::MATCH_STANDING_FITS_NO_MORE,
              match);
  Release(verdict.profile->name(), verdict.profile->notifications(), now, told,
          match);
  return PutChanged(records, said.key, before, std::move(match), txn);
}

absl::Status ApplyDue(const MatchRecords& records, const std::string& key,
                      const Profile* profile, absl::Time now, ToldToday& told,
                      Transaction& txn) {
  auto row = records.matches.Find(txn, key);
  if (!row.ok() || !row->has_value()) return row.status();
  const v1::StoredMatch& before = (*row)->record;
  v1::StoredMatch match = before;
  if (match.state() == v1::MATCH_STATE_PROPOSED &&
      TimeOf(match.hold_expire_time()) <= now) {
    match.set_state(v1::MATCH_STATE_WITHDRAWN);
    match.set_state_reason(v1::MATCH_STATE_REASON_HOLD_ENDED);
    match.clear_hold_expire_time();
  }
  if (match.has_offer_expire_time() &&
      TimeOf(match.offer_expire_time()) <= now) {
    SetStanding(v1::MATCH_STANDING_OFFER_GONE, match);
  }
  // Without a household there are no settings, and nothing is released.
  Release(
      ProfileOfKey(key),
      profile == nullptr ? NotificationSettings() : profile->notifications(),
      now, told, match);
  return PutChanged(records, key, before, std::move(match), txn);
}

}  // namespace heimweg::matching
