#include "services/matching/testing/package_reach.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "services/matching/testing/oracle_facts.h"

namespace heimweg::matching::testing {
namespace {

using profiles::v1::Adult;

constexpr int64_t kGap = 90;

// A feature of a match that was ranked with all features.
struct Valued {
  std::optional<int64_t> value;
  int64_t weight = 0;
};

Valued ValueOf(const v1::Match& match, v1::Feature feature) {
  for (const v1::FeatureScore& score : match.features()) {
    if (score.feature() != feature) continue;
    Valued value;
    if (score.known()) value.value = score.value_millionths();
    value.weight = score.weight();
    return value;
  }
  return {};
}

// The score of a match if two of its features had other values.
int64_t Rescored(const v1::Match& match, std::optional<int64_t> distance,
                 std::optional<int64_t> date) {
  int64_t sum = 0;
  int64_t of = 0;
  for (const v1::FeatureScore& score : match.features()) {
    int64_t value = score.value_millionths();
    if (score.feature() == v1::FEATURE_DISTANCE) {
      value = distance.value_or(400'000);
    }
    if (score.feature() == v1::FEATURE_DATES) value = date.value_or(400'000);
    sum += score.weight() * value;
    of += score.weight();
  }
  return of == 0 ? 0 : sum / of;
}

}  // namespace

Limit PackageReach::LimitOf(const Part& part) const {
  Limit limit;
  if (part.kind == v1::PACKAGE_PART_KIND_PEOPLE) {
    limit.meters = 30'000;
    return limit;
  }
  if (part.kind != v1::PACKAGE_PART_KIND_JOB) {
    limit.meters = 15'000;
    return limit;
  }
  for (const Adult& adult : profile_.adults()) {
    if (adult.id() != part.adult) continue;
    limit.mode = adult.commute_mode();
    if (adult.has_max_commute_km()) {
      limit.meters = std::llround(adult.max_commute_km() * 1'000);
    } else {
      limit.minutes =
          adult.has_max_commute_minutes() ? adult.max_commute_minutes() : 60;
    }
  }
  return limit;
}

bool PackageReach::WantsRemote(const Part& part) const {
  for (const Adult& adult : profile_.adults()) {
    if (adult.id() == part.adult) return adult.remote_welcome();
  }
  return false;
}

int64_t PackageReach::Earliest() const {
  return profile_.return_window().has_earliest()
             ? DaysOf(profile_.return_window().earliest())
             : today_;
}

int64_t PackageReach::SchoolValue(const housing::v1::Home& home) const {
  if (!profile_.return_window().has_latest()) return 1'000'000;
  int64_t first = Earliest();
  if (home.has_available_from()) {
    first = std::max(first, DaysOf(home.available_from()));
  }
  const int64_t last =
      std::max(first, DaysOf(profile_.return_window().latest()));
  int64_t nearest = INT64_MAX;
  for (int year = 1899; year <= 2300; ++year) {
    type::v1::Date august;
    august.set_year(year);
    august.set_month(8);
    august.set_day(1);
    const int64_t day = DaysOf(august);
    const int64_t beside = std::max({first - day, day - last, int64_t{0}});
    nearest = std::min(nearest, beside);
  }
  return DecayOf(nearest, 90);
}

bool PackageReach::Reaches(const Part& part, const housing::v1::Home& home,
                           const type::v1::Place& place, int64_t remote_percent,
                           Choice& choice,
                           std::optional<int64_t>& value) const {
  const auto from = PointOfPlace(home.place());
  const auto to = PointOfPlace(place);
  const Limit limit = LimitOf(part);
  if (from && to) {
    choice.meters = Meters(*from, *to);
    const int64_t minutes = Minutes(*choice.meters, limit.mode);
    if (part.kind == v1::PACKAGE_PART_KIND_JOB) choice.minutes = minutes;
    const bool inside = limit.minutes ? minutes <= *limit.minutes
                                      : *choice.meters <= limit.meters;
    if (!inside && remote_percent < 100) return false;
    value = limit.minutes ? DecayOf(2 * minutes, *limit.minutes)
                          : DecayOf(2 * *choice.meters, limit.meters);
    *value += (1'000'000 - *value) * remote_percent / 100;
  }
  if (remote_percent == 100) value = 1'000'000;
  return true;
}

std::optional<Choice> PackageReach::JobAt(const Part& part,
                                          const housing::v1::Home& home,
                                          const v1::Match& match) const {
  const jobs::v1::Job& job = world_.jobs.at(match.offer());
  Choice choice;
  choice.name = match.offer();
  std::optional<int64_t> distance;
  const int64_t remote =
      WantsRemote(part) && job.has_remote_percent() ? job.remote_percent() : 0;
  if (!Reaches(part, home, job.place(), remote, choice, distance)) {
    return std::nullopt;
  }
  std::optional<int64_t> date = ValueOf(match, v1::FEATURE_DATES).value;
  if (date && home.has_available_from()) {
    const int64_t start = std::max(DaysOf(job.start_date()), Earliest());
    const int64_t gap = DaysOf(home.available_from()) - start;
    if (gap > kGap) return std::nullopt;
    if (gap > 0) date = std::min(*date, DecayOf(gap, 90));
  }
  choice.score = Rescored(match, distance, date);
  return choice;
}

std::optional<Choice> PackageReach::ContactAt(const Part& part,
                                              const housing::v1::Home& home,
                                              const v1::Match& match) const {
  Choice choice;
  choice.name = match.offer();
  std::optional<int64_t> distance;
  if (!Reaches(part, home, world_.contacts.at(match.offer()).place(), 0, choice,
               distance)) {
    return std::nullopt;
  }
  const std::optional<int64_t> date =
      part.kind == v1::PACKAGE_PART_KIND_SCHOOL
          ? SchoolValue(home)
          : ValueOf(match, v1::FEATURE_DATES).value;
  choice.score = Rescored(match, distance, date);
  return choice;
}

}  // namespace heimweg::matching::testing
