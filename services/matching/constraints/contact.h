// The constraints that only contacts have.
#ifndef HEIMWEG_SERVICES_MATCHING_CONSTRAINTS_CONTACT_H_
#define HEIMWEG_SERVICES_MATCHING_CONSTRAINTS_CONTACT_H_

#include <algorithm>
#include <cstdint>

#include "absl/types/span.h"
#include "heimweg/contacts/v1/contact.pb.h"
#include "services/matching/constraint.h"
#include "services/matching/constraints/shared.h"

namespace heimweg::matching {

// TYPE: a wanted type (a set, 0: all). 0: not said. None that the set has no
// bit for is wanted.
inline Outcome ContactTypeConstraint(uint32_t types, uint8_t type) {
  constexpr uint8_t kBits = 32;
  if (types == 0 || type == 0) return Outcome::kOpen;
  return MetIf(type < kBits && (types >> type & 1U) != 0);
}

// ACCESSIBILITY: no steps if that is needed.
inline Outcome StepFreeConstraint(bool needed, uint8_t step_free) {
  if (!needed || step_free == type::v1::ANSWER_UNSPECIFIED) {
    return Outcome::kOpen;
  }
  return MetIf(step_free == type::v1::ANSWER_YES);
}

// AGES: childcare and schools take at least one child that needs them; other
// contacts are open to all. A child is of the age that it reaches this year or,
// before its birthday, a year younger: only if both are outside it is known
// not to be taken. An unborn child counts as 0.
inline Outcome AgesConstraint(uint8_t type, int32_t youngest, int32_t oldest,
                              absl::Span<const int32_t> childcare_birth_years,
                              absl::Span<const int32_t> school_birth_years,
                              int32_t year) {
  const bool childcare = type == contacts::v1::CONTACT_TYPE_CHILDCARE;
  if (!childcare && type != contacts::v1::CONTACT_TYPE_SCHOOL) {
    return Outcome::kOpen;
  }
  const absl::Span<const int32_t> born =
      childcare ? childcare_birth_years : school_birth_years;
  return MetIf(std::any_of(born.begin(), born.end(), [&](int32_t birth_year) {
    const int32_t reached = std::max(year - birth_year, 0);
    return reached >= youngest && std::max(reached - 1, 0) <= oldest;
  }));
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_CONSTRAINTS_CONTACT_H_
