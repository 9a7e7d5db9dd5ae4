// RelaxedLimit: a wish that gives way by one step, for counting what more would
// then pass.
#ifndef HEIMWEG_SERVICES_MATCHING_RELAXED_LIMIT_H_
#define HEIMWEG_SERVICES_MATCHING_RELAXED_LIMIT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "heimweg/matching/v1/match.pb.h"
#include "services/matching/constraints/shared.h"
#include "services/matching/pay.h"
#include "services/matching/wish.h"

namespace heimweg::matching {

struct RelaxedLimit {
  // What is said of it; additional_offers is not set.
  v1::Relaxation text;
  // Index of the job seeker whose wish it is; nullopt: the household's.
  std::optional<size_t> seeker;
  // What takes the place of the limit, by text.constraint().
  AnchorLimit area;                   // AREA
  std::optional<int32_t> latest_day;  // DATES
  int32_t floor_hourly_cents = 0;     // SALARY
  WeeklyMinutes weekly;               // HOURS
  bool rented = false;                // BUDGET: of a rent, otherwise of a price
  int64_t budget_cents = 0;           // BUDGET
  int32_t min_room_halves = 0;        // ROOMS
};

// Every step that RankOffersRequest.include_relaxations names and that applies
// to the wish's kind; in the order of constraints, then of anchors or seekers,
// the smaller step first. Steps end at the greatest value that the profile's
// field may have.
std::vector<RelaxedLimit> RelaxedLimits(const Wish& wish);

// Numbers as relaxations show them.
std::string KmText(int32_t meters);           // "33.4", "30"
std::string HalvesText(int32_t halves);       // "2.5", "3"
std::string HoursText(WeeklyMinutes weekly);  // "20-30", "37.5"

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_RELAXED_LIMIT_H_
