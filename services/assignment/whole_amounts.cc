#include "services/assignment/whole_amounts.h"

#include <algorithm>
#include <cmath>

#include "services/assignment/placement_search.h"

namespace heimweg::assignment {
namespace {

// Fillings of a place that are still looked through one by one.
constexpr double kMostFillings = 1 << 21;
constexpr double kMostUnits = 1 << 20;

// The least factor that makes the sizes of the dimension whole; 0: none.
double WholeFactor(const PlacementProblem& problem, int dimension) {
  for (const double factor : {1, 2, 4, 5, 10, 20, 50, 100}) {
    bool whole = true;
    for (size_t i = 0; i < problem.households.size() && whole; ++i) {
      const double size = problem.size(static_cast<int>(i), dimension) * factor;
      whole = size < kMostUnits && std::abs(size - std::round(size)) < kSlack;
    }
    if (whole) return factor;
  }
  return 0;
}

}  // namespace

std::optional<WholeAmounts> WholeNumbers(const PlacementProblem& problem) {
  const size_t dimensions = problem.dimensions.size();
  if (dimensions == 0) return std::nullopt;
  WholeAmounts whole;
  whole.sizes.resize(problem.sizes.size());
  whole.capacities.resize(problem.capacities.size());
  for (size_t d = 0; d < dimensions; ++d) {
    const double factor = WholeFactor(problem, static_cast<int>(d));
    if (factor == 0) return std::nullopt;
    double total = 0;
    for (size_t i = d; i < problem.sizes.size(); i += dimensions) {
      whole.sizes[i] = static_cast<int>(std::round(problem.sizes[i] * factor));
      total += whole.sizes[i];
    }
    for (size_t i = d; i < problem.capacities.size(); i += dimensions) {
      const double capacity = problem.capacities[i] * factor;
      const double units =
          std::floor(capacity + kSlack * std::max(1.0, capacity));
      whole.capacities[i] =
          static_cast<int>(std::min({units, total, kMostUnits}));
    }
  }
  for (size_t k = 0; k < problem.places.size(); ++k) {
    double fillings = 1;
    for (size_t d = 0; d < dimensions; ++d) {
      fillings *= whole.capacities[k * dimensions + d] + 1;
    }
    if (fillings > kMostFillings) return std::nullopt;
  }
  return whole;
}

}  // namespace heimweg::assignment
