// The search: the best offers of a view for a query, exactly those that a scan
// of all of them finds, by going from the most promising blocks on until no
// block can hold a better offer.
#ifndef HEIMWEG_SERVICES_MATCHING_SEARCH_H_
#define HEIMWEG_SERVICES_MATCHING_SEARCH_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <type_traits>
#include <vector>

#include "services/matching/bound_queue.h"
#include "services/matching/contact_bounds.h"
#include "services/matching/contact_losses.h"
#include "services/matching/home_bounds.h"
#include "services/matching/home_losses.h"
#include "services/matching/job_scorer.h"
#include "services/matching/row_scorer.h"
#include "services/matching/scan.h"
#include "services/matching/snapshot.h"

namespace heimweg::matching {

// Goes down the trees of all segments, the highest bound first.
// Thread-compatible. The query must outlive it.
template <typename Query>
class BlockWalk {
 public:
  explicit BlockWalk(const Query& query) : query_(query), scorer_(query) {
    const auto& segments = query.view().segments;
    for (uint32_t segment = 0; segment < segments.size(); ++segment) {
      if (segments[segment].live == 0) continue;
      PushRoots(segment);
    }
  }

  // Offers with the score of the last of `best` are left out if they come after
  // it; they may be visited nevertheless. It outlives the walk.
  void BreakTies(const BestOffers<typename Query::Columns>& best) {
    if constexpr (requires { scorer_.BreakTies(best); }) {
      scorer_.BreakTies(best);
    }
  }

  // No row that was not visited has a greater score; -1: all were visited.
  int32_t Bound() const { return queue_.Most(); }

  // Goes one step further. If that is a node of blocks, calls visit(ranked) for
  // offers of it with a score of `least` or more; what visit returns takes the
  // place of `least` for the rest if it is greater. Whatever is below `least`
  // is left out for good. Only while Bound() is not -1.
  template <typename Visit>
  void Step(int32_t least, Visit visit) {
    const auto [bound, first] = queue_.Pop();
    if (bound < least) return;
    PrefetchNext(least);
    if (nodes_[first].level <= 1) return EnterNode(first, least, visit);
    const Node node = nodes_[first];
    PushSiblings(node, TreeOf(node).Children(node.level, node.node), least);
  }

 private:
  using Tree = BlockTree<typename Query::Columns::Summary>;
  // Whether there is a bound of a node that is dearer to know, and rows wait in
  // the queue, too (job_scorer.h).
  static constexpr bool kRowsWait = std::is_same_v<Query, JobQuery>;

  struct Node {
    uint32_t segment = 0;
    uint32_t level = 0;
    uint32_t node = 0;
    int32_t near = 0;  // SharedBounds::Near
    // If rows wait: what is dearer to know, RowScorer::Learn; and once it was
    // entered those that were not scored.
    uint32_t known = kUnknown;
    bool entered = false;
    HalfOpen waiting;
  };
  static constexpr uint32_t kUnknown = UINT32_MAX;

  const Tree& TreeOf(const Node& node) const {
    return query_.view().segments[node.segment].segment->blocks;
  }

  NodeRows RowsOf(const Node& node) const {
    const HalfOpen blocks = TreeOf(node).BlocksOf(node.level, node.node);
    return {node.segment, blocks.first, blocks.last};
  }

  void PushRoots(uint32_t segment) {
    Node above;
    above.segment = segment;
    const Tree& tree = TreeOf(above);
    above.level = static_cast<uint32_t>(tree.levels());
    PushSiblings(above, {0, tree.nodes(above.level - 1)}, 0);
  }

  // The nodes [first, last) of the level below a node.
  void PushSiblings(const Node& above, HalfOpen siblings, int32_t least) {
    Node node = above;
    --node.level;
    const Tree& tree = TreeOf(node);
    if (siblings.first == siblings.last) return;
    scorer_.Look(tree.siblings(node.level, siblings.first), found_);
    for (node.node = siblings.first; node.node < siblings.last; ++node.node) {
      const size_t i = node.node % kFanOut;
      node.near = found_.near[i];
      const int32_t bound =
          scorer_.Bound(tree.at(node.level, node.node), found_, i, least);
      if (bound < std::max(least, 0)) continue;
      queue_.Push(bound, static_cast<uint32_t>(nodes_.size()));
      nodes_.push_back(node);
      if constexpr (kRowsWait) scorer_.KeepTerms();
    }
  }

