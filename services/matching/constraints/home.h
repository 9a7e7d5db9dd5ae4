// The constraints that only homes have.
#ifndef HEIMWEG_SERVICES_MATCHING_CONSTRAINTS_HOME_H_
#define HEIMWEG_SERVICES_MATCHING_CONSTRAINTS_HOME_H_

#include <cstdint>
#include <optional>

#include "heimweg/housing/v1/home.pb.h"
#include "services/matching/constraint.h"
#include "services/matching/constraints/shared.h"

namespace heimweg::matching {

// TYPE: a wanted tenure and a wanted type (sets, 0: all). Values of 0 are not
// said.
inline Outcome HomeTypeConstraint(uint32_t tenures, uint8_t tenure,
                                  uint32_t home_types, uint8_t home_type) {
  const auto in = [](uint32_t set, uint8_t value) {
    return value == 0 ? Outcome::kOpen : MetIf((set >> value & 1U) != 0);
  };
  return Both({tenures != 0, in(tenures, tenure)},
              {home_types != 0, in(home_types, home_type)});
}

// BUDGET: the amount is within the budget. Below 0: not said.
inline Outcome BudgetConstraint(std::optional<int64_t> budget_cents,
                                int64_t amount_cents) {
  if (!budget_cents || amount_cents < 0) return Outcome::kOpen;
  return MetIf(amount_cents <= *budget_cents);
}

// ROOMS: enough of them. 0: not said.
inline Outcome RoomsConstraint(std::optional<int32_t> min_room_halves,
                               int32_t room_halves) {
  if (!min_room_halves || room_halves == 0) return Outcome::kOpen;
  return MetIf(room_halves >= *min_room_halves);
}

// OCCUPANTS: `people` lies between both. 0: not said.
inline Outcome OccupantsConstraint(int32_t people, int32_t min_occupants,
                                   int32_t max_occupants) {
  if (people == 0 || (min_occupants == 0 && max_occupants == 0)) {
    return Outcome::kOpen;
  }
  return MetIf(people >= min_occupants &&
               (max_occupants == 0 || people <= max_occupants));
}

// PETS: allowed if there are any.
inline Outcome PetsConstraint(bool pets, uint8_t allowed) {
  if (!pets || allowed == type::v1::ANSWER_UNSPECIFIED) return Outcome::kOpen;
  return MetIf(allowed == type::v1::ANSWER_YES);
}

// What a home has that names `offered` (sets, a bit for each Accessibility):
// fit for a wheelchair by DIN 18040-2 R means no step to the home and the
// shower, too.
inline uint32_t WithImplied(uint32_t offered) {
  if ((offered >> housing::v1::ACCESSIBILITY_WHEELCHAIR & 1U) != 0) {
    offered |= 1U << housing::v1::ACCESSIBILITY_STEP_FREE;
    offered |= 1U << housing::v1::ACCESSIBILITY_LEVEL_SHOWER;
  }
  return offered;
}

// ACCESSIBILITY: all of `wished` is there. A home that names anything, if only
// ACCESSIBILITY_NONE, has named all.
inline Outcome AccessibilityConstraint(uint32_t wished, uint32_t offered) {
  if (wished == 0 || offered == 0) return Outcome::kOpen;
  return MetIf((wished & ~WithImplied(offered)) == 0);
}

// WBS: none is required of a household that has none.
inline Outcome WbsConstraint(uint8_t has_wbs, uint8_t required) {
  if (required == type::v1::ANSWER_UNSPECIFIED) return Outcome::kOpen;
  if (required == type::v1::ANSWER_NO) return Outcome::kMet;
  if (has_wbs == type::v1::ANSWER_UNSPECIFIED) return Outcome::kOpen;
  return MetIf(has_wbs == type::v1::ANSWER_YES);
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_CONSTRAINTS_HOME_H_
