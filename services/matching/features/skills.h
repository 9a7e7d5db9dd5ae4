// Skills: share of the skills that a job asks for which the adult has, weighted
// by rarity.
//
// Unit: millionths. Range: 0 to 1,000,000.
// value = sum over shared skills of w x r / the same sum over all asked skills,
// rounded down; w is 2 for a required and 1 for an optional skill; r(s) is the
// rarity 1 + floor(log2((N + 1) / (df(s) + 1))), cut to 1 to 20, with N the
// number of indexed jobs and df(s) of those that ask for s.
// Where ESCO is imported: names and URIs of one ESCO skill are the same skill;
// an adult also has the skills that the ESCO occupations of the adult need in
// any case; a job that names no skill asks for those of its own, as optional
// ones. Source: inverse document frequency (Spaerck Jones 1972) in whole steps
// of the binary logarithm: a skill that half as many jobs ask for says one step
// more, and the few soft skills that all ask for say next to nothing. Unknown:
// if the job asks for none or the adult has none. Says: "You have 4 of 6
// skills: ..." (SKILLS_SHARED).
#ifndef HEIMWEG_SERVICES_MATCHING_FEATURES_SKILLS_H_
#define HEIMWEG_SERVICES_MATCHING_FEATURES_SKILLS_H_

#include <algorithm>
#include <bit>
#include <cstdint>

#include "services/matching/feature.h"

namespace heimweg::matching {

inline constexpr int32_t kRequiredSkillWeight = 2;
inline constexpr int32_t kOptionalSkillWeight = 1;

constexpr int32_t SkillWeight(bool required) {
  return required ? kRequiredSkillWeight : kOptionalSkillWeight;
}

// r(s), by the numbers of jobs and of those among them that ask for s.
constexpr int32_t SkillRarity(uint32_t jobs, uint32_t asking) {
  constexpr int kRarest = 20;
  // bit_width(q) = 1 + floor(log2(q)).
  return std::min<int>(std::bit_width((jobs + 1) / (asking + 1)), kRarest);
}

// Both are sums of w x r; `asked` is 0 if the job asks for none.
inline FeatureValue SkillsFeature(bool adult_has_skills, int64_t shared,
                                  int64_t asked) {
  if (!adult_has_skills || asked == 0) return {};
  return FeatureValue(shared * kOne / asked);
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_FEATURES_SKILLS_H_
