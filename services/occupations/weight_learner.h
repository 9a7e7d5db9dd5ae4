// How the weights of resolver_weights.h are made: what tells the right
// candidate from the others, learned from titles whose occupation is known.
#ifndef HEIMWEG_SERVICES_OCCUPATIONS_WEIGHT_LEARNER_H_
#define HEIMWEG_SERVICES_OCCUPATIONS_WEIGHT_LEARNER_H_

#include <vector>

#include "services/occupations/title_features.h"

namespace heimweg::occupations {

// One title: its candidates and which of them are right.
struct JudgedTitle {
  std::vector<TitleFeatures> candidates;
  std::vector<bool> right;
};

// The weights that make sum over titles of ln p(right) largest, p the softmax
// of the weighted sums over a title's candidates (conditional logit, McFadden
// 1974), minus `penalty` / 2 x the squares of the weights of features scaled to
// deviation 1. Titles without a right candidate are left out. The same input
// gives the same weights.
TitleFeatures LearnWeights(const std::vector<JudgedTitle>& titles,
                           float penalty);

}  // namespace heimweg::occupations

#endif  // HEIMWEG_SERVICES_OCCUPATIONS_WEIGHT_LEARNER_H_
