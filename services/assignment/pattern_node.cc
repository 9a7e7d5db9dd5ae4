#include "services/assignment/pattern_node.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace heimweg::assignment {
namespace {

// A mixture this close to 0 or 1 is whole.
constexpr double kWhole = 1e-6;
// A pair whose quick bound is this part below the bound is settled soon enough.
constexpr double kNearFlip = 5e-4;
// A pattern is missing if it gains more than this, relative to the bound.
constexpr double kMissingGain = 1e-9;
// How much of the node's prices is kept against the mixture's, which jump: each
// once for a mixture, since a mixture takes longer than all of them.
constexpr double kSmoothing[] = {0.85, 0.4, 0};
// Patterns that are mixed at first, and that are kept from node to node; by row
// of the mixture.
constexpr size_t kMixedPatterns = 5;
constexpr size_t kMostPatterns = 40;
// Of the subgradient: the part of the bound that it aims below, the memory of
// its direction, and what it does when it does not get on.
constexpr double kAim = 0.002;
constexpr double kMemory = 0.7;
constexpr double kShorter = 0.7;
constexpr int kPatience = 5;

std::vector<std::vector<int>> PairsOf(const PlacementProblem& problem) {
  std::vector<std::vector<int>> pairs(problem.households.size());
  for (size_t i = 0; i < problem.pairs.size(); ++i) {
    pairs[problem.pairs[i].household].push_back(static_cast<int>(i));
  }
  return pairs;
}

}  // namespace

PatternNodes::PatternNodes(const PlacementProblem& problem,
                           const WholeAmounts& amounts, std::vector<int> start,
                           double gap, absl::Time deadline)
    : problem_(problem),
      amounts_(amounts),
      gap_(gap),
      deadline_(deadline),
      pairs_of_(PairsOf(problem)),
      types_(problem, amounts),
      pricing_(problem, amounts, types_,
               std::vector<Taking>(problem.pairs.size(), Taking::kFree)),
      master_(problem, types_),
      place_of_(std::move(start)),
      objective_(PlacementObjective(problem, place_of_)),
      costs_(problem.places.size(), types_.types()) {
  std::vector<std::vector<int>> patterns(problem.places.size());
  for (size_t i = 0; i < problem.pairs.size(); ++i) {
    const PlacementPair& pair = problem.pairs[i];
    if (place_of_[pair.household] == pair.place) {
      patterns[pair.place].push_back(static_cast<int>(i));
    }
  }
  for (size_t k = 0; k < patterns.size(); ++k) {
    master_.Remember(static_cast<int>(k), patterns[k]);
  }
}

double PatternNodes::Limit() const {
  return std::max(cutoff_, objective_ + gap_ * std::abs(objective_));
}

bool PatternNodes::Settle(std::vector<Taking>& takings, int pair,
                          Taking taking) const {
  if (takings[pair] != Taking::kFree) return takings[pair] == taking;
  takings[pair] = taking;
  if (taking == Taking::kLeft) return true;
  for (const int other : pairs_of_[problem_.pairs[pair].household]) {
    if (other == pair) continue;
    if (takings[other] == Taking::kTaken) return false;
    takings[other] = Taking::kLeft;
  }
  return true;
}

bool PatternNodes::LimitCount(PatternNode& node,
                              const CountLimit& limit) const {
  int open = limit.count;
  std::vector<int> free;
  for (const int pair : types_.Pairs(limit.place, limit.type)) {
    if (node.takings[pair] == Taking::kTaken) --open;
    if (node.takings[pair] == Taking::kFree) free.push_back(pair);
  }
  const bool at_most = limit.kind == CountLimit::Kind::kAtMost;
  const int all = static_cast<int>(free.size());
  if (at_most ? open < 0 : open > all) return false;
  // Who must be placed may still choose where.
  const bool choice = limit.place == CountLimit::kAnywhere && !at_most;
  if (choice || open != (at_most ? 0 : all)) {
    node.limits.push_back(limit);
    node.prices.push_back(0);
    return true;
  }
  // There is nothing to choose.
  for (const int pair : free) {
    if (!Settle(node.takings, pair, at_most ? Taking::kLeft : Taking::kTaken)) {
      return false;
    }
  }
  return true;
}

