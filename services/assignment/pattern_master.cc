#include "services/assignment/pattern_master.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace heimweg::assignment {
namespace {

constexpr double kNoLimit = std::numeric_limits<double>::max();
constexpr double kNeverMixed = std::numeric_limits<double>::infinity();
constexpr double kUnusedShare = 1e-9;

}  // namespace

PatternMaster::PatternMaster(const PlacementProblem& problem)
    : problem_(problem),
      simplex_(std::vector<double>(
          problem.households.size() + problem.places.size(), 1)),
      settled_(problem.households.size(), false) {}

Simplex::Column PatternMaster::ColumnOf(const Pattern& pattern) const {
  const int places_row = static_cast<int>(problem_.households.size());
  Simplex::Column column{
      {{places_row + pattern.place, 1}}, pattern.weight, kNoLimit};
  for (const int pair : pattern.pairs) {
    const int household = problem_.pairs[pair].household;
    if (!settled_[household]) column.entries.push_back({household, 1});
  }
  return column;
}

bool PatternMaster::Add(int place, const std::vector<int>& pairs) {
  Remember(place, pairs);
  const int number = known_.find(std::pair(place, pairs))->second;
  if (mixed_[number]) return false;
  simplex_.AddColumns({ColumnOf(patterns_[number])});
  columns_.push_back(number);
  mixed_[number] = true;
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

std::vector<double> PatternMaster::Lacks(
    const std::vector<Taking>& takings,
    const std::vector<double>& prices) const {
  std::vector<int> taken(problem_.places.size(), 0);
  for (size_t i = 0; i < takings.size(); ++i) {
    if (takings[i] == Taking::kTaken) ++taken[problem_.pairs[i].place];
  }
  std::vector<double> lacks(patterns_.size(), kNeverMixed);
  std::vector<double> best(problem_.places.size(), -kNeverMixed);
  for (size_t i = 0; i < patterns_.size(); ++i) {
    const Pattern& pattern = patterns_[i];
    if (!Agrees(pattern, takings, taken[pattern.place])) continue;
    lacks[i] = -pattern.weight;
    for (const int pair : pattern.pairs) {
      lacks[i] += prices[problem_.pairs[pair].household];
    }
    best[pattern.place] = std::max(best[pattern.place], -lacks[i]);
  }
  for (size_t i = 0; i < patterns_.size(); ++i) {
    if (lacks[i] != kNeverMixed) lacks[i] += best[patterns_[i].place];
  }
  return lacks;
}

void PatternMaster::Restrict(const std::vector<Taking>& takings,
                             const std::vector<double>& prices,
                             double most_lack, size_t most) {
  const std::vector<double> lacks = Lacks(takings, prices);
  std::vector<int> chosen;
  for (size_t i = 0; i < lacks.size(); ++i) {
    if (lacks[i] != kNeverMixed && lacks[i] <= most_lack) {
      chosen.push_back(static_cast<int>(i));
    }
  }
  if (chosen.size() > most) {
    std::stable_sort(chosen.begin(), chosen.end(),
                     [&lacks](int a, int b) { return lacks[a] < lacks[b]; });
    chosen.resize(most);
    std::sort(chosen.begin(), chosen.end());
  }
  std::vector<bool> stays(patterns_.size(), false);
  for (const int i : chosen) stays[i] = true;
  std::vector<int> gone;
  std::vector<int> kept;
  for (size_t c = 0; c < columns_.size(); ++c) {
    if (stays[columns_[c]]) {
      kept.push_back(columns_[c]);
    } else {
      gone.push_back(static_cast<int>(c));
    }
  }
  simplex_.RemoveColumns(gone);
  std::vector<Simplex::Column> added;
  for (const int i : chosen) {
    if (mixed_[i]) continue;
    added.push_back(ColumnOf(patterns_[i]));
    kept.push_back(i);
  }
  simplex_.AddColumns(added);
  columns_ = std::move(kept);
  mixed_ = std::move(stays);
}

void PatternMaster::Focus(const std::vector<Taking>& takings) {
  std::vector<int> all(columns_.size());
  std::iota(all.begin(), all.end(), 0);
  simplex_.RemoveColumns(all);
  columns_.clear();
  mixed_.assign(patterns_.size(), false);
  settled_.assign(problem_.households.size(), false);
  for (size_t i = 0; i < takings.size(); ++i) {
    if (takings[i] == Taking::kTaken) {
      settled_[problem_.pairs[i].household] = true;
    }
  }
}

void PatternMaster::Remember(int place, const std::vector<int>& pairs) {
  const auto [entry, is_new] =
      known_.try_emplace({place, pairs}, static_cast<int>(patterns_.size()));
  if (!is_new) return;
  Pattern pattern{place, pairs, 0};
  for (const int pair : pairs) pattern.weight += problem_.pairs[pair].weight;
  patterns_.push_back(std::move(pattern));
  mixed_.push_back(false);
}

void PatternMaster::Forget() {
  std::vector<int> number(patterns_.size(), -1);
  std::vector<Pattern> kept;
  known_.clear();
  for (size_t i = 0; i < patterns_.size(); ++i) {
    if (!mixed_[i]) continue;
    number[i] = static_cast<int>(kept.size());
    known_.emplace(std::pair(patterns_[i].place, patterns_[i].pairs),
                   number[i]);
    kept.push_back(std::move(patterns_[i]));
  }
  for (int& pattern : columns_) pattern = number[pattern];
  patterns_ = std::move(kept);
  mixed_.assign(patterns_.size(), true);
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
  for (size_t c = 0; c < columns_.size(); ++c) {
    const double share = simplex_.value(static_cast<int>(c));
    if (share <= kUnusedShare) continue;
    for (const int pair : patterns_[columns_[c]].pairs) values[pair] += share;
  }
  return values;
}

}  // namespace heimweg::assignment
