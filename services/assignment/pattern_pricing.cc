#include "services/assignment/pattern_pricing.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "services/assignment/placement_search.h"

namespace heimweg::assignment {
namespace {

constexpr double kNoPlacement = -std::numeric_limits<double>::infinity();
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

PatternPricing::PatternPricing(const PlacementProblem& problem,
                               const WholeAmounts& amounts,
                               const std::vector<Taking>& takings)
    : problem_(&problem),
      pairs_(problem.places.size()),
      item_of_(problem.pairs.size(), -1),
      values_(problem.places.size(), 0),
      patterns_(problem.places.size()),
      in_pattern_(problem.pairs.size(), false) {
  const size_t dimensions = problem.dimensions.size();
  std::vector<std::vector<int>> sizes(problem.places.size());
  for (size_t i = 0; i < problem.pairs.size(); ++i) {
    if (takings[i] == Taking::kLeft) continue;
    const PlacementPair& pair = problem.pairs[i];
    item_of_[i] = static_cast<int>(pairs_[pair.place].size());
    pairs_[pair.place].push_back(static_cast<int>(i));
    const auto size = amounts.sizes.begin() + pair.household * dimensions;
    sizes[pair.place].insert(sizes[pair.place].end(), size, size + dimensions);
  }
  for (size_t k = 0; k < problem.places.size(); ++k) {
    const auto capacity = amounts.capacities.begin() + k * dimensions;
    knapsacks_.emplace_back(std::vector<int>(capacity, capacity + dimensions),
                            std::move(sizes[k]));
  }
}

void PatternPricing::Collect(int place, const std::vector<double>& prices,
                             const std::vector<Taking>& takings) {
  profits_.clear();
  settled_.clear();
  for (const int i : pairs_[place]) {
    const PlacementPair& pair = problem_->pairs[i];
    profits_.push_back(pair.weight - prices[pair.household]);
    settled_.push_back(takings[i]);
  }
}

double PatternPricing::Price(const std::vector<double>& prices,
                             const std::vector<Taking>& takings) {
  bound_ = 0;
  for (const double price : prices) bound_ += price;
  for (size_t k = 0; k < pairs_.size(); ++k) {
    const int place = static_cast<int>(k);
    Collect(place, prices, takings);
    values_[k] = knapsacks_[k].Solve(profits_, settled_);
    bound_ += values_[k];
    for (const int pair : patterns_[k]) in_pattern_[pair] = false;
    patterns_[k].clear();
    for (const int item : knapsacks_[k].chosen()) {
      patterns_[k].push_back(pairs_[k][item]);
      in_pattern_[pairs_[k][item]] = true;
    }
  }
  return bound_;
}

double PatternPricing::QuickFlipBound(int pair) const {
  if (item_of_[pair] < 0) return kNoPlacement;
  const int place = problem_->pairs[pair].place;
  return bound_ - values_[place] + knapsacks_[place].FlipBound(item_of_[pair]);
}

double PatternPricing::FlipBound(int pair, const std::vector<double>& prices,
                                 const std::vector<Taking>& takings) {
  if (item_of_[pair] < 0) return kNoPlacement;
  const int place = problem_->pairs[pair].place;
  Collect(place, prices, takings);
  settled_[item_of_[pair]] = in_pattern_[pair] ? Taking::kLeft : Taking::kTaken;
  return bound_ - values_[place] + knapsacks_[place].Solve(profits_, settled_);
}

}  // namespace heimweg::assignment