bool PatternNodes::Improve(PatternNode& node,
                           const std::vector<double>& prices) {
  const double bound = pricing_.Price(prices, node.takings);
  if (bound >= node.bound) return false;
  node.bound = bound;
  node.prices = prices;
  return true;
}

void PatternNodes::AddPatterns() {
  for (size_t k = 0; k < problem_.places.size(); ++k) {
    master_.Remember(static_cast<int>(k),
                     pricing_.pattern(static_cast<int>(k)));
  }
}

void PatternNodes::Descend(PatternNode& node, int steps) {
  const size_t households = problem_.households.size();
  pricing_.SetLimits(node.limits);
  std::vector<double> prices = node.prices;
  std::vector<double> direction;
  double length = 1;
  int failures = 0;
  for (int step = 0; step < steps && !IsLate(); ++step) {
    if (Improve(node, prices)) {
      failures = 0;
    } else if (++failures >= kPatience) {
      failures = 0;
      length *= kShorter;
      prices = node.prices;
      pricing_.Price(prices, node.takings);
    }
    if (node.bound <= Limit()) return;
    AddPatterns();
    // How many more could take each household.
    std::vector<double> free(households, 1);
    for (size_t k = 0; k < problem_.places.size(); ++k) {
      for (const int pair : pricing_.pattern(static_cast<int>(k))) {
        free[problem_.pairs[pair].household] -= 1;
      }
    }
    if (direction.empty()) direction = free;
    double norm = 0;
    for (size_t h = 0; h < households; ++h) {
      direction[h] = kMemory * direction[h] + (1 - kMemory) * free[h];
      if (prices[h] > 0 || direction[h] < 0)
        norm += direction[h] * direction[h];
    }
    if (norm == 0) return;
    // Where the bound would be done with, or not quite as far.
    const double aim =
        std::max(Limit(), node.bound - kAim * std::abs(node.bound));
    const double stride = length * (pricing_.bound() - aim) / norm;
    for (size_t h = 0; h < households; ++h) {
      prices[h] = std::max(0.0, prices[h] - stride * direction[h]);
    }
  }
}

bool PatternNodes::AddMissing(PatternNode& node) {
  const std::vector<double> mixture = master_.Prices();
  const std::vector<double> pair_prices =
      types_.PairPrices(mixture, node.limits);
  const double least = kMissingGain * std::max(1.0, std::abs(node.bound));
  bool found = false;
  for (const double kept : kSmoothing) {
    std::vector<double> prices = mixture;
    for (size_t i = 0; i < prices.size(); ++i) {
      prices[i] = kept * node.prices[i] + (1 - kept) * mixture[i];
    }
    Improve(node, prices);
    if (node.bound <= Limit()) return false;
    for (size_t k = 0; k < problem_.places.size(); ++k) {
      const int place = static_cast<int>(k);
      double gain = -master_.place_price(place);
      for (const int pair : pricing_.pattern(place)) {
        gain += problem_.pairs[pair].weight - pair_prices[pair];
      }
      if (gain > least && master_.Add(place, pricing_.pattern(place))) {
        found = true;
      }
    }
  }
  return found;
}

