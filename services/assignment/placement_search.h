// A good placement quickly: greedy, then simulated annealing over moves, swaps
// and evictions that stay feasible. It proves nothing; the integer programme
// starts from it and uses its value to rule pairs out.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_PLACEMENT_SEARCH_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_PLACEMENT_SEARCH_H_

#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "services/assignment/placement.h"

namespace heimweg::assignment {

// A part in 10^9 over a capacity is rounding.
inline constexpr double kSlack = 1e-9;

struct SearchOptions {
  uint64_t seed = 1;
  // Proposed moves.
  int64_t steps = 4'000'000;
  // Looked at every few thousand moves.
  absl::Time deadline = absl::InfiniteFuture();
};

// By household: its place or kUnplaced. Always feasible. Pairs that the
// household alone overfills must not be in the problem. The same seed and steps
// give the same result unless the deadline comes first.
std::vector<int> SearchPlacement(const PlacementProblem& problem,
                                 std::vector<int> start,
                                 const SearchOptions& options);

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_PLACEMENT_SEARCH_H_
