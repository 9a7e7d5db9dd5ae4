// The constraints that only jobs have.
#ifndef HEIMWEG_SERVICES_MATCHING_CONSTRAINTS_JOB_H_
#define HEIMWEG_SERVICES_MATCHING_CONSTRAINTS_JOB_H_

#include <algorithm>
#include <cstdint>
#include <optional>

#include "absl/types/span.h"
#include "services/matching/constraint.h"
#include "services/matching/constraints/shared.h"
#include "services/matching/job_columns.h"
#include "services/matching/pay.h"

namespace heimweg::matching {

// EMPLOYMENT: one of the wanted types (a set, 0: all), and no temporary-work
// agency if these are excluded.
inline Outcome EmploymentConstraint(uint32_t wanted_types, uint8_t type,
                                    bool no_temp_agency, uint8_t temp_agency) {
  const Outcome of_type =
      type == 0 ? Outcome::kOpen : MetIf((wanted_types >> type & 1U) != 0);
  const Outcome of_agency = temp_agency == type::v1::ANSWER_UNSPECIFIED
                                ? Outcome::kOpen
                                : MetIf(temp_agency == type::v1::ANSWER_NO);
  return Both({wanted_types != 0, of_type}, {no_temp_agency, of_agency});
}

// LANGUAGE: the adult speaks every required language at its level. A level that
// the adult does not say is open. `spoken` has the level by LanguageCode's
// letters, or kNotSpoken.
inline constexpr uint8_t kNotSpoken = 255;
inline Outcome LanguageConstraint(absl::Span<const uint8_t> spoken,
                                  absl::Span<const uint32_t> required) {
  if (spoken.empty() || required.empty()) return Outcome::kOpen;
  Outcome outcome = Outcome::kMet;
  for (const uint32_t packed : required) {
    const LanguageCode asked = LanguageCode::Unpacked(packed);
    const uint8_t level = spoken[asked.letters];
    if (level == kNotSpoken) return Outcome::kFailed;
    if (asked.level == 0 || level >= asked.level) continue;
    if (level != 0) return Outcome::kFailed;
    outcome = Outcome::kOpen;
  }
  return outcome;
}

// LICENCE: the adult holds every required class. `held` is closed under
// WithIncluded.
inline Outcome LicenceConstraint(std::optional<uint16_t> held,
                                 uint16_t required) {
  if (!held || required == 0) return Outcome::kOpen;
  return MetIf((required & ~*held) == 0);
}

// SALARY: the highest pay reaches the floor, by the hour; -1: not asked, not
// said.
inline Outcome SalaryConstraint(int32_t floor_hourly_cents,
                                int32_t hourly_cents) {
  if (floor_hourly_cents < 0 || hourly_cents < 0) return Outcome::kOpen;
  return MetIf(hourly_cents >= floor_hourly_cents);
}

// HOURS: the ranges have a value in common.
inline Outcome HoursConstraint(WeeklyMinutes wished, WeeklyMinutes offered) {
  if (wished.most == 0 || offered.most == 0) return Outcome::kOpen;
  return MetIf(wished.fewest <= offered.most && offered.fewest <= wished.most);
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_CONSTRAINTS_JOB_H_