  // Nodes and rows lie anywhere in memory: what the next step needs is on its
  // way to the cache while this one works.
  void PrefetchNext(int32_t least) {
    if (queue_.empty()) return;
    const Node& next = nodes_[queue_.Front().item];
    const Tree& tree = TreeOf(next);
    if (next.level > 1) {
      const HalfOpen below = tree.Children(next.level, next.node);
      tree.PrefetchSiblings(next.level - 1, below.first);
      tree.PrefetchSummaries(next.level - 1, below);
      return;
    }
    const NodeRows rows = RowsOf(next);
    if constexpr (kRowsWait) {
      if (next.entered) return scorer_.PrefetchBest(rows, next.waiting);
      if (next.known != kUnknown) {
        return scorer_.PrefetchBlocks(rows, next.known, least);
      }
      scorer_.PrefetchShares(rows);
    }
    tree.PrefetchSiblings(0, rows.first);
  }

  template <typename Visit>
  void EnterNode(uint32_t at, int32_t least, Visit visit) {
    if constexpr (kRowsWait) {
      Node& node = nodes_[at];
      if (!node.entered && !MayEnter(at, least)) return;
      if (!node.entered) {
        node.waiting = scorer_.Enter(TreeOf(node), node.known, RowsOf(node),
                                     node.near, least);
        node.entered = true;
      }
      least = VisitWaiting(node, least, visit);
      const int32_t bound = scorer_.Bound(node.waiting);
      if (bound >= std::max(least, 0)) queue_.Push(bound, at);
    } else {
      VisitNode(nodes_[at], least, visit);
    }
  }

  // False if by what is dearer to know the node is not the next one: then it is
  // left out or has its place in the queue.
  bool MayEnter(uint32_t at, int32_t least) {
    Node& node = nodes_[at];
    if (node.known != kUnknown) return true;
    const auto learned =
        scorer_.Learn(TreeOf(node), node.level, RowsOf(node), at, least);
    if (learned.bound < std::max(least, 0)) return false;
    node.known = learned.known;
    if (learned.bound >= queue_.Next()) return true;
    queue_.Push(learned.bound, at);
    return false;
  }

  // Scores of the rows that wait those that are likely to raise `least`, by
  // how much bounds have been above scores, or that may be better than what is
  // next in the queue; the others wait on, and most are never scored. Returns
  // what has taken the place of `least`.
  template <typename Visit>
  int32_t VisitWaiting(Node& node, int32_t least, Visit visit) {
    const auto& segment = query_.view().segments[node.segment];
    for (;;) {
      const int32_t bound = scorer_.Bound(node.waiting);
      // Until there are as many as are wanted all are.
      const int32_t wanted =
          least > 0 ? std::max(least, std::min(queue_.Next(), least + excess_))
                    : least;
      const auto row = scorer_.NextRow(node.waiting, wanted);
      if (!row) return least;
      scorer_.PrefetchBest(RowsOf(node), node.waiting);
      if (!segment.IsLive(*row)) continue;
      const std::optional<Ranked> ranked =
          scorer_.Score(RowOf(query_.view(), node.segment, *row), least);
      if (!ranked) continue;
      constexpr int32_t kOfLast = 8;
      excess_ += (bound - ranked->score - excess_) / kOfLast;
      least = std::max(least, visit(*ranked));
    }
  }

  template <typename Visit>
  void VisitNode(const Node& node, int32_t least, Visit visit) {
    const auto& segment = query_.view().segments[node.segment];
    scorer_.EnterBlocks(TreeOf(node), RowsOf(node), least);
    while (const auto row = scorer_.NextRow(least)) {
      if (!segment.IsLive(*row)) continue;
      const std::optional<Ranked> ranked =
          scorer_.Score(RowOf(query_.view(), node.segment, *row), least);
      if (ranked) least = std::max(least, visit(*ranked));
    }
  }

  const Query& query_;
  RowScorer<Query> scorer_;
  typename RowScorer<Query>::OfSiblings found_;  // of those looked at last
  int32_t excess_ = 0;       // mean of bounds over scores, of the last rows
  std::vector<Node> nodes_;  // all that were pushed
  BoundQueue queue_;         // of their numbers
};

// The best `limit` offers, the best first; nothing if it was cancelled.
template <typename Query>
std::optional<std::vector<Ranked>> Search(
    const Query& query, size_t limit, const std::function<bool()>& cancelled) {
  constexpr int kStepsBetweenChecks = 64;
  BestOffers<typename Query::Columns> best(query.view(), limit);
  BlockWalk<Query> walk(query);
  walk.BreakTies(best);
  const auto keep = [&](const Ranked& ranked) {
    best.Offer(ranked);
    return best.Least();
  };
  for (int step = 0; walk.Bound() >= 0 && walk.Bound() >= best.Least();
       ++step) {
    if (step % kStepsBetweenChecks == 0 && cancelled && cancelled()) {
      return std::nullopt;
    }
    walk.Step(best.Least(), keep);
  }
  return best.Take();
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SEARCH_H_
