#include "services/assignment/pattern_pricing.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace heimweg::assignment {
namespace {

constexpr double kNoPlacement = -std::numeric_limits<double>::infinity();

}  // namespace

PatternPricing::PatternPricing(const PlacementProblem& problem,
                               const WholeAmounts& amounts,
                               const HouseholdTypes& types,
                               const std::vector<Taking>& takings)
    : problem_(&problem),
      types_(&types),
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

void PatternPricing::Collect(int place, const std::vector<Taking>& takings) {
  profits_.clear();
  settled_.clear();
  for (const int i : pairs_[place]) {
    profits_.push_back(problem_->pairs[i].weight - pair_prices_[i]);
    settled_.push_back(takings[i]);
  }
}

double PatternPricing::Price(const std::vector<double>& prices,
                             const std::vector<Taking>& takings) {
  pair_prices_ = types_->PairPrices(prices, limits_);
  bound_ = types_->SumOfPrices(prices, limits_);
  for (size_t k = 0; k < pairs_.size(); ++k) {
    const int place = static_cast<int>(k);
    Collect(place, takings);
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

double PatternPricing::FlipBound(int pair, const std::vector<Taking>& takings) {
  if (item_of_[pair] < 0) return kNoPlacement;
  const int place = problem_->pairs[pair].place;
  Collect(place, takings);
  settled_[item_of_[pair]] = in_pattern_[pair] ? Taking::kLeft : Taking::kTaken;
  return bound_ - values_[place] + knapsacks_[place].Solve(profits_, settled_);
}

}  // namespace heimweg::assignment
