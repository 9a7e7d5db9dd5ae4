#include "services/matching/standing/told_today.h"

namespace heimweg::matching {

absl::Status ToldToday::Open(const MatchRecords& records,
                             const storage::Reader& reader, absl::Time now) {
  const absl::CivilDay day = absl::ToCivilDay(now, LocalTimeZone());
  if (day_ == day) return absl::OkStatus();
  Forget();
  // Whatever follows the day in a term: earlier versions of this program named
  // the profile, or nothing. The match says whose it is.
  absl::Status visited = records.matches.VisitTerms(
      reader, DayTerm("", day), DayTerm("", day + 1),
      [this](absl::string_view /*term*/, absl::string_view id) {
        ++stored_[ProfileOfKey(id)];
        return true;
      });
  if (visited.ok()) day_ = day;
  return visited;
}

int64_t ToldToday::CountOf(absl::string_view profile) const {
  int64_t count = 0;
  for (const Counts* counts : {&stored_, &added_}) {
    const auto found = counts->find(profile);
    if (found != counts->end()) count += found->second;
  }
  return count;
}

void ToldToday::Add(absl::string_view profile) { ++added_[profile]; }

void ToldToday::Keep() {
  for (const auto& [profile, count] : added_) stored_[profile] += count;
  added_.clear();
}

void ToldToday::Drop() { added_.clear(); }

void ToldToday::Forget() {
  day_.reset();
  stored_.clear();
  added_.clear();
}

void ToldToday::Erase(absl::string_view profile) {
  stored_.erase(profile);
  added_.erase(profile);
}

}  // namespace heimweg::matching
