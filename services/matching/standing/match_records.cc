#include "services/matching/standing/match_records.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "storage/digest.h"
#include "storage/keys.h"

namespace heimweg::matching {
namespace {

constexpr size_t kMatchIdBytes = 10;
constexpr size_t kLongestId = 63;

bool IsId(absl::string_view text) {
  return !text.empty() && text.size() <= kLongestId && text != "-" &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

std::vector<std::string> TermsOfLater(const v1::StoredMatch& offer) {
  return {DueTerm(TimeOf(offer.create_time()))};
}

}  // namespace

google::protobuf::Timestamp TimestampOf(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(absl::ToUnixSeconds(time));
  timestamp.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(
      time - absl::FromUnixSeconds(timestamp.seconds()))));
  return timestamp;
}

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) +
         absl::Nanoseconds(time.nanos());
}

absl::Time WholeSeconds(absl::Time time) {
  return absl::FromUnixSeconds(absl::ToUnixSeconds(time));
}

std::optional<std::string> ProfileIdOf(absl::string_view name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() != 2 || parts[0] != "profiles" || !IsId(parts[1])) {
    return std::nullopt;
  }
  return std::string(parts[1]);
}

std::optional<std::string> KeyOfName(absl::string_view name,
                                     absl::string_view collection) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() != 4 || parts[0] != "profiles" || !IsId(parts[1]) ||
      parts[2] != collection || !IsId(parts[3])) {
    return std::nullopt;
  }
  return absl::StrCat(parts[1], "/", parts[3]);
}

std::string ProfileOfKey(absl::string_view key) {
  return absl::StrCat("profiles/", key.substr(0, key.find('/')));
}

std::string NameOfKey(absl::string_view key, absl::string_view collection) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(key, absl::MaxSplits('/', 1));
  return absl::StrCat("profiles/", parts.first, "/", collection, "/",
                      parts.second);
}

std::string PairKey(absl::string_view profile, absl::string_view offer) {
  const std::string digest =
      storage::Sha256(absl::StrCat(profile, "\n", offer));
  return absl::StrCat(ProfileIdOf(profile).value_or(""), "/",
                      absl::BytesToHexString(digest.substr(0, kMatchIdBytes)));
}

std::vector<std::string> TermsOfMatch(const v1::StoredMatch& match) {
  return TermsOfMatchFor(match.match().offer(), match.creator(), match);
}

std::vector<std::string> TermsOfMatchFor(absl::string_view offer,
                                         absl::string_view creator,
                                         const v1::StoredMatch& match) {
  std::vector<std::string> terms = {OfferTerm(offer), CreatorTerm(creator)};
  if (match.state() == v1::MATCH_STATE_PROPOSED ||
      match.state() == v1::MATCH_STATE_ACCEPTED) {
    terms.push_back(HeldTerm(offer));
  }
  const absl::Time due = DueTime(match);
  if (due != absl::InfiniteFuture()) terms.push_back(DueTerm(due));
  if (match.released()) {
    const absl::Time time = TimeOf(match.release_time());
    terms.push_back(DayTerm(offer, absl::ToCivilDay(time, LocalTimeZone())));
  }
  return terms;
}

std::string OfferTerm(absl::string_view offer) {
  return absl::StrCat("o", offer);
}
std::string HeldTerm(absl::string_view offer) {
  return absl::StrCat("h", offer);
}
std::string CreatorTerm(absl::string_view creator) {
  return absl::StrCat("c", creator);
}
std::string DueTerm(absl::Time time) {
  const int64_t seconds = std::max<int64_t>(
      0, absl::ToUnixSeconds(time + absl::Seconds(1) - absl::Nanoseconds(1)));
  return absl::StrCat("t", storage::FixedBytes(static_cast<uint64_t>(seconds)));
}
std::string DayTerm(absl::string_view offer, absl::CivilDay day) {
  return absl::StrCat("d", absl::Dec(day.year(), absl::kZeroPad4),
                      absl::Dec(day.month(), absl::kZeroPad2),
                      absl::Dec(day.day(), absl::kZeroPad2), offer);
}

absl::Time DueTime(const v1::StoredMatch& match) {
  absl::Time due = absl::InfiniteFuture();
  if (match.state() == v1::MATCH_STATE_PROPOSED) {
    due = std::min(due, TimeOf(match.hold_expire_time()));
  }
  if (match.standing() != v1::MATCH_STANDING_FITS) return due;
  if (!match.released() && match.has_release_time()) {
    due = std::min(due, TimeOf(match.release_time()));
  }
  if (match.has_offer_expire_time()) {
    due = std::min(due, TimeOf(match.offer_expire_time()));
  }
  return due;
}

absl::TimeZone LocalTimeZone() {
  static const absl::TimeZone zone = [] {
    absl::TimeZone berlin;
    if (absl::LoadTimeZone("Europe/Berlin", &berlin)) return berlin;
    return absl::FixedTimeZone(60 * 60);  // Without tzdata: no summer time.
  }();
  return zone;
}

MatchRecords::MatchRecords()
    : matches({.number = 1, .name = "match", .terms = TermsOfMatch}),
      later({.number = 2,
             .name = "later offer",
             .terms = TermsOfLater,
             .logged = false}),
      woken({.number = 3, .name = "woken wish", .logged = false}),
      positions({.number = 4, .name = "position", .logged = false}),
      feedback({.number = 5, .name = "feedback", .logged = false}) {}

v1::StoredMatch MatchOfRow(storage::Row<v1::StoredMatch> row) {
  v1::StoredMatch match = std::move(row.record);
  match.set_name(NameOfKey(row.id, "matches"));
  match.set_revision(row.revision);
  match.set_etag(absl::StrCat(row.revision));
  return match;
}

}  // namespace heimweg::matching
