// Which parts of job titles mean the same, learned from names of one occupation
// ("Helfer", "Assistent"; "Leiter", "Manager").
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_PART_TRANSLATION_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_PART_TRANSLATION_H_

#include <cstdint>
#include <utility>
#include <vector>

namespace heimweg::occupations {

using PartId = uint32_t;
using PartPair = std::pair<std::vector<PartId>, std::vector<PartId>>;

struct Translation {
  PartId from = 0;
  PartId to = 0;
  float probability = 0;  // of `to` where `from` stands
};

// IBM model 1 (Brown et al., The Mathematics of Statistical Machine
// Translation, Computational Linguistics 19, 1993) by expectation maximisation:
// the probability that a part of the one name stands for a part of the other.
// `pairs` are names of one occupation; give both directions. Entries below
// `least` and those of a part to itself are left out. Sorted by from, then by
// probability, highest first.
std::vector<Translation> LearnTranslations(const std::vector<PartPair>& pairs,
                                           int rounds, float least);

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_PART_TRANSLATION_H_
