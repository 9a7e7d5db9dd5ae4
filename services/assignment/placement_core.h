// How a placement is found and proven once the problem is known to be well
// formed. Not for users: placement.h is.
//
// Annealing gives a start. Where sizes are whole numbers, the search over
// patterns (pattern_search.h) finds and proves the best. With a floor, or
// amounts that are not small whole numbers: neighbourhoods (all households of a
// few places and the unplaced ones, solved as integer programmes of their own)
// bring the start close to the best. Then every pair whose reduced cost in the
// linear relaxation exceeds the distance between bound and start is ruled out,
// and CBC proves what is left.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_PLACEMENT_CORE_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_PLACEMENT_CORE_H_

#include <vector>

#include "absl/time/time.h"
#include "services/assignment/integer_program.h"
#include "services/assignment/placement.h"

namespace heimweg::assignment {

// A problem without what cannot be chosen: households that are locked (their
// room is taken off), pairs that overfill a place alone, pairs with a negative
// weight where no floor needs them.
struct CorePlacement {
  PlacementProblem problem;
  std::optional<PlacementFloor> floor;
  // Of the locked households: their places, and the sum of their weights.
  std::vector<int> fixed;
  double fixed_objective = 0;
  // False: the locks alone are against the problem.
  bool feasible = true;
};

CorePlacement ReducePlacement(const PlacementProblem& problem,
                              const PlacementOptions& options);

// The integer programme of the pairs with these indices; the other households
// are as in `place_of`, which a start is taken from.
struct PairProgram {
  IntegerProgram program;
  std::vector<double> start;
  // By column.
  std::vector<int> pairs;
  // By household: the row that lets it go to one place, or -1.
  std::vector<int> household_rows;
};
PairProgram MakePairProgram(const CorePlacement& core,
                            const std::vector<int>& pairs,
                            const std::vector<int>& place_of);

// Improves `place_of`, which keeps the floor, by neighbourhoods until the
// deadline, the relative gap to the relaxation, or many in a row without a
// gain.
void ImprovePlacement(const CorePlacement& core,
                      const LinearSolution& relaxation, double gap,
                      absl::Time deadline, std::vector<int>& place_of);

Placement SolveCheckedPlacement(const PlacementProblem& problem,
                                const PlacementOptions& options);

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_PLACEMENT_CORE_H_
