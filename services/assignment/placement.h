// Places for households that move as a whole: every household goes to one place
// or stays unplaced, no place takes more than its capacity in any dimension
// (adults, children, seats), and the sum of the weights of the chosen pairs is
// the greatest possible. Proven by branch and price where sizes are small whole
// numbers, else and with a floor by CBC.
//
// Not here: one offer for one person, which needs no integer programme
// (flow.h).
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_PLACEMENT_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_PLACEMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace heimweg::assignment {

inline constexpr int kUnplaced = -1;

// A household may go to a place. At most one for each two.
struct PlacementPair {
  int household = 0;
  int place = 0;
  // What the sum is of; finite, any sign.
  double weight = 0;
};

struct PlacementProblem {
  // Unique within each list.
  std::vector<std::string> households;
  std::vector<std::string> places;
  std::vector<std::string> dimensions;
  // sizes[household * dimensions + dimension]: what the household takes of a
  // dimension; finite, 0 or more.
  std::vector<double> sizes;
  // capacities[place * dimensions + dimension], in the same units.
  std::vector<double> capacities;
  std::vector<PlacementPair> pairs;

  double size(int household, int dimension) const {
    return sizes[household * dimensions.size() + dimension];
  }
  double capacity(int place, int dimension) const {
    return capacities[place * dimensions.size() + dimension];
  }
};

// "This household stays here": it gets this place, or kUnplaced: none.
struct PlacementLock {
  int household = 0;
  int place = kUnplaced;
};

// The sum over other weights of the chosen pairs must reach this.
struct PlacementFloor {
  // By pair, as PlacementProblem::pairs.
  std::vector<double> weights;
  double least = 0;
};

struct PlacementOptions {
  // Wall time for everything; above 0.
  absl::Duration time_limit = absl::Seconds(60);
  // Relative gap at which the search may end, 0 or more.
  double gap = 1e-7;
  std::vector<PlacementLock> locks;
  std::optional<PlacementFloor> floor;
  // An assignment to begin with, by household; ignored if it is not feasible.
  std::vector<int> start;
};

enum class PlacementStatus {
  // Proven: bound and objective are within the asked gap.
  kOptimal,
  // The time was over; the assignment is feasible, the bound is true.
  kFeasible,
  // Locks or floor leave no assignment.
  kInfeasible,
  // The time was over before an assignment was found (with a floor only).
  kUnknown,
};

// "optimal", "feasible", "infeasible", "unknown".
absl::string_view StatusName(PlacementStatus status);

struct Placement {
  PlacementStatus status = PlacementStatus::kUnknown;
  // By household: index of its place or kUnplaced.
  std::vector<int> place_of;
  // Sum of the chosen pairs' weights.
  double objective = 0;
  // No assignment has more.
  double bound = 0;
  // (bound - objective) / max(|objective|, 1e-9), 0 or more.
  double gap = 0;
};

// INVALID_ARGUMENT if the problem is not as described. Deterministic unless the
// time limit cuts it short. Uses up to two cores.
absl::StatusOr<Placement> SolvePlacement(const PlacementProblem& problem,
                                         const PlacementOptions& options);

// OK if every household has a place that it is paired with and no capacity is
// exceeded by more than a part in 10^9; else what is wrong.
absl::Status CheckPlacement(const PlacementProblem& problem,
                            const std::vector<int>& place_of);

// Sum of the chosen pairs' weights; a pair that does not exist counts 0.
double PlacementObjective(const PlacementProblem& problem,
                          const std::vector<int>& place_of);

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_PLACEMENT_H_
