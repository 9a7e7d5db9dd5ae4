#include "services/assignment/pattern_master.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace heimweg::assignment {
namespace {

constexpr double kNoLimit = std::numeric_limits<double>::max();
constexpr double kNeverMixed = std::numeric_limits<double>::infinity();
constexpr double kUnusedShare = 1e-9;
// Of the simplex, for a guess: later ones hardly change which number is best.
constexpr int kGuessSteps = 50;
// Of the greatest weight.
constexpr double kPenalty = 100;

// Whether a pattern has what is taken and nothing that is left.
class Agreement {
 public:
  Agreement(const PlacementProblem& problem, const std::vector<Taking>& takings)
      : takings_(takings), taken_(problem.places.size(), 0) {
    for (size_t i = 0; i < takings.size(); ++i) {
      if (takings[i] == Taking::kTaken) ++taken_[problem.pairs[i].place];
    }
  }

  bool Holds(const Pattern& pattern) const {
    int missing = taken_[pattern.place];
    for (const int pair : pattern.pairs) {
      if (takings_[pair] == Taking::kLeft) return false;
      if (takings_[pair] == Taking::kTaken) --missing;
    }
    return missing == 0;
  }

 private:
  const std::vector<Taking>& takings_;
  std::vector<int> taken_;
};

}  // namespace

PatternMaster::PatternMaster(const PlacementProblem& problem,
                             const HouseholdTypes& types)
    : problem_(problem), types_(types), simplex_({}) {
  for (const PlacementPair& pair : problem.pairs) {
    penalty_ = std::max(penalty_, kPenalty * pair.weight);
  }
  Focus({});
}

void PatternMaster::Focus(const std::vector<Taking>& takings) {
  std::vector<bool> settled(problem_.households.size(), false);
  for (size_t i = 0; i < takings.size(); ++i) {
    if (takings[i] == Taking::kTaken) {
      settled[problem_.pairs[i].household] = true;
    }
  }
  household_rows_.clear();
  first_place_row_ = 0;
  for (const bool is_settled : settled) {
    household_rows_.push_back(is_settled ? -1 : first_place_row_++);
  }
  first_limit_row_ =
      first_place_row_ + static_cast<int>(problem_.places.size());
  Clear({});
}

void PatternMaster::Clear(const std::vector<CountLimit>& limits) {
  for (const int pattern : columns_) mixed_[pattern] = false;
  columns_.clear();
  limits_ = limits;
  resumed_ = false;
  std::vector<double> rows(first_limit_row_, 1);
  std::vector<Simplex::Column> exceeded;
  for (const CountLimit& limit : limits_) {
    exceeded.push_back(
        {{{static_cast<int>(rows.size()), -1}}, -penalty_, kNoLimit});
    rows.push_back(limit.sign() * limit.count);
  }
  simplex_.Clear(rows);
  simplex_.AddColumns(exceeded);
}

Simplex::Column PatternMaster::ColumnOf(const Pattern& pattern) const {
  Simplex::Column column{
      {{first_place_row_ + pattern.place, 1}}, pattern.weight, kNoLimit};
  for (const int pair : pattern.pairs) {
    const int row = household_rows_[problem_.pairs[pair].household];
    if (row >= 0) column.entries.push_back({row, 1});
  }
  for (size_t i = 0; i < limits_.size(); ++i) {
    const int count = CountIn(pattern, limits_[i]);
    if (count == 0) continue;
    column.entries.push_back({first_limit_row_ + static_cast<int>(i),
                              static_cast<double>(limits_[i].sign() * count)});
  }
  return column;
}

int PatternMaster::CountIn(const Pattern& pattern,
                           const CountLimit& limit) const {
  if (!limit.Covers(pattern.place)) return 0;
  int count = 0;
  for (const int pair : pattern.pairs) {
    const int type = types_.TypeOf(problem_.pairs[pair].household);
    count += type == limit.type ? 1 : 0;
  }
  return count;
}

void PatternMaster::Mix(int pattern) {
  columns_.push_back(pattern);
  mixed_[pattern] = true;
}

bool PatternMaster::Add(int place, const std::vector<int>& pairs) {
  Remember(place, pairs);
  const int number = known_.find(std::pair(place, pairs))->second;
  if (mixed_[number]) return false;
  simplex_.AddColumns({ColumnOf(*patterns_[number])});
  Mix(number);
  return true;
}

std::vector<double> PatternMaster::Lacks(
    const std::vector<Taking>& takings,
    const std::vector<double>& pair_prices) const {
  const Agreement agreement(problem_, takings);
  std::vector<double> lacks(patterns_.size(), kNeverMixed);
  std::vector<double> best(problem_.places.size(), -kNeverMixed);
  for (size_t i = 0; i < patterns_.size(); ++i) {
    const Pattern& pattern = *patterns_[i];
    if (!agreement.Holds(pattern)) continue;
    lacks[i] = -pattern.weight;
    for (const int pair : pattern.pairs) lacks[i] += pair_prices[pair];
    best[pattern.place] = std::max(best[pattern.place], -lacks[i]);
  }
  for (size_t i = 0; i < patterns_.size(); ++i) {
    if (lacks[i] != kNeverMixed) lacks[i] += best[patterns_[i]->place];
  }
  return lacks;
}

