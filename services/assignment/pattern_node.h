// One node of the search over patterns: some pairs are taken, some left, some
// numbers limited, and the rest is bounded by column generation. Not for users:
// pattern_search.h is.
#ifndef HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_NODE_H_
#define HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_NODE_H_

#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/assignment/limit_costs.h"
#include "services/assignment/pattern_master.h"
#include "services/assignment/pattern_pricing.h"
#include "services/assignment/placement.h"

namespace heimweg::assignment {

struct PatternNode {
  // By pair.
  std::vector<Taking> takings;
  std::vector<CountLimit> limits;
  // By household and then by limit: those with the least bound so far.
  std::vector<double> prices;
  double bound = std::numeric_limits<double>::infinity();
  // By pair: the part that the last mixture takes; empty before the first.
  std::vector<double> values;
  // The last mixture; null before the first and if it was of another focus.
  std::shared_ptr<const Mixture> mixture;
  // What to branch on: a number, or else a pair, or -1.
  std::optional<CountLimit> open_count;
  int open_pair = -1;
};

// Bounds nodes and remembers the best placement that turns up. Thread-
// compatible.
class PatternNodes {
 public:
  // The problem outlives the object; `start` is feasible.
  PatternNodes(const PlacementProblem& problem, const WholeAmounts& amounts,
               std::vector<int> start, double gap, absl::Time deadline);

  // Takes or leaves a free pair; the household's others are left. False if that
  // is against what is settled.
  bool Settle(std::vector<Taking>& takings, int pair, Taking taking) const;

  // Limits how many of a type go to a place. False if that is against what is
  // settled.
  bool LimitCount(PatternNode& node, const CountLimit& limit) const;

  // Chooses the number to branch on, if one is open: after Bound, by trials in
  // the last mixture.
  void Choose(PatternNode& node);
  // The trials that Choose() made since the last call, and how it learns from
  // trials: not from its own before it is told, so that two objects that are
  // told the same choose the same.
  std::vector<LimitCosts::Trial> TakeTrials() {
    return std::exchange(trials_, {});
  }
  void Learn(const std::vector<LimitCosts::Trial>& trials);
  // The pair that the mixture is least sure of, large households first; else
  // any free one; -1: none.
  int OpenPair(const PatternNode& node) const;

  // Lowers the bound by steps along the subgradient: many cheap ones before the
  // first mixture.
  void Descend(PatternNode& node, int steps);

  // A mixture is close enough to the bound at this part of what is to be
  // decided: nearer takes longer than the nodes that it saves.
  static constexpr double kCloseShare = 0.3;
  // Lowers the bound until it is close to the best mixture or not above
  // Limit().
  void Bound(PatternNode& node, double close_share = kCloseShare);

  // Settles pairs that no placement above Limit() has otherwise. False if none
  // is left.
  bool SettleByPrices(PatternNode& node);

  // By pair: whether the best patterns at some prices take it, and what no
  // placement exceeds that has it otherwise.
  struct Flips {
    std::vector<bool> taken;
    std::vector<double> bounds;
  };
  // At the node's prices.
  Flips FlipBounds(const PatternNode& node);
  // Settles what no placement above Limit() has otherwise. False if there is
  // none.
  bool SettleByFlips(const Flips& flips, PatternNode& node) const;

  // From now on only these pairs and patterns that fit to them are looked at.
  void Focus(const PatternNode& node);
  // Placements up to this are of no interest.
  void set_cutoff(double cutoff) { cutoff_ = cutoff; }
  // Nodes whose bound is not above this are done.
  double Limit() const;
  bool IsLate() const { return absl::Now() >= deadline_; }

  // Takes what the mixture says if that is a whole placement. True if it is.
  bool TakeWhole(const PatternNode& node);

  // Takes a feasible placement if it is better.
  void Adopt(const std::vector<int>& place_of);

  double objective() const { return objective_; }
  const std::vector<int>& place_of() const { return place_of_; }

 private:
  // Prices between the node's and the mixture's; true if a pattern is new.
  bool AddMissing(PatternNode& node);
  // Improves bound and prices; false if these prices are no better.
  bool Improve(PatternNode& node, const std::vector<double>& prices);
  void AddPatterns();
  // The open number whose two limits cost most; nothing if none is open.
  std::optional<CountLimit> BestCount(const PatternNode& node);
  // By how much the limit lowers the mixture, at most `most`.
  double CostOf(const CountLimit& limit, double part, double most);

  const PlacementProblem& problem_;
  const WholeAmounts& amounts_;
  const double gap_;
  const absl::Time deadline_;
  std::vector<std::vector<int>> pairs_of_;
  const HouseholdTypes types_;
  PatternPricing pricing_;
  PatternMaster master_;
  std::vector<int> place_of_;
  double objective_ = 0;
  double cutoff_ = -std::numeric_limits<double>::infinity();
  LimitCosts costs_;
  std::vector<LimitCosts::Trial> trials_;
};

}  // namespace heimweg::assignment

#endif  // HEIMWEG_SERVICES_ASSIGNMENT_PATTERN_NODE_H_
