#include "services/assignment/pattern_search.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <queue>
#include <thread>
#include <utility>

#include "services/assignment/pattern_node.h"

namespace heimweg::assignment {
namespace {

constexpr int kFirstDescent = 300;
// The first step asks for this part of the bound. The next ones ask for more:
// for some times as many nodes if these grow by powers of the distance to the
// root's mixture, but not for much more distance, nor for hardly any. A step
// that goes too far is dear, since it rules less out at once.
constexpr double kFirstSlack = 1.2e-4;
constexpr double kMoreNodes = 8;
constexpr double kMostStride = 1.65;
constexpr double kLeastSlack = 1e-5;
// Nodes that are branched on before the best is chosen anew: with many neither
// of two cores waits long for the other, with few the best is not far behind.
constexpr int kNodesAtOnce = 8;
// How close the root's mixture gets: what its prices settle is settled for all.
constexpr double kRootCloseShare = 0.01;
// A dive takes what the mixture takes but for this.
constexpr double kMixed = 1e-4;

// Thread-compatible.
class PatternTree {
 public:
  PatternTree(const PlacementProblem& problem, const WholeAmounts& amounts,
              const std::vector<int>& start, double gap, absl::Time deadline)
      : problem_(problem),
        nodes_(problem, amounts, start, gap, deadline),
        helper_(problem, amounts, start, gap, deadline) {}

  PatternResult Solve(const std::vector<double>& prices) {
    root_.takings.assign(problem_.pairs.size(), Taking::kFree);
    root_.prices = prices;
    nodes_.Descend(root_, kFirstDescent);
    double bound = root_.bound;
    if (bound > nodes_.Limit()) bound = Steps();
    return {nodes_.place_of(), std::max(bound, nodes_.objective())};
  }

 private:
  // Takes what the mixture takes most, until a placement or nothing is left.
  void Dive(PatternNode node) {
    while (node.bound > nodes_.Limit() && !node.values.empty() &&
           !nodes_.IsLate()) {
      int most = -1;
      for (size_t i = 0; i < node.values.size(); ++i) {
        const int pair = static_cast<int>(i);
        if (node.takings[i] != Taking::kFree || node.values[i] < kMixed) {
          continue;
        }
        if (node.values[i] > 1 - kMixed) {
          if (!nodes_.Settle(node.takings, pair, Taking::kTaken)) return;
        } else if (most < 0 || node.values[i] > node.values[most]) {
          most = pair;
        }
      }
      if (most < 0 || !nodes_.Settle(node.takings, most, Taking::kTaken)) {
        return;
      }
      node.bound = std::numeric_limits<double>::infinity();
      nodes_.Bound(node);
    }
  }

  // Asks for placements closer and less close to the root's bound; what bounds
  // all placements in the end.
  double Steps() {
    const PatternNodes::Flips flips = nodes_.FlipBounds(root_);
    double bound = root_.bound;
    double cutoff = root_.bound - kFirstSlack * std::abs(root_.bound);
    while (!nodes_.IsLate()) {
      nodes_.set_cutoff(cutoff);
      helper_.set_cutoff(cutoff);
      const double limit = nodes_.Limit();
      bound = std::min(bound, Explore(flips, cutoff));
      // Nothing above the cutoff, or the best is known.
      if (nodes_.IsLate() || nodes_.Limit() > limit || limit > cutoff) break;
      cutoff = std::min(mixed_ - Stride() * (mixed_ - cutoff),
                        cutoff - kLeastSlack * std::abs(root_.bound));
    }
    return bound;
  }

  // How many times as far the next step goes.
  double Stride() const {
    const auto nodes = static_cast<double>(std::max(2, explored_));
    return std::min(kMostStride, 1 + std::log(kMoreNodes) / std::log(nodes));
  }

  struct Less {
    bool operator()(const PatternNode& a, const PatternNode& b) const {
      return a.bound < b.bound;
    }
  };

  using Queue =
      std::priority_queue<PatternNode, std::vector<PatternNode>, Less>;

  // From now on only what the flips leave open is looked at. False if no
  // placement is above the limit.
  bool Narrow(const PatternNodes::Flips& flips, PatternNode& root) {
    if (!nodes_.SettleByFlips(flips, root)) return false;
    nodes_.Focus(root);
    helper_.Focus(root);
    root.mixture = nullptr;
    return true;
  }

