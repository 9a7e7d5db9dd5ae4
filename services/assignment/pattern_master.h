// The best mixture of known patterns: every place takes at most one pattern
// (a set of its pairs), every household goes to at most one place; a linear
// programme over the patterns. Its prices say which patterns are missing.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_MASTER_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_MASTER_H_

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/assignment/knapsack.h"
#include "services/assignment/placement.h"
#include "services/assignment/simplex.h"

namespace heimweg::assignment {

// Thread-compatible.
class PatternMaster {
 public:
  // The problem outlives the object.
  explicit PatternMaster(const PlacementProblem& problem);

  // Rising pairs of the place; not mixed before Restrict() chooses it.
  void Remember(int place, const std::vector<int>& pairs);

  // As Remember, and mixed at once. False if it is mixed already.
  bool Add(int place, const std::vector<int>& pairs);

  // From now on only patterns that agree with these takings are mixed, and that
  // lack at most `most_lack` to their place's best at these prices; the best
  // `most` of them, and what is added later.
  void Restrict(const std::vector<Taking>& takings,
                const std::vector<double>& prices, double most_lack,
                size_t most);

  // From now on whoever is taken here stays so: such a household needs no row.
  // Nothing is mixed before the next Restrict().
  void Focus(const std::vector<Taking>& takings);

  // Forgets what is not mixed now.
  void Forget();

  bool Solve() { return simplex_.Solve(); }
  // After Solve.
  double objective() const { return simplex_.objective(); }
  // By household, 0 or more.
  std::vector<double> Prices() const;
  // What the place's patterns cost beside their households.
  double place_price(int place) const;
  // By pair: the part of it that is chosen.
  std::vector<double> PairValues() const;

  size_t size() const { return patterns_.size(); }

 private:
  struct Pattern {
    int place = 0;
    std::vector<int> pairs;
    double weight = 0;
  };

  bool Agrees(const Pattern& pattern, const std::vector<Taking>& takings,
              int taken) const;
  // By pattern: what it lacks to the best of its place that agrees; infinity
  // for those that do not.
  std::vector<double> Lacks(const std::vector<Taking>& takings,
                            const std::vector<double>& prices) const;
  Simplex::Column ColumnOf(const Pattern& pattern) const;

  const PlacementProblem& problem_;
  Simplex simplex_;
  std::vector<Pattern> patterns_;
  // By column: its pattern. And by pattern: whether it has a column.
  std::vector<int> columns_;
  std::vector<bool> mixed_;
  // By household: it has no row.
  std::vector<bool> settled_;
  absl::flat_hash_map<std::pair<int, std::vector<int>>, int> known_;
};

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_MASTER_H_
