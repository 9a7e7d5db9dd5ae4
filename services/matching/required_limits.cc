#include "services/matching/required_limits.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/places/commute.h"
#include "services/places/distance.h"

namespace heimweg::matching {
namespace {

constexpr int32_t kTenthOfKm = 100;

v1::Relaxation Limit(v1::Constraint constraint, std::string from,
                     std::string to, absl::string_view unit) {
  v1::Relaxation limit;
  limit.set_constraint(constraint);
  limit.set_from(std::move(from));
  limit.set_to(std::move(to));
  limit.set_unit(std::string(unit));
  return limit;
}

}  // namespace

v1::Relaxation AnchorLimitFor(const Anchor& anchor, int32_t distance_m) {
  v1::Relaxation limit;
  if (anchor.limit == Anchor::Limit::kRadius) {
    const int32_t radius_m =
        (distance_m + kTenthOfKm - 1) / kTenthOfKm * kTenthOfKm;
    limit = Limit(v1::CONSTRAINT_AREA, KmText(anchor.radius_m),
                  KmText(radius_m), "km");
  } else {
    limit = Limit(v1::CONSTRAINT_AREA, absl::StrCat(anchor.minutes),
                  absl::StrCat(places::CommuteMinutes(distance_m, anchor.mode)),
                  "minutes");
  }
  limit.set_anchor(anchor.id);
  return limit;
}

namespace {

// By which share of itself the limit would have to grow, in millionths.
int64_t Growth(const Anchor& anchor, int32_t distance_m) {
  return anchor.limit == Anchor::Limit::kRadius
             ? int64_t{distance_m} * kOne / anchor.radius_m
             : int64_t{places::CommuteMinutes(distance_m, anchor.mode)} * kOne /
                   anchor.minutes;
}

std::vector<v1::Relaxation> AreaLimits(const std::vector<Anchor>& anchors,
                                       places::GeoPoint point) {
  std::vector<v1::Relaxation> limits;
  const Anchor* closest = nullptr;
  int64_t least = 0;
  bool chosen = false;
  for (const Anchor& anchor : anchors) {
    if (anchor.limit == Anchor::Limit::kNone) continue;
    const int64_t chord = places::ChordSquared(anchor.point, point);
    const int32_t distance_m = places::DistanceMeters(chord);
    const bool inside = chord <= anchor.chord_within;
    if (anchor.required) {
      if (!inside) limits.push_back(AnchorLimitFor(anchor, distance_m));
      continue;
    }
    chosen = chosen || inside;
    const int64_t growth = Growth(anchor, distance_m);
    if (closest == nullptr || growth < least) {
      closest = &anchor;
      least = growth;
    }
  }
  if (closest != nullptr && !chosen) {
    limits.push_back(AnchorLimitFor(
        *closest, places::DistanceMeters(closest->point, point)));
  }
  return limits;
}

v1::Relaxation DateLimit(const Wish& wish, int32_t day) {
  return Limit(v1::CONSTRAINT_DATES, DayText(wish.latest_day.value_or(day)),
               DayText(day), "");
}

// The range grows at the end where the offer lies.
WeeklyMinutes HoursFor(WeeklyMinutes wished, WeeklyMinutes offered) {
  return {std::min(wished.fewest, offered.most),
          std::max(wished.most, offered.fewest)};
}

}  // namespace

std::vector<v1::Relaxation> RequiredLimits(const JobQuery& query,
                                           const JobQuery::Row& at,
                                           size_t seeker,
                                           v1::Constraint constraint) {
  const JobColumns& jobs = at.columns;
  const JobSeeker& asked = query.wish().seekers[seeker];
  switch (constraint) {
    case v1::CONSTRAINT_AREA:
      return AreaLimits(query.wish().anchors, jobs.common.point[at.row]);
    case v1::CONSTRAINT_DATES:
      return {DateLimit(query.wish(), jobs.record(at.row).start_day)};
    case v1::CONSTRAINT_SALARY:
      return {Limit(constraint, absl::StrCat(asked.floor.cents),
                    absl::StrCat(asked.floor.GreatestFor(
                        jobs.record(at.row).hourly_cents)),
                    "cents")};
    case v1::CONSTRAINT_HOURS:
      return {Limit(
          constraint, HoursText(asked.weekly),
          HoursText(HoursFor(asked.weekly, {jobs.record(at.row).fewest_minutes,
                                            jobs.record(at.row).most_minutes})),
          "hours")};
    default:
      return {};
  }
}

std::vector<v1::Relaxation> RequiredLimits(const HomeQuery& query,
                                           const HomeQuery::Row& at,
                                           size_t /*seeker*/,
                                           v1::Constraint constraint) {
  const HomeColumns& homes = at.columns;
  switch (constraint) {
    case v1::CONSTRAINT_AREA:
      return AreaLimits(query.wish().anchors, homes.common.point[at.row]);
    case v1::CONSTRAINT_DATES:
      return {DateLimit(query.wish(), homes.available_day[at.row])};
    case v1::CONSTRAINT_BUDGET:
      return {
          Limit(constraint,
                absl::StrCat(query.Budget(homes.tenure[at.row]).value_or(0)),
                absl::StrCat(homes.amount_cents[at.row]), "cents")};
    case v1::CONSTRAINT_ROOMS:
      return {Limit(constraint,
                    HalvesText(query.wish().home.min_room_halves.value_or(0)),
                    HalvesText(homes.room_halves[at.row]), "rooms")};
    default:
      return {};
  }
}

std::vector<v1::Relaxation> RequiredLimits(const ContactQuery& query,
                                           const ContactQuery::Row& at,
                                           size_t /*seeker*/,
                                           v1::Constraint constraint) {
  if (constraint != v1::CONSTRAINT_AREA) return {};
  return AreaLimits(query.wish().anchors, at.columns.common.point[at.row]);
}

}  // namespace heimweg::matching