void PatternNodes::Bound(PatternNode& node, double close_share) {
  node.values.clear();
  pricing_.SetLimits(node.limits);
  Improve(node, node.prices);
  if (node.bound <= Limit()) return;
  const size_t rows = problem_.households.size() + problem_.places.size();
  if (node.mixture != nullptr) {
    master_.Resume(*node.mixture, node.takings, node.limits);
  } else {
    AddPatterns();
    master_.Start(node.takings, node.limits, node.prices, node.bound - Limit(),
                  kMixedPatterns * rows);
  }
  if (master_.size() > kMostPatterns * rows) master_.Forget();
  while (!IsLate() && master_.Solve()) {
    node.values = master_.PairValues();
    const bool whole = TakeWhole(node);
    const double close = close_share * (node.bound - Limit());
    if (node.bound <= Limit() ||
        (!whole && node.bound - master_.objective() <= close) ||
        !AddMissing(node)) {
      break;
    }
  }
  // Late, there may be none.
  if (node.bound > Limit() && !node.values.empty()) {
    node.mixture = std::make_shared<const Mixture>(master_.mixture());
  }
}

bool PatternNodes::TakeWhole(const PatternNode& node) {
  std::vector<int> place_of(problem_.households.size(), kUnplaced);
  for (size_t i = 0; i < node.values.size(); ++i) {
    if (node.values[i] <= kWhole) continue;
    if (node.values[i] < 1 - kWhole) return false;
    place_of[problem_.pairs[i].household] = problem_.pairs[i].place;
  }
  const double objective = PlacementObjective(problem_, place_of);
  if (objective > objective_ && CheckPlacement(problem_, place_of).ok()) {
    objective_ = objective;
    place_of_ = std::move(place_of);
  }
  return true;
}

void PatternNodes::Adopt(const std::vector<int>& place_of) {
  const double objective = PlacementObjective(problem_, place_of);
  if (objective <= objective_) return;
  objective_ = objective;
  place_of_ = place_of;
}

bool PatternNodes::SettleByPrices(PatternNode& node) {
  pricing_.SetLimits(node.limits);
  pricing_.Price(node.prices, node.takings);
  for (size_t k = 0; k < problem_.places.size(); ++k) {
    const int place = static_cast<int>(k);
    for (const int pair : pricing_.pattern(place)) {
      if (node.takings[pair] == Taking::kFree &&
          pricing_.QuickFlipBound(pair) <= Limit() &&
          !Settle(node.takings, pair, Taking::kTaken)) {
        return false;
      }
    }
  }
  for (size_t i = 0; i < problem_.pairs.size(); ++i) {
    const int pair = static_cast<int>(i);
    if (node.takings[i] == Taking::kFree && !pricing_.InPattern(pair) &&
        pricing_.QuickFlipBound(pair) <= Limit()) {
      node.takings[i] = Taking::kLeft;
    }
  }
  return true;
}

PatternNodes::Flips PatternNodes::FlipBounds(const PatternNode& node) {
  pricing_.SetLimits(node.limits);
  pricing_.Price(node.prices, node.takings);
  Flips flips;
  const double near = node.bound - kNearFlip * std::abs(node.bound);
  for (size_t i = 0; i < problem_.pairs.size(); ++i) {
    const int pair = static_cast<int>(i);
    flips.taken.push_back(pricing_.InPattern(pair));
    flips.bounds.push_back(node.bound);
    if (node.takings[i] != Taking::kFree) continue;
    flips.bounds[i] = std::min(node.bound, pricing_.QuickFlipBound(pair));
  }
  for (size_t i = 0; i < flips.bounds.size() && !IsLate(); ++i) {
    if (node.takings[i] != Taking::kFree || flips.bounds[i] < near) continue;
    flips.bounds[i] = pricing_.FlipBound(static_cast<int>(i), node.takings);
  }
  return flips;
}

bool PatternNodes::SettleByFlips(const Flips& flips, PatternNode& node) const {
  for (size_t i = 0; i < flips.bounds.size(); ++i) {
    if (flips.bounds[i] > Limit() || node.takings[i] != Taking::kFree) continue;
    if (!Settle(node.takings, static_cast<int>(i),
                flips.taken[i] ? Taking::kTaken : Taking::kLeft)) {
      return false;
    }
  }
  return true;
}

void PatternNodes::Focus(const PatternNode& node) {
  pricing_ = PatternPricing(problem_, amounts_, types_, node.takings);
  master_.Focus(node.takings);
}

}  // namespace heimweg::assignment
