// The best mixture of known patterns: every place takes at most one pattern
// (a set of its pairs), every household goes to at most one place, and numbers
// of a type at a place may be limited; a linear programme over the patterns.
// Its prices say which patterns are missing.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_MASTER_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_MASTER_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/assignment/household_types.h"
#include "services/assignment/knapsack.h"
#include "services/assignment/placement.h"
#include "services/assignment/simplex.h"

namespace heimweg::assignment {

struct Pattern {
  int place = 0;
  // Rising.
  std::vector<int> pairs;
  double weight = 0;
};

// What was mixed and how: enough to go on from there, in another master, too.
struct Mixture {
  std::vector<std::shared_ptr<const Pattern>> patterns;
  Simplex::Basis basis;
};

// Thread-compatible.
class PatternMaster {
 public:
  // Problem and types outlive the object.
  PatternMaster(const PlacementProblem& problem, const HouseholdTypes& types);

  // Rising pairs of the place; not mixed before Start() chooses it.
  void Remember(int place, const std::vector<int>& pairs);

  // As Remember, and mixed at once. False if it is mixed already.
  bool Add(int place, const std::vector<int>& pairs);

  // From now on whoever is taken here stays so: such a household needs no row.
  // Nothing is mixed before the next Start().
  void Focus(const std::vector<Taking>& takings);

  // From now on only patterns that agree with these takings are mixed, and that
  // lack at most `most_lack` to their place's best at these prices, by
  // household and then by limit; the best `most` of them, and what is added
  // later.
  void Start(const std::vector<Taking>& takings,
             const std::vector<CountLimit>& limits,
             const std::vector<double>& prices, double most_lack, size_t most);

  // Goes on from a mixture since the same Focus() with more takings and with
  // limits that begin with those it had: only its patterns are mixed, and what
  // is added later.
  void Resume(const Mixture& mixture, const std::vector<Taking>& takings,
              const std::vector<CountLimit>& limits);
  Mixture mixture() const;

  // Forgets what is not mixed now.
  void Forget();

  bool Solve();
  // After Solve.
  double objective() const { return simplex_.objective(); }
  // What this limit would lower the objective to, guessed from the mixed
  // patterns; nothing if they cannot keep it.
  std::optional<double> GuessWith(const CountLimit& limit) const;
  // By household and then by limit, 0 or more.
  std::vector<double> Prices() const;
  // What the place's patterns cost beside their households and limits.
  double place_price(int place) const;
  // By pair: the part of it that is chosen.
  std::vector<double> PairValues() const;

  size_t size() const { return patterns_.size(); }

 private:
  // No rows but these limits', and no patterns.
  void Clear(const std::vector<CountLimit>& limits);
  // Its number.
  int Know(std::shared_ptr<const Pattern> pattern);
  void Mix(int pattern);
  // By pattern: what it lacks to the best of its place that agrees; infinity
  // for those that do not.
  std::vector<double> Lacks(const std::vector<Taking>& takings,
                            const std::vector<double>& pair_prices) const;
  Simplex::Column ColumnOf(const Pattern& pattern) const;
  int CountIn(const Pattern& pattern, const CountLimit& limit) const;

  const PlacementProblem& problem_;
  const HouseholdTypes& types_;
  // What a limit pays for each that it is exceeded by: there is always some
  // mixture.
  double penalty_ = 0;
  Simplex simplex_;
  // The basis was the best before limits and takings came.
  bool resumed_ = false;
  std::vector<std::shared_ptr<const Pattern>> patterns_;
  // By column behind those of exceeded limits: its pattern. And by pattern:
  // whether it has a column.
  std::vector<int> columns_;
  std::vector<bool> mixed_;
  // Rows: by household its own, or -1; then places; then limits.
  std::vector<int> household_rows_;
  int first_place_row_ = 0;
  int first_limit_row_ = 0;
  std::vector<CountLimit> limits_;
  absl::flat_hash_map<std::pair<int, std::vector<int>>, int> known_;
};

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_MASTER_H_