void PatternMaster::Start(const std::vector<Taking>& takings,
                          const std::vector<CountLimit>& limits,
                          const std::vector<double>& prices, double most_lack,
                          size_t most) {
  Clear(limits);
  const std::vector<double> lacks =
      Lacks(takings, types_.PairPrices(prices, limits));
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
  }
  std::vector<Simplex::Column> columns;
  for (const int pattern : chosen) {
    columns.push_back(ColumnOf(*patterns_[pattern]));
    Mix(pattern);
  }
  simplex_.AddColumns(columns);
}

void PatternMaster::Resume(const Mixture& mixture,
                           const std::vector<Taking>& takings,
                           const std::vector<CountLimit>& limits) {
  Clear(limits);
  const Agreement agreement(problem_, takings);
  Simplex::Basis basis;
  basis.rows = mixture.basis.rows;
  // Those of exceeded limits are first.
  const size_t first = mixture.basis.columns.size() - mixture.patterns.size();
  basis.columns.assign(mixture.basis.columns.begin(),
                       mixture.basis.columns.begin() + first);
  basis.columns.resize(limits.size(), Simplex::kAtLower);
  std::vector<Simplex::Column> columns;
  for (size_t i = 0; i < mixture.patterns.size(); ++i) {
    const uint8_t status = mixture.basis.columns[first + i];
    const bool agrees = agreement.Holds(*mixture.patterns[i]);
    // What is in the basis stays so that there is one, but is not for use.
    if (!agrees && status != Simplex::kInBasis) continue;
    columns.push_back(ColumnOf(*mixture.patterns[i]));
    if (!agrees) columns.back().upper = 0;
    basis.columns.push_back(status);
    Mix(Know(mixture.patterns[i]));
  }
  simplex_.AddColumns(columns);
  simplex_.SetBasis(basis);
  resumed_ = true;
}

Mixture PatternMaster::mixture() const {
  Mixture mixture;
  for (const int pattern : columns_) {
    mixture.patterns.push_back(patterns_[pattern]);
  }
  mixture.basis = simplex_.basis();
  return mixture;
}

bool PatternMaster::Solve() {
  return std::exchange(resumed_, false) ? simplex_.SolveAgain()
                                        : simplex_.Solve();
}

int PatternMaster::Know(std::shared_ptr<const Pattern> pattern) {
  const auto [entry, is_new] = known_.try_emplace(
      {pattern->place, pattern->pairs}, static_cast<int>(patterns_.size()));
  if (is_new) {
    patterns_.push_back(std::move(pattern));
    mixed_.push_back(false);
  }
  return entry->second;
}

void PatternMaster::Remember(int place, const std::vector<int>& pairs) {
  if (known_.contains(std::pair(place, pairs))) return;
  auto pattern = std::make_shared<Pattern>(Pattern{place, pairs, 0});
  for (const int pair : pairs) pattern->weight += problem_.pairs[pair].weight;
  Know(std::move(pattern));
}

void PatternMaster::Forget() {
  std::vector<int> number(patterns_.size(), -1);
  std::vector<std::shared_ptr<const Pattern>> kept;
  known_.clear();
  for (size_t i = 0; i < patterns_.size(); ++i) {
    if (!mixed_[i]) continue;
    number[i] = static_cast<int>(kept.size());
    known_.emplace(std::pair(patterns_[i]->place, patterns_[i]->pairs),
                   number[i]);
    kept.push_back(std::move(patterns_[i]));
  }
  for (int& pattern : columns_) pattern = number[pattern];
  patterns_ = std::move(kept);
  mixed_.assign(patterns_.size(), true);
}

std::optional<double> PatternMaster::GuessWith(const CountLimit& limit) const {
  std::vector<Simplex::Factor> row;
  for (size_t c = 0; c < columns_.size(); ++c) {
    const int count = CountIn(*patterns_[columns_[c]], limit);
    if (count == 0) continue;
    row.push_back({static_cast<int>(limits_.size() + c),
                   static_cast<double>(limit.sign() * count)});
  }
  return simplex_.ObjectiveWith(row, limit.sign() * limit.count, kGuessSteps);
}

std::vector<double> PatternMaster::Prices() const {
  std::vector<double> prices;
  for (const int row : household_rows_) {
    prices.push_back(row < 0 ? 0 : simplex_.price(row));
  }
  for (size_t i = 0; i < limits_.size(); ++i) {
    prices.push_back(simplex_.price(first_limit_row_ + static_cast<int>(i)));
  }
  return prices;
}

double PatternMaster::place_price(int place) const {
  return simplex_.price(first_place_row_ + place);
}

std::vector<double> PatternMaster::PairValues() const {
  std::vector<double> values(problem_.pairs.size(), 0);
  for (size_t c = 0; c < columns_.size(); ++c) {
    const double share = simplex_.value(static_cast<int>(limits_.size() + c));
    if (share <= kUnusedShare) continue;
    for (const int pair : patterns_[columns_[c]]->pairs) values[pair] += share;
  }
  return values;
}

}  // namespace heimweg::assignment
