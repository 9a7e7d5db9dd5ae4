#include "services/assignment/placement_core.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "services/assignment/placement_search.h"

namespace heimweg::assignment {
namespace {

constexpr double kUnbounded = std::numeric_limits<double>::infinity();

// What the households of `place_of` leave of the capacities, but for those that
// `free` names.
std::vector<double> RoomLeft(const PlacementProblem& problem,
                             const std::vector<int>& place_of,
                             const std::vector<bool>& free) {
  std::vector<double> room = problem.capacities;
  const size_t dimensions = problem.dimensions.size();
  for (size_t i = 0; i < place_of.size(); ++i) {
    if (place_of[i] == kUnplaced || free[i]) continue;
    for (size_t d = 0; d < dimensions; ++d) {
      room[place_of[i] * dimensions + d] -=
          problem.size(static_cast<int>(i), static_cast<int>(d));
    }
  }
  return room;
}

bool FitsAlone(const PlacementProblem& problem, const PlacementPair& pair) {
  for (size_t d = 0; d < problem.dimensions.size(); ++d) {
    const int dimension = static_cast<int>(d);
    const double capacity = problem.capacity(pair.place, dimension);
    if (problem.size(pair.household, dimension) >
        capacity + kSlack * std::max(1.0, std::abs(capacity))) {
      return false;
    }
  }
  return true;
}

// Takes the locked households' room; false if that is not there.
bool TakeLocked(const PlacementProblem& problem,
                const std::vector<PlacementLock>& locks, CorePlacement& core) {
  absl::flat_hash_map<std::pair<int, int>, double> weights;
  for (const PlacementPair& pair : problem.pairs) {
    weights[{pair.household, pair.place}] = pair.weight;
  }
  for (const PlacementLock& lock : locks) {
    if (lock.place == kUnplaced) continue;
    const auto weight = weights.find({lock.household, lock.place});
    if (weight == weights.end() ||
        !FitsAlone(core.problem, {lock.household, lock.place, 0})) {
      return false;
    }
    core.fixed[lock.household] = lock.place;
    core.fixed_objective += weight->second;
    for (size_t d = 0; d < problem.dimensions.size(); ++d) {
      double& room =
          core.problem.capacities[lock.place * problem.dimensions.size() + d];
      room = std::max(0.0,
                      room - problem.size(lock.household, static_cast<int>(d)));
    }
  }
  return true;
}

}  // namespace

CorePlacement ReducePlacement(const PlacementProblem& problem,
                              const PlacementOptions& options) {
  CorePlacement core;
  core.problem = problem;
  core.problem.pairs.clear();
  core.fixed.assign(problem.households.size(), kUnplaced);
  core.feasible = TakeLocked(problem, options.locks, core);
  std::vector<bool> locked(problem.households.size(), false);
  for (const PlacementLock& lock : options.locks) {
    locked[lock.household] = true;
  }
  if (options.floor.has_value()) core.floor.emplace();
  if (core.floor.has_value()) core.floor->least = options.floor->least;
  for (size_t i = 0; i < problem.pairs.size(); ++i) {
    const PlacementPair& pair = problem.pairs[i];
    if (locked[pair.household]) {
      if (core.floor.has_value() && core.fixed[pair.household] == pair.place) {
        core.floor->least -= options.floor->weights[i];
      }
      continue;
    }
    if (!FitsAlone(core.problem, pair)) continue;
    if (pair.weight < 0 && !core.floor.has_value()) continue;
    core.problem.pairs.push_back(pair);
    if (core.floor.has_value()) {
      core.floor->weights.push_back(options.floor->weights[i]);
    }
  }
  return core;
}

PairProgram MakePairProgram(const CorePlacement& core,
                            const std::vector<int>& pairs,
                            const std::vector<int>& place_of) {
  const PlacementProblem& problem = core.problem;
  const int dimensions = static_cast<int>(problem.dimensions.size());
  PairProgram result;
  result.pairs = pairs;
  std::vector<bool> free(problem.households.size(), false);
  for (const int index : pairs) free[problem.pairs[index].household] = true;
  result.household_rows.assign(problem.households.size(), -1);
  for (const double room : RoomLeft(problem, place_of, free)) {
    result.program.rows.push_back({-kUnbounded, std::max(0.0, room)});
  }
  for (const int index : pairs) {
    const PlacementPair& pair = problem.pairs[index];
    int& row = result.household_rows[pair.household];
    if (row < 0) {
      row = static_cast<int>(result.program.rows.size());
      result.program.rows.push_back({-kUnbounded, 1});
    }
    IntegerProgram::Column column;
    column.objective = pair.weight;
    column.entries.push_back({row, 1});
    for (int d = 0; d < dimensions; ++d) {
      const double size = problem.size(pair.household, d);
      if (size > 0) {
        column.entries.push_back({pair.place * dimensions + d, size});
      }
    }
    result.program.columns.push_back(std::move(column));
    result.start.push_back(place_of[pair.household] == pair.place ? 1 : 0);
  }
  if (core.floor.has_value()) {
    const int row = static_cast<int>(result.program.rows.size());
    double reached = 0;
    for (size_t i = 0; i < problem.pairs.size(); ++i) {
      const PlacementPair& pair = problem.pairs[i];
      if (!free[pair.household] && place_of[pair.household] == pair.place) {
        reached += core.floor->weights[i];
      }
    }
    result.program.rows.push_back({core.floor->least - reached, kUnbounded});
    for (size_t i = 0; i < pairs.size(); ++i) {
      result.program.columns[i].entries.push_back(
          {row, core.floor->weights[pairs[i]]});
    }
  }
  return result;
}

}  // namespace heimweg::assignment
