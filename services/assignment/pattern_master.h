// The best mixture of known patterns: every place takes at most one pattern
// (a set of its pairs), every household goes to at most one place; a linear
// programme over the patterns. Its prices say which patterns are missing.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_MASTER_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_MASTER_H_

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "services/assignment/knapsack.h"
#include "services/assignment/placement.h"
#include "services/assignment/simplex.h"

namespace heimweg::assignment {

// Thread-compatible.
class PatternMaster {
 public:
  // The problem outlives the object.
  explicit PatternMaster(const PlacementProblem& problem);

  // Rising pairs of the place. False if the pattern is known.
  bool Add(int place, const std::vector<int>& pairs);

  // Only patterns that agree with these takings may be used from now on.
  void Restrict(const std::vector<Taking>& takings);

  // Forgets the patterns that are worth least at these prices until `most` are
  // left.
  void Forget(const std::vector<double>& prices, size_t most);

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

  const PlacementProblem& problem_;
  Simplex simplex_;
  // By column.
  std::vector<Pattern> patterns_;
  absl::flat_hash_set<std::pair<int, std::vector<int>>> known_;
};

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_MASTER_H_
