// Sizes and capacities of placements as whole numbers, which knapsacks over
// fillings need.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_WHOLE_AMOUNTS_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_WHOLE_AMOUNTS_H_

#include <optional>
#include <vector>

#include "services/assignment/placement.h"

namespace heimweg::assignment {

// By household or place and dimension.
struct WholeAmounts {
  std::vector<int> sizes;
  std::vector<int> capacities;
};

// Nothing if there is no dimension, if sizes are not multiples of a common
// fraction (a hundredth at least), or if a place has so many fillings that
// knapsacks over them would be slow.
std::optional<WholeAmounts> WholeNumbers(const PlacementProblem& problem);

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_WHOLE_AMOUNTS_H_
