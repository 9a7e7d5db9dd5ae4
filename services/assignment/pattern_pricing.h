// What the places would take at given prices of the households, each for
// itself: a knapsack a place. The sum of what they reach and of the prices
// bounds every placement (Lagrange), for any prices of 0 or more.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_PRICING_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_PRICING_H_

#include <optional>
#include <vector>

#include "services/assignment/knapsack.h"
#include "services/assignment/placement.h"

namespace heimweg::assignment {

// Sizes and capacities as whole numbers, by household or place and dimension.
struct WholeAmounts {
  std::vector<int> sizes;
  std::vector<int> capacities;
};

// Nothing if there is no dimension, if sizes are not multiples of a common
// fraction (a hundredth at least), or if a place has so many fillings that
// knapsacks over them would be slow.
std::optional<WholeAmounts> WholeNumbers(const PlacementProblem& problem);

// Thread-compatible.
class PatternPricing {
 public:
  // `takings` by pair: pairs that are left are out for good. The problem
  // outlives the object.
  PatternPricing(const PlacementProblem& problem, const WholeAmounts& amounts,
                 const std::vector<Taking>& takings);

  // The bound at these prices, by household, with these takings; minus infinity
  // if there is no placement.
  double Price(const std::vector<double>& prices,
               const std::vector<Taking>& takings);

  // After Price: the pairs that the place takes (rising), and what they are
  // worth less their prices.
  const std::vector<int>& pattern(int place) const { return patterns_[place]; }
  double value(int place) const { return values_[place]; }
  bool InPattern(int pair) const { return in_pattern_[pair]; }
  double bound() const { return bound_; }

  // After Price: no placement with the pair taken (left, if the pattern takes
  // it) has more. Quickly, or as exactly as the prices allow; the second one
  // needs the same prices and takings, and ends what pattern() tells.
  double QuickFlipBound(int pair) const;
  double FlipBound(int pair, const std::vector<double>& prices,
                   const std::vector<Taking>& takings);

 private:
  // Sets profits_ and settled_ for the place.
  void Collect(int place, const std::vector<double>& prices,
               const std::vector<Taking>& takings);

  const PlacementProblem* problem_;
  std::vector<std::vector<int>> pairs_;
  // By pair: its number in its place's knapsack, or -1.
  std::vector<int> item_of_;
  std::vector<Knapsack> knapsacks_;
  double bound_ = 0;
  std::vector<double> values_;
  std::vector<std::vector<int>> patterns_;
  std::vector<bool> in_pattern_;
  std::vector<double> profits_;
  std::vector<Taking> settled_;
};

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_PRICING_H_
