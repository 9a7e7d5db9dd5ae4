#include "services/assignment/placement.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "services/assignment/placement_core.h"
#include "services/assignment/placement_search.h"

namespace heimweg::assignment {
namespace {

absl::Status CheckAmounts(const std::vector<double>& amounts, size_t expected,
                          absl::string_view what) {
  if (amounts.size() != expected) {
    return absl::InvalidArgumentError(absl::StrCat(
        what, ": expected ", expected, " numbers, found ", amounts.size()));
  }
  for (const double amount : amounts) {
    if (!(amount >= 0) || !std::isfinite(amount)) {
      return absl::InvalidArgumentError(
          absl::StrCat(what, ": expected finite numbers of 0 or more"));
    }
  }
  return absl::OkStatus();
}

bool Within(int index, size_t size) {
  return index >= 0 && static_cast<size_t>(index) < size;
}

absl::Status CheckProblem(const PlacementProblem& problem) {
  const size_t dimensions = problem.dimensions.size();
  absl::Status status = CheckAmounts(
      problem.sizes, problem.households.size() * dimensions, "sizes");
  if (status.ok()) {
    status = CheckAmounts(problem.capacities,
                          problem.places.size() * dimensions, "capacities");
  }
  if (!status.ok()) return status;
  absl::flat_hash_set<std::pair<int, int>> seen;
  for (const PlacementPair& pair : problem.pairs) {
    if (!Within(pair.household, problem.households.size()) ||
        !Within(pair.place, problem.places.size()) ||
        !std::isfinite(pair.weight) ||
        !seen.insert({pair.household, pair.place}).second) {
      return absl::InvalidArgumentError(
          "pairs: expected a known household and place, a finite weight, and "
          "each two once");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckOptions(const PlacementProblem& problem,
                          const PlacementOptions& options) {
  if (options.time_limit <= absl::ZeroDuration() || !(options.gap >= 0)) {
    return absl::InvalidArgumentError(
        "expected a time limit above 0 and a gap of 0 or more");
  }
  absl::flat_hash_set<int> locked;
  for (const PlacementLock& lock : options.locks) {
    if (!Within(lock.household, problem.households.size()) ||
        (lock.place != kUnplaced &&
         !Within(lock.place, problem.places.size())) ||
        !locked.insert(lock.household).second) {
      return absl::InvalidArgumentError(
          "locks: expected a known household, once, and a known place");
    }
  }
  if (options.floor.has_value() &&
      options.floor->weights.size() != problem.pairs.size()) {
    return absl::InvalidArgumentError("floor: expected a weight for each pair");
  }
  return absl::OkStatus();
}

}  // namespace

absl::string_view StatusName(PlacementStatus status) {
  switch (status) {
    case PlacementStatus::kOptimal:
      return "optimal";
    case PlacementStatus::kFeasible:
      return "feasible";
    case PlacementStatus::kInfeasible:
      return "infeasible";
    case PlacementStatus::kUnknown:
      break;
  }
  return "unknown";
}

double PlacementObjective(const PlacementProblem& problem,
                          const std::vector<int>& place_of) {
  double sum = 0;
  for (const PlacementPair& pair : problem.pairs) {
    if (place_of[pair.household] == pair.place) sum += pair.weight;
  }
  return sum;
}

absl::Status CheckPlacement(const PlacementProblem& problem,
                            const std::vector<int>& place_of) {
  if (place_of.size() != problem.households.size()) {
    return absl::InvalidArgumentError("expected a place for each household");
  }
  absl::flat_hash_set<std::pair<int, int>> pairs;
  for (const PlacementPair& pair : problem.pairs) {
    pairs.insert({pair.household, pair.place});
  }
  const size_t dimensions = problem.dimensions.size();
  std::vector<double> used(problem.capacities.size(), 0);
  for (size_t i = 0; i < place_of.size(); ++i) {
    const int place = place_of[i];
    if (place == kUnplaced) continue;
    if (!pairs.contains({static_cast<int>(i), place})) {
      return absl::FailedPreconditionError(
          absl::StrCat("household ", i, " may not go to place ", place));
    }
    for (size_t d = 0; d < dimensions; ++d) {
      used[place * dimensions + d] +=
          problem.size(static_cast<int>(i), static_cast<int>(d));
    }
  }
  for (size_t i = 0; i < used.size(); ++i) {
    const double capacity = problem.capacities[i];
    if (used[i] > capacity + kSlack * std::max(1.0, capacity)) {
      return absl::FailedPreconditionError(
          absl::StrCat("place ", i / dimensions, " takes ", used[i], " of ",
                       capacity, " in dimension ", i % dimensions));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Placement> SolvePlacement(const PlacementProblem& problem,
                                         const PlacementOptions& options) {
  absl::Status status = CheckProblem(problem);
  if (status.ok()) status = CheckOptions(problem, options);
  if (!status.ok()) return status;
  return SolveCheckedPlacement(problem, options);
}

}  // namespace heimweg::assignment
