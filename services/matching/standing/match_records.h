// MatchRecords: how matches lie in matching's own store, with what the engine
// of standing wishes has to remember.
//
//   table       logged  id                       record
//   1 match     yes     {profile}/{match}        StoredMatch, without its etag
//                                                and revision
//   2 later     no      name of an offer         StoredMatch of no profile: an
//                                                offer whose validity begins
//                                                later; create_time is when
//   3 woken     no      id of a profile          the sleep_time from which an
//                                                offer woke the wish
//   4 position  no      {store}/{old|new}        StringValue: where to go on
//                                                (feed_positions.h)
//   5 feedback  no      {profile}/{feedback}     Feedback
//
// Terms of matches: "o" offer; "h" offer while it is held; "c" creator; "t" and
// 8 bytes of seconds, when something about it is due; "d" and the day on which
// it was released, with its offer, so that those of one offer are written side
// by side. Terms of `later`: "t" and 8 bytes of seconds.
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_RECORDS_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_RECORDS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/wrappers.pb.h"
#include "heimweg/matching/v1/feedback.pb.h"
#include "heimweg/matching/v1/stored_match.pb.h"
#include "storage/table.h"

namespace heimweg::matching {

google::protobuf::Timestamp TimestampOf(absl::Time time);
absl::Time TimeOf(const google::protobuf::Timestamp& time);
// Cut to whole seconds.
absl::Time WholeSeconds(absl::Time time);

// "p1" of "profiles/p1"; nullopt if it is no name of a profile.
std::optional<std::string> ProfileIdOf(absl::string_view name);
// The key "p1/m1" of "profiles/p1/matches/m1" for collection "matches"; nullopt
// if it is none.
std::optional<std::string> KeyOfName(absl::string_view name,
                                     absl::string_view collection);
// "profiles/p1" of any such key.
std::string ProfileOfKey(absl::string_view key);
std::string NameOfKey(absl::string_view key, absl::string_view collection);
// The key of what belongs to the pair; both are resource names.
std::string PairKey(absl::string_view profile, absl::string_view offer);

// The terms; those of a match.
std::vector<std::string> TermsOfMatch(const v1::StoredMatch& match);
// The same of a match for `offer` whose other fields `match` has.
std::vector<std::string> TermsOfMatchFor(absl::string_view offer,
                                         absl::string_view creator,
                                         const v1::StoredMatch& match);
std::string OfferTerm(absl::string_view offer);
std::string HeldTerm(absl::string_view offer);
std::string CreatorTerm(absl::string_view creator);
// `time` is rounded up to whole seconds, so that what it names is due then.
std::string DueTerm(absl::Time time);
// The local day, e.g. "d20270801networks/n/jobs/j".
std::string DayTerm(absl::string_view offer, absl::CivilDay day);

// When something about the match is due: the end of a hold, its release, the
// end of the offer. InfiniteFuture: never.
absl::Time DueTime(const v1::StoredMatch& match);

// The time zone in which days begin and hours are quiet: Europe/Berlin.
absl::TimeZone LocalTimeZone();

// Thread-safe.
struct MatchRecords {
  MatchRecords();

  const storage::Table<v1::StoredMatch> matches;
  const storage::Table<v1::StoredMatch> later;
  const storage::Table<google::protobuf::Timestamp> woken;
  const storage::Table<google::protobuf::StringValue> positions;
  const storage::Table<v1::Feedback> feedback;
};

// The row as the contract's message.
v1::StoredMatch MatchOfRow(storage::Row<v1::StoredMatch> row);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_RECORDS_H_
