// Placements by branch and price: the bound is that of the best mixture of
// whole patterns of the places, which is tighter than the plain linear
// relaxation, and what is branched on is how many households of the same sizes
// go to a place (household_types.h), then pairs. It is asked step by step
// whether there is a placement within a small distance of the bound: that rules
// most pairs out at once, and the first "yes" is the optimum.
//
// After: Savelsbergh, "A Branch-and-Price Algorithm for the Generalized
// Assignment Problem", 1997; the steps after Posta, Ferland, Michelon, "An
// exact method with variable fixing for solving the generalized assignment
// problem", 2012; here with several capacities a place.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_SEARCH_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_SEARCH_H_

#include <vector>

#include "absl/time/time.h"
#include "services/assignment/pattern_pricing.h"
#include "services/assignment/placement.h"

namespace heimweg::assignment {

struct PatternResult {
  // At least as good as the start.
  std::vector<int> place_of;
  // No placement has more.
  double bound = 0;
};

// `prices` by household, 0 or more: a guess, such as the shadow prices of the
// plain relaxation. Weights are 0 or more, pairs fit alone, `start` is
// feasible. Ends when bound and objective are within the relative gap, or at
// the deadline. Deterministic but for the deadline.
PatternResult SearchPatterns(const PlacementProblem& problem,
                             const WholeAmounts& amounts,
                             const std::vector<double>& prices,
                             const std::vector<int>& start, double gap,
                             absl::Time deadline);

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_SEARCH_H_
