#include "services/assignment/pattern_master.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace heimweg::assignment {
namespace {

constexpr double kNoLimit = std::numeric_limits<double>::max();
constexpr double kUnusedShare = 1e-9;

}  // namespace

PatternMaster::PatternMaster(const PlacementProblem& problem)
    : problem_(problem),
      simplex_(std::vector<double>(
          problem.households.size() + problem.places.size(), 1)) {}

bool PatternMaster::Add(int place, const std::vector<int>& pairs) {
  if (!known_.insert({place, pairs}).second) return false;
  Pattern pattern{place, pairs, 0};
  const int places_row = static_cast<int>(problem_.households.size());
  std::vector<IntegerProgram::Entry> entries = {{places_row + place, 1}};
  for (const int pair : pairs) {
    entries.push_back({problem_.pairs[pair].household, 1});
    pattern.weight += problem_.pairs[pair].weight;
  }
  simplex_.AddColumn(entries, pattern.weight, kNoLimit);
  patterns_.push_back(std::move(pattern));
  return true;
}

bool PatternMaster::Agrees(const Pattern& pattern,
                           const std::vector<Taking>& takings,
                           int taken) const {
  for (const int pair : pattern.pairs) {
    if (takings[pair] == Taking::kLeft) return false;
    if (takings[pair] == Taking::kTaken) --taken;
  }
  return taken == 0;
}

void PatternMaster::Restrict(const std::vector<Taking>& takings) {
  std::vector<int> taken(problem_.places.size(), 0);
  for (size_t i = 0; i < takings.size(); ++i) {
    if (takings[i] == Taking::kTaken) ++taken[problem_.pairs[i].place];
  }
  for (size_t c = 0; c < patterns_.size(); ++c) {
    const Pattern& pattern = patterns_[c];
    const bool agrees = Agrees(pattern, takings, taken[pattern.place]);
    simplex_.SetBounds(static_cast<int>(c), 0, agrees ? kNoLimit : 0);
  }
}

void PatternMaster::Forget(const std::vector<double>& prices, size_t most) {
  if (patterns_.size() <= most) return;
  // What a pattern lacks to the best one of its place.
  std::vector<double> values;
  std::vector<double> best(problem_.places.size(),
                           -std::numeric_limits<double>::infinity());
  for (const Pattern& pattern : patterns_) {
    double value = pattern.weight;
    for (const int pair : pattern.pairs) {
      value -= prices[problem_.pairs[pair].household];
    }
    values.push_back(value);
    best[pattern.place] = std::max(best[pattern.place], value);
  }
  std::vector<int> order(patterns_.size());
  std::iota(order.begin(), order.end(), 0);
  const auto lack = [&](int c) { return best[patterns_[c].place] - values[c]; };
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return lack(a) < lack(b); });
  std::vector<int> gone(order.begin() + static_cast<std::ptrdiff_t>(most),
                        order.end());
  std::sort(gone.begin(), gone.end());
  simplex_.RemoveColumns(gone);
  std::vector<Pattern> kept;
  size_t next = 0;
  for (size_t c = 0; c < patterns_.size(); ++c) {
    if (next < gone.size() && gone[next] == static_cast<int>(c)) {
      ++next;
      known_.erase({patterns_[c].place, patterns_[c].pairs});
    } else {
      kept.push_back(std::move(patterns_[c]));
    }
  }
  patterns_ = std::move(kept);
}

std::vector<double> PatternMaster::Prices() const {
  std::vector<double> prices;
  for (size_t h = 0; h < problem_.households.size(); ++h) {
    prices.push_back(simplex_.price(static_cast<int>(h)));
  }
  return prices;
}

double PatternMaster::place_price(int place) const {
  return simplex_.price(static_cast<int>(problem_.households.size()) + place);
}

std::vector<double> PatternMaster::PairValues() const {
  std::vector<double> values(problem_.pairs.size(), 0);
  for (size_t c = 0; c < patterns_.size(); ++c) {
    const double share = simplex_.value(static_cast<int>(c));
    if (share <= kUnusedShare) continue;
    for (const int pair : patterns_[c].pairs) values[pair] += share;
  }
  return values;
}

}  // namespace heimweg::assignment
