#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <utility>

#include "services/assignment/pattern_search.h"
#include "services/assignment/placement_core.h"
#include "services/assignment/placement_search.h"

namespace heimweg::assignment {
namespace {

// Rounding of a reduced cost against a bound, relative to the objective.
constexpr double kRounding = 1e-9;
// A neighbourhood has this many places, and pairs per household at most: then
// most are solved to the end within a second.
constexpr int kPlaces = 8;
constexpr int kPairsPerHousehold = 8;
constexpr absl::Duration kNeighbourhoodLimit = absl::Seconds(2);
// So many in a row without a gain end the search.
constexpr int kTries = 60;
// Of annealing.
constexpr int64_t kStepsPerPair = 1000;
// The part of the time that the search for a start may take.
constexpr double kSearchShare = 0.45;
// With more pairs the first mixture of patterns takes long: neighbourhoods give
// something good before, in this part of the time.
constexpr size_t kManyPairs = 20'000;
constexpr double kEarlyShare = 0.15;

std::vector<int> AllPairs(const PlacementProblem& problem) {
  std::vector<int> all(problem.pairs.size());
  std::iota(all.begin(), all.end(), 0);
  return all;
}

bool IsChosen(const PlacementPair& pair, const std::vector<int>& place_of) {
  return place_of[pair.household] == pair.place;
}

// The reduced cost that about `count` pairs do not exceed.
double Threshold(std::vector<double> reduced_costs, size_t count) {
  if (count >= reduced_costs.size()) {
    return std::numeric_limits<double>::infinity();
  }
  std::nth_element(reduced_costs.begin(), reduced_costs.begin() + count,
                   reduced_costs.end());
  return std::max(0.0, reduced_costs[count]);
}

std::vector<bool> SomePlaces(int places, int count, std::mt19937& random) {
  std::vector<int> order(places);
  std::iota(order.begin(), order.end(), 0);
  std::vector<bool> chosen(places, false);
  for (int i = 0; i < std::min(count, places); ++i) {
    std::swap(order[i], order[i + random() % (places - i)]);
    chosen[order[i]] = true;
  }
  return chosen;
}

// Puts the solution of `part` into `place_of`.
void Apply(const PlacementProblem& problem, const PairProgram& part,
           const std::vector<double>& values, std::vector<int>& place_of) {
  for (const int index : part.pairs) {
    place_of[problem.pairs[index].household] = kUnplaced;
  }
  for (size_t i = 0; i < part.pairs.size(); ++i) {
    const PlacementPair& pair = problem.pairs[part.pairs[i]];
    if (values[i] > 0.5) place_of[pair.household] = pair.place;
  }
}

bool ReachesFloor(const CorePlacement& core, const std::vector<int>& place_of) {
  if (!core.floor.has_value()) return true;
  double sum = 0;
  for (size_t i = 0; i < core.problem.pairs.size(); ++i) {
    if (IsChosen(core.problem.pairs[i], place_of))
      sum += core.floor->weights[i];
  }
  return sum >= core.floor->least - 1e-9 * std::abs(core.floor->least);
}

// The caller's start if it is one, else what annealing finds.
std::vector<int> Start(const CorePlacement& core,
                       const PlacementOptions& options, absl::Time deadline) {
  SearchOptions search;
  search.deadline = deadline;
  search.steps = core.floor.has_value()
                     ? 0
                     : std::min(search.steps,
                                kStepsPerPair * static_cast<int64_t>(
                                                    core.problem.pairs.size()));
  std::vector<int> given = options.start;
  if (given.size() == core.fixed.size()) {
    for (size_t i = 0; i < given.size(); ++i) {
      if (core.fixed[i] != kUnplaced) given[i] = kUnplaced;
    }
    if (CheckPlacement(core.problem, given).ok() && ReachesFloor(core, given)) {
      if (core.floor.has_value()) return given;
      std::vector<int> found = SearchPlacement(core.problem, given, search);
      return PlacementObjective(core.problem, found) >=
                     PlacementObjective(core.problem, given)
                 ? found
                 : given;
    }
  }
  return SearchPlacement(core.problem, {}, search);
}

void Finish(const CorePlacement& core, double gap, Placement& placement) {
  for (size_t i = 0; i < core.fixed.size(); ++i) {
    if (core.fixed[i] != kUnplaced) placement.place_of[i] = core.fixed[i];
  }
  placement.objective += core.fixed_objective;
  placement.bound += core.fixed_objective;
  placement.gap = std::max(0.0, placement.bound - placement.objective) /
                  std::max(std::abs(placement.objective), 1e-9);
  if (placement.status == PlacementStatus::kFeasible && placement.gap <= gap) {
    placement.status = PlacementStatus::kOptimal;
  }
}

// Proves what the reduced costs leave.
Placement Prove(const CorePlacement& core, const LinearSolution& relaxation,
                std::vector<int> place_of, const PlacementOptions& options,
                absl::Time end) {
  const PlacementProblem& problem = core.problem;
  const bool started = ReachesFloor(core, place_of);
  const double value = PlacementObjective(problem, place_of);
  const double rounding = kRounding * std::max(1.0, std::abs(value));
  std::vector<int> left;
  for (const int i : AllPairs(problem)) {
    if (!started || IsChosen(problem.pairs[i], place_of) ||
        relaxation.reduced_costs[i] <=
            relaxation.objective - value + rounding) {
      left.push_back(i);
    }
  }
  PairProgram part = MakePairProgram(core, left, place_of);
  IntegerOptions integer;
  integer.relative_gap = options.gap / 10;
  integer.time_limit = end - absl::Now();
  if (started) integer.start = part.start;
  const IntegerSolution solution = SolveInteger(part.program, integer);
  Placement placement;
  placement.bound = std::min(relaxation.objective, solution.bound);
  switch (solution.status) {
    case IntegerSolution::Status::kInfeasible:
      placement.status = PlacementStatus::kInfeasible;
      return placement;
    case IntegerSolution::Status::kUnknown:
      return placement;
    case IntegerSolution::Status::kOptimal:
    case IntegerSolution::Status::kFeasible:
      break;
  }
  Apply(problem, part, solution.values, place_of);
  placement.objective = PlacementObjective(problem, place_of);
  placement.bound = std::max(placement.bound, placement.objective);
  placement.place_of = std::move(place_of);
  placement.status = solution.status == IntegerSolution::Status::kOptimal
                         ? PlacementStatus::kOptimal
                         : PlacementStatus::kFeasible;
  return placement;
}

// The shadow prices of the households in the relaxation of `whole`.
std::vector<double> HouseholdPrices(const PairProgram& whole,
                                    const LinearSolution& relaxation) {
  std::vector<double> prices;
  for (const int row : whole.household_rows) {
    prices.push_back(row < 0 ? 0
                             : std::max(0.0, relaxation.shadow_prices[row]));
  }
  return prices;
}

// By patterns.
Placement FindByPatterns(const CorePlacement& core, const WholeAmounts& amounts,
                         const std::vector<double>& prices,
                         const std::vector<int>& start, double gap,
                         absl::Time end) {
  // Half of the gap is left to rounding.
  PatternResult found =
      SearchPatterns(core.problem, amounts, prices, start, gap / 2, end);
  Placement placement;
  placement.status = PlacementStatus::kFeasible;
  placement.objective = PlacementObjective(core.problem, found.place_of);
  placement.bound = found.bound;
  placement.place_of = std::move(found.place_of);
  return placement;
}

}  // namespace

void ImprovePlacement(const CorePlacement& core,
                      const LinearSolution& relaxation, double gap,
                      absl::Time deadline, std::vector<int>& place_of) {
  const PlacementProblem& problem = core.problem;
  // The whole is no harder than a neighbourhood.
  if (problem.places.size() <= kPlaces) return;
  const double near = Threshold(relaxation.reduced_costs,
                                problem.households.size() * kPairsPerHousehold);
  std::mt19937 random(7);
  double value = PlacementObjective(problem, place_of);
  for (int tries = 0; tries < kTries; ++tries) {
    const absl::Time now = absl::Now();
    if (now >= deadline ||
        relaxation.objective - value <= gap * std::abs(value)) {
      return;
    }
    const std::vector<bool> open =
        SomePlaces(static_cast<int>(problem.places.size()), kPlaces, random);
    std::vector<int> pairs;
    for (const int i : AllPairs(problem)) {
      const PlacementPair& pair = problem.pairs[i];
      const int at = place_of[pair.household];
      if (open[pair.place] && (at == kUnplaced || open[at]) &&
          (relaxation.reduced_costs[i] <= near || at == pair.place)) {
        pairs.push_back(i);
      }
    }
    const PairProgram part = MakePairProgram(core, pairs, place_of);
    IntegerOptions options;
    options.start = part.start;
    options.relative_gap = gap;
    options.time_limit = std::min(kNeighbourhoodLimit, deadline - now);
    const IntegerSolution solution = SolveInteger(part.program, options);
    Apply(problem, part, solution.values, place_of);
    const double better = PlacementObjective(problem, place_of);
    if (better > value + kRounding * std::abs(value)) tries = -1;
    value = better;
  }
}

Placement SolveCheckedPlacement(const PlacementProblem& problem,
                                const PlacementOptions& options) {
  const absl::Time begin = absl::Now();
  const absl::Time end = begin + options.time_limit;
  const CorePlacement core = ReducePlacement(problem, options);
  Placement placement;
  if (!core.feasible) {
    placement.status = PlacementStatus::kInfeasible;
    return placement;
  }
  const std::vector<int> nobody(problem.households.size(), kUnplaced);
  const PairProgram whole =
      MakePairProgram(core, AllPairs(core.problem), nobody);
  const LinearSolution relaxation = SolveLinear(whole.program);
  if (!relaxation.optimal) {
    placement.status = PlacementStatus::kInfeasible;
    return placement;
  }
  const absl::Time searched = begin + kSearchShare * options.time_limit;
  std::vector<int> place_of = Start(core, options, searched);
  const auto amounts = WholeNumbers(core.problem);
  if (amounts.has_value() && !core.floor.has_value() &&
      !core.problem.pairs.empty()) {
    if (core.problem.pairs.size() > kManyPairs) {
      ImprovePlacement(core, relaxation, options.gap,
                       begin + kEarlyShare * options.time_limit, place_of);
    }
    placement =
        FindByPatterns(core, *amounts, HouseholdPrices(whole, relaxation),
                       place_of, options.gap, end);
    Finish(core, options.gap, placement);
    return placement;
  }
  if (ReachesFloor(core, place_of)) {
    ImprovePlacement(core, relaxation, options.gap, searched, place_of);
  }
  placement = Prove(core, relaxation, std::move(place_of), options, end);
  if (!placement.place_of.empty() || core.problem.households.empty()) {
    Finish(core, options.gap, placement);
  }
  return placement;
}

}  // namespace heimweg::assignment
