// One offer for one person under capacities (a job's openings, a mentor's case
// load): the assignment with the greatest total score, by minimum-cost flow
// with LEMON's network simplex, and its proof. Also, by name, the stable
// assignment of deferred acceptance, which is quick and loses score.
//
// Not here: households that move as a whole (placement.h).
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_FLOW_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_FLOW_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace heimweg::assignment {

// A person may get an offer.
struct FlowEdge {
  int32_t offer = 0;
  // Millionths, 0 to 1,000,000: what the sum is of.
  int32_t score = 0;
};

// Edges by person: those of person p are edges[first[p]] to before
// edges[first[p + 1]], at most one for each offer.
struct FlowProblem {
  std::vector<int64_t> first = {0};
  std::vector<FlowEdge> edges;
  // By offer: how many people it takes, 0 or more.
  std::vector<int32_t> capacities;
  // How many offers a person may get, 1 or more: above 1 the assignment is of
  // lists in which no offer is shown to more people than its capacity.
  int32_t offers_per_person = 1;

  int32_t people() const { return static_cast<int32_t>(first.size()) - 1; }
};

struct FlowResult {
  // The chosen edges, ascending: by person, then as they come.
  std::vector<int64_t> chosen;
  // Sum of their scores.
  int64_t total = 0;
  // By offer: what one more opening is worth to the total at most, in
  // millionths; only of the optimum.
  std::vector<int32_t> shadow_prices;
};

// The greatest total; proven by its prices before it is returned (INTERNAL if
// they prove nothing, which would be an error of the solver). INVALID_ARGUMENT
// if the problem is not as described, RESOURCE_EXHAUSTED above 2^31 - 1 arcs.
// Deterministic. About 100 bytes an edge.
absl::StatusOr<FlowResult> AssignByFlow(const FlowProblem& problem);

// People propose from their highest score down, offers keep the highest scores
// and, where scores are equal, the person who comes first: nobody and no offer
// would both rather have each other. INVALID_ARGUMENT as above, and for more
// than one offer a person.
absl::StatusOr<FlowResult> AssignByDeferredAcceptance(
    const FlowProblem& problem);

// Each time the highest score that is left. INVALID_ARGUMENT as AssignByFlow.
absl::StatusOr<FlowResult> AssignGreedily(const FlowProblem& problem);

// Pairs that would both rather have each other than what they have; 0: stable.
// Of one offer a person.
int64_t CountBlockingPairs(const FlowProblem& problem,
                           const FlowResult& result);

// OK if `result` keeps the capacities and its prices prove that no assignment
// has a greater total (linear programming duality: the prices' bound equals the
// total); FAILED_PRECONDITION else.
absl::Status CheckOptimum(const FlowProblem& problem, const FlowResult& result);

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_FLOW_H_