  // Looks for placements above the limit; what bounds all placements then.
  double Explore(const PatternNodes::Flips& flips, double cutoff) {
    PatternNode root = root_;
    explored_ = 0;
    mixed_ = root_.bound;
    if (!Narrow(flips, root)) return nodes_.Limit();
    helper_.Adopt(nodes_.place_of());
    nodes_.Bound(root, kRootCloseShare);
    // Whatever it finds is good to have if the time is over soon.
    nodes_.set_cutoff(-std::numeric_limits<double>::infinity());
    Dive(root);
    nodes_.set_cutoff(cutoff);
    helper_.Adopt(nodes_.place_of());
    // The mixture's prices settle more than those of the descent.
    if (root.bound <= nodes_.Limit() || !nodes_.SettleByFlips(flips, root) ||
        !Narrow(nodes_.FlipBounds(root), root)) {
      return nodes_.Limit();
    }
    nodes_.Bound(root);
    mixed_ = root.bound;
    nodes_.Choose(root);
    Queue open;
    if (nodes_.SettleByPrices(root)) Keep(std::move(root), open);
    while (!open.empty() && open.top().bound > nodes_.Limit()) {
      if (nodes_.IsLate()) return open.top().bound;
      for (PatternNode& child : BoundChildren(open)) {
        Keep(std::move(child), open);
      }
    }
    return nodes_.Limit();
  }

  void Keep(PatternNode node, Queue& open) {
    ++explored_;
    if (node.bound <= nodes_.Limit()) return;
    node.open_pair = nodes_.OpenPair(node);
    // They are large, and no longer needed.
    node.values = {};
    open.push(std::move(node));
  }

  // The best node's two halves; one, or none if nothing is undecided.
  std::vector<PatternNode> PopChildren(Queue& open) {
    const PatternNode node = open.top();
    open.pop();
    if (node.open_count.has_value()) return ByCount(node, *node.open_count);
    std::vector<PatternNode> children;
    if (node.open_pair < 0) {
      TakeSettled(node);
      return children;
    }
    for (const Taking taking : {Taking::kTaken, Taking::kLeft}) {
      children.push_back(node);
      if (!nodes_.Settle(children.back().takings, node.open_pair, taking)) {
        children.pop_back();
      }
    }
    return children;
  }

  std::vector<PatternNode> ByCount(const PatternNode& node,
                                   const CountLimit& at_most) const {
    std::vector<PatternNode> children;
    for (const CountLimit& limit : {at_most, at_most.Opposite()}) {
      children.push_back(node);
      if (!nodes_.LimitCount(children.back(), limit)) children.pop_back();
    }
    return children;
  }

  // The bounded children of the best nodes. On two cores: each always bounds
  // the same ones, so that the result does not depend on who is faster.
  std::vector<PatternNode> BoundChildren(Queue& open) {
    std::vector<PatternNode> sides[2];
    for (int i = 0;
         i < kNodesAtOnce && !open.empty() && open.top().bound > nodes_.Limit();
         ++i) {
      for (PatternNode& child : PopChildren(open)) {
        sides[i % 2].push_back(std::move(child));
      }
    }
    if (sides[1].empty() && sides[0].size() > 1) {
      sides[1].push_back(std::move(sides[0].back()));
      sides[0].pop_back();
    }
    if (sides[1].empty()) {
      for (PatternNode& child : sides[0]) BoundChild(child, nodes_);
    } else {
      std::thread helper([this, &sides] {
        for (PatternNode& child : sides[1]) BoundChild(child, helper_);
      });
      for (PatternNode& child : sides[0]) BoundChild(child, nodes_);
      helper.join();
    }
    nodes_.Adopt(helper_.place_of());
    helper_.Adopt(nodes_.place_of());
    ShareTrials();
    std::move(sides[1].begin(), sides[1].end(), std::back_inserter(sides[0]));
    return std::move(sides[0]);
  }

  // So that both choose alike, whoever tried.
  void ShareTrials() {
    for (PatternNodes* from : {&nodes_, &helper_}) {
      const std::vector<LimitCosts::Trial> trials = from->TakeTrials();
      for (PatternNodes* to : {&nodes_, &helper_}) to->Learn(trials);
    }
  }

  // Lowers its parent's bound; to minus infinity if it is shut out.
  static void BoundChild(PatternNode& child, PatternNodes& nodes) {
    const double parent = child.bound;
    child.bound = std::numeric_limits<double>::infinity();
    nodes.Bound(child);
    child.bound = std::min(child.bound, parent);
    nodes.Choose(child);
    if (child.bound > nodes.Limit() && !child.values.empty() &&
        !nodes.SettleByPrices(child)) {
      child.bound = -std::numeric_limits<double>::infinity();
    }
  }

  void TakeSettled(PatternNode node) {
    node.values.assign(node.takings.size(), 0);
    for (size_t i = 0; i < node.takings.size(); ++i) {
      node.values[i] = node.takings[i] == Taking::kTaken ? 1 : 0;
    }
    nodes_.TakeWhole(node);
  }

  const PlacementProblem& problem_;
  PatternNodes nodes_;
  // For every other node's children, on a thread of its own.
  PatternNodes helper_;
  PatternNode root_;
  // Of the last step: the bound by the root's mixture, and its nodes.
  double mixed_ = 0;
  int explored_ = 0;
};

}  // namespace

PatternResult SearchPatterns(const PlacementProblem& problem,
                             const WholeAmounts& amounts,
                             const std::vector<double>& prices,
                             const std::vector<int>& start, double gap,
                             absl::Time deadline) {
  return PatternTree(problem, amounts, start, gap, deadline).Solve(prices);
}

}  // namespace heimweg::assignment
