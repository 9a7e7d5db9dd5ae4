#include "services/assignment/household_types.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace heimweg::assignment {
namespace {

// Numbers this close to a whole one are not open.
constexpr double kOpen = 1e-4;
// How many of a type are placed at all settles more than where.
constexpr double kAnywhereWeight = 5;

// What one of each size takes, as a part of all demand.
double PartOfDemand(const std::vector<int>& size,
                    const std::vector<double>& total) {
  double part = 0;
  for (size_t d = 0; d < size.size(); ++d) {
    if (total[d] > 0) part += size[d] / total[d];
  }
  return part;
}

}  // namespace

HouseholdTypes::HouseholdTypes(const PlacementProblem& problem,
                               const WholeAmounts& amounts) {
  const size_t dimensions = problem.dimensions.size();
  std::vector<double> total(dimensions, 0);
  for (size_t i = 0; i < amounts.sizes.size(); ++i) {
    total[i % dimensions] += amounts.sizes[i];
  }
  std::map<std::vector<int>, int> numbers;
  for (size_t h = 0; h < problem.households.size(); ++h) {
    const auto begin = amounts.sizes.begin() + h * dimensions;
    const std::vector<int> size(begin, begin + dimensions);
    const auto [entry, is_new] =
        numbers.try_emplace(size, static_cast<int>(numbers.size()));
    types_.push_back(entry->second);
    if (is_new) rooms_.push_back(PartOfDemand(size, total));
  }
  pairs_.resize((problem.places.size() + 1) * rooms_.size());
  for (size_t i = 0; i < problem.pairs.size(); ++i) {
    const PlacementPair& pair = problem.pairs[i];
    households_of_pairs_.push_back(pair.household);
    for (const int place : {CountLimit::kAnywhere, pair.place}) {
      pairs_[(place + 1) * rooms_.size() + types_[pair.household]].push_back(
          static_cast<int>(i));
    }
  }
}

std::vector<double> HouseholdTypes::PairPrices(
    const std::vector<double>& prices,
    const std::vector<CountLimit>& limits) const {
  std::vector<double> pair_prices;
  pair_prices.reserve(households_of_pairs_.size());
  for (const int household : households_of_pairs_) {
    pair_prices.push_back(prices[household]);
  }
  size_t row = types_.size();
  for (const CountLimit& limit : limits) {
    const double price = limit.sign() * prices[row++];
    for (const int pair : Pairs(limit.place, limit.type)) {
      pair_prices[pair] += price;
    }
  }
  return pair_prices;
}

double HouseholdTypes::SumOfPrices(
    const std::vector<double>& prices,
    const std::vector<CountLimit>& limits) const {
  double sum = 0;
  for (size_t h = 0; h < types_.size(); ++h) sum += prices[h];
  size_t row = types_.size();
  for (const CountLimit& limit : limits) {
    sum += limit.sign() * limit.count * prices[row++];
  }
  return sum;
}

std::vector<OpenCount> HouseholdTypes::MostOpen(
    const std::vector<double>& pair_values, size_t most) const {
  std::vector<OpenCount> open;
  for (size_t i = 0; i < pairs_.size(); ++i) {
    double number = 0;
    for (const int pair : pairs_[i]) number += pair_values[pair];
    const double below = std::floor(number);
    const double part = number - below;
    if (part < kOpen || part > 1 - kOpen) continue;
    const int place = static_cast<int>(i / rooms_.size()) - 1;
    const int type = static_cast<int>(i % rooms_.size());
    const double weight = place == CountLimit::kAnywhere ? kAnywhereWeight : 1;
    open.push_back(
        {{place, type, CountLimit::Kind::kAtMost, static_cast<int>(below)},
         part,
         part * (1 - part) * rooms_[type] * weight});
  }
  std::stable_sort(
      open.begin(), open.end(),
      [](const OpenCount& a, const OpenCount& b) { return a.score > b.score; });
  if (open.size() > most) open.resize(most);
  return open;
}

}  // namespace heimweg::assignment
