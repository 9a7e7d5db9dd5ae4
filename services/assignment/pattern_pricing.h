// What the places would take at given prices of the households, each for
// itself: a knapsack a place. The sum of what they reach and of the prices
// bounds every placement (Lagrange), for any prices of 0 or more.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_PRICING_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_PRICING_H_

#include <vector>

#include "services/assignment/household_types.h"
#include "services/assignment/knapsack.h"
#include "services/assignment/placement.h"
#include "services/assignment/whole_amounts.h"

namespace heimweg::assignment {

// Thread-compatible.
class PatternPricing {
 public:
  // `takings` by pair: pairs that are left are out for good. Problem and types
  // outlive the object.
  PatternPricing(const PlacementProblem& problem, const WholeAmounts& amounts,
                 const HouseholdTypes& types,
                 const std::vector<Taking>& takings);

  // From now on these limits have prices, too.
  void SetLimits(const std::vector<CountLimit>& limits) { limits_ = limits; }

  // The bound at these prices, by household and then by limit, with these
  // takings; minus infinity if there is no placement.
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
  // needs the same takings, and ends what pattern() tells.
  double QuickFlipBound(int pair) const;
  double FlipBound(int pair, const std::vector<Taking>& takings);

 private:
  // Sets profits_ and settled_ for the place.
  void Collect(int place, const std::vector<Taking>& takings);

  const PlacementProblem* problem_;
  const HouseholdTypes* types_;
  std::vector<CountLimit> limits_;
  // Of the last Price.
  std::vector<double> pair_prices_;
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
