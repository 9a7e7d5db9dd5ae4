// The search: the best offers of a view for a query, exactly those that a scan
// of all of them finds, by going from the most promising blocks on until no
// block can hold a better offer.
//
// OfferCursor gives offers one by one, when it is not known how many are
// needed: in the order of a ranking, without end before the last offer that
// passes.
#ifndef HEIMWEG_SERVICES_MATCHING_SEARCH_H_
#define HEIMWEG_SERVICES_MATCHING_SEARCH_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <type_traits>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/matching/contact_bounds.h"
#include "services/matching/contact_losses.h"
#include "services/matching/home_bounds.h"
#include "services/matching/home_losses.h"
#include "services/matching/job_scorer.h"
#include "services/matching/row_scorer.h"
#include "services/matching/scan.h"
#include "services/matching/snapshot.h"

namespace heimweg::matching {

// Goes down the trees of all segments, the highest bound first, in one of the
// orders of each (Plan).
// Thread-compatible. The query must outlive it.
template <typename Query>
class BlockWalk {
 public:
  explicit BlockWalk(const Query& query, Plan plan = Plan::kChosen)
      : query_(query), scorer_(query, plan) {
    const auto& segments = query.view().segments;
    for (uint32_t segment = 0; segment < segments.size(); ++segment) {
      if (segments[segment].live == 0) continue;
      PushRoots(segment, scorer_.InOtherOrder() &&
                             !segments[segment].segment->other_order.empty());
    }
  }

  // No row that was not visited has a greater score; -1: all were visited.
  int32_t Bound() const {
    return queue_.empty() ? -1 : static_cast<int32_t>(queue_.front() >> 32);
  }

  // Goes one step further. If that is a node of blocks, which are visited
  // together, calls visit(ranked) for its offers with a score of `least` or
  // more; what visit returns takes the place of `least` for the rest
  // if it is greater. Blocks and groups of blocks below `least` are left out
  // for good. Only while Bound() is not -1.
  template <typename Visit>
  void Step(int32_t least, Visit visit) {
    std::pop_heap(queue_.begin(), queue_.end());
    const uint64_t first = queue_.back();
    const Node node = nodes_[static_cast<uint32_t>(first)];
    queue_.pop_back();
    if (node.level <= 1) {
      if constexpr (kDearBounds) {
        if (!EnterNode(static_cast<uint32_t>(first), least)) return;
      }
      return VisitNode(node, least, visit);
    }
    const HalfOpen children = TreeOf(node).Children(node.level, node.node);
    Node child = node;
    --child.level;
    for (child.node = children.first; child.node < children.last;
         ++child.node) {
      Push(child, least);
    }
  }

 private:
  using Tree = BlockTree<typename Query::Columns::Summary>;
  // Whether there is a bound of a node that is dearer to know (EnterNode).
  static constexpr bool kDearBounds = std::is_same_v<Query, JobQuery>;

  struct Node {
    uint32_t segment = 0;
    bool other = false;  // in the other order
    uint32_t level = 0;
    uint32_t node = 0;
  };

  const Tree& TreeOf(const Node& node) const {
    const auto& segment = *query_.view().segments[node.segment].segment;
    return node.other ? segment.other_blocks : segment.blocks;
  }

  NodeRows RowsOf(const Node& node) const {
    const HalfOpen blocks = TreeOf(node).BlocksOf(node.level, node.node);
    return {node.segment, node.other, blocks.first, blocks.last};
  }

  void PushRoots(uint32_t segment, bool other) {
    Node root = {segment, other, 0, 0};
    const Tree& tree = TreeOf(root);
    root.level = static_cast<uint32_t>(tree.levels() - 1);
    for (; root.node < tree.nodes(root.level); ++root.node) Push(root, 0);
  }

  void Push(const Node& node, int32_t least) {
    const int32_t bound = scorer_.Bound(TreeOf(node).at(node.level, node.node),
                                        RowsOf(node), least);
    if (bound < std::max(least, 0)) return;
    Queue(bound, nodes_.size());
    nodes_.push_back(node);
  }

  // False if by what is dearer to know the node is not the next one: then it is
  // left out or has its place in the queue.
  bool EnterNode(uint32_t at, int32_t least) {
    const Node& node = nodes_[at];
    const int32_t bound = scorer_.EnterNode(
        TreeOf(node).at(node.level, node.node), RowsOf(node), least);
    if (bound < std::max(least, 0)) return false;
    if (bound >= Bound()) return true;
    Queue(bound, at);
    return false;
  }

  void Queue(int32_t bound, size_t node) {
    queue_.push_back(uint64_t{static_cast<uint32_t>(bound)} << 32 | node);
    std::push_heap(queue_.begin(), queue_.end());
  }

  template <typename Visit>
  void VisitNode(const Node& node, int32_t least, Visit visit) {
    const auto& segment = query_.view().segments[node.segment];
    scorer_.EnterBlocks(TreeOf(node), RowsOf(node), least);
    while (const auto found = scorer_.NextPlace(least)) {
      const uint32_t row =
          node.other ? segment.segment->other_order[*found] : *found;
      if (!segment.IsLive(row)) continue;
      const std::optional<Ranked> ranked =
          scorer_.Score(RowOf(query_.view(), node.segment, row), least);
      if (ranked) least = std::max(least, visit(*ranked));
    }
  }

  const Query& query_;
  RowScorer<Query> scorer_;
  std::vector<Node> nodes_;      // all that were pushed
  std::vector<uint64_t> queue_;  // a heap of bounds and, below, their nodes
};

// The best `limit` offers, the best first; nothing if it was cancelled.
template <typename Query>
std::optional<std::vector<Ranked>> Search(
    const Query& query, size_t limit, const std::function<bool()>& cancelled,
    Plan plan = Plan::kChosen) {
  constexpr int kStepsBetweenChecks = 64;
  BestOffers<typename Query::Columns> best(query.view(), limit);
  BlockWalk<Query> walk(query, plan);
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

// Offers in the order of their ranking, found as they are asked for.
// Thread-compatible. The query must outlive it.
template <typename Query>
class OfferCursor {
 public:
  explicit OfferCursor(const Query& query, Plan plan = Plan::kChosen)
      : walk_(query, plan), found_(Worse{&query.view()}) {}

  // At least the score of every offer that Next has not returned yet; -1 if
  // there is none. It costs nothing and may fall without a call of Next.
  int32_t UpperBound() const {
    return std::max(walk_.Bound(), found_.empty() ? -1 : found_.top().score);
  }

  // The next best offer by score, then by name; nullopt after the last.
  std::optional<Ranked> Next() {
    // A block may hold an offer of the same score and a smaller name.
    while (walk_.Bound() >= 0 &&
           (found_.empty() || walk_.Bound() >= found_.top().score)) {
      walk_.Step(0, [this](const Ranked& ranked) {
        found_.push(ranked);
        return 0;
      });
    }
    if (found_.empty()) return std::nullopt;
    const Ranked next = found_.top();
    found_.pop();
    return next;
  }

 private:
  struct Worse {
    const ShelfView<typename Query::Columns>* view;

    absl::string_view NameOf(const Ranked& one) const {
      return view->segments[one.segment].segment->cards.NameAt(one.row);
    }
    bool operator()(const Ranked& a, const Ranked& b) const {
      if (a.score != b.score) return a.score < b.score;
      return NameOf(a) > NameOf(b);
    }
  };

  BlockWalk<Query> walk_;
  std::priority_queue<Ranked, std::vector<Ranked>, Worse> found_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SEARCH_H_
