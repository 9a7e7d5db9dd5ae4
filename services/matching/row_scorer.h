// RowScorer: finds the rows of a node that may reach what is asked for, and
// scores them, the one that may be the best first.
#ifndef HEIMWEG_SERVICES_MATCHING_ROW_SCORER_H_
#define HEIMWEG_SERVICES_MATCHING_ROW_SCORER_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "services/matching/block_tree.h"
#include "services/matching/quick_distance.h"
#include "services/matching/scan.h"
#include "services/matching/shared_bounds.h"
#include "services/matching/shared_query.h"

namespace heimweg::matching {

// The score of a sum of weights times values, `of` being the sum of weights;
// -1 for a sum below 0.
inline int32_t ScoreOf(int64_t sum, int64_t of) {
  if (sum < 0) return -1;
  return of == 0 ? 0 : static_cast<int32_t>(sum / of);
}
// A score is cut to whole millionths: it reaches `least` exactly if the sum
// reaches this.
inline int64_t SumNeeded(int32_t least, int64_t of) {
  return int64_t{least} * std::max<int64_t>(of, 1);
}

// How to go through the rows: in the first order or, of kinds that have one, in
// the other. Both give the same.
enum class Plan : uint8_t { kChosen, kFirst, kOther };

// Of a kind with one order whose offers are for the whole household; jobs have
// their own (job_scorer.h).
// Thread-compatible. The query must outlive it.
template <typename Query>
class RowScorer {
 public:
  static constexpr size_t kCount = Query::kFeatures.size();

  explicit RowScorer(const Query& query, Plan /*plan*/ = Plan::kChosen)
      : query_(query),
        bounds_(query),
        quick_(query),
        weights_(WeightsOf(query.wish(), Query::kFeatures)) {
    for (const int32_t weight : weights_) of_ += weight;
  }

  // Whether the rows of a segment that has another order are looked for in it.
  static constexpr bool InOtherOrder() { return false; }

  // At least the score of any row under the node that passes, the summary being
  // the node's; -1 if none does. Below `least` it may be anything below that.
  template <typename Summary>
  int32_t Bound(const Summary& rows, const NodeRows& /*node*/,
                int32_t /*least*/ = 0) const {
    typename Query::Bounds::Values upper;
    if (!bounds_.Upper(rows, upper)) return -1;
    return ScoreOf(WeightedSum(upper), of_);
  }

  // Before rows are scored: the blocks of a node of the two lowest levels.
  template <typename Summary>
  void EnterBlocks(const BlockTree<Summary>& tree, const NodeRows& node,
                   int32_t least) {
    candidates_.clear();
    quick_.EnterNewest(ColumnsOf(node).newest());
    const int64_t budget = Budget(least);
    quick_.Fit(budget);
    for (uint32_t block = node.first; block < node.last; ++block) {
      EnterBlock(tree.at(0, block).common, node, tree.RowsOf(block), budget);
    }
    std::make_heap(candidates_.begin(), candidates_.end(), IsWorse);
  }

  // The place of the row to score next: of those that may have a score of
  // `least` or more, the one that may have the best; nothing if there is none.
  std::optional<uint32_t> NextPlace(int32_t least) {
    if (candidates_.empty() || candidates_.front().loss > Budget(least)) {
      return std::nullopt;
    }
    std::pop_heap(candidates_.begin(), candidates_.end(), IsWorse);
    const uint32_t place = candidates_.back().place;
    candidates_.pop_back();
    return place;
  }

  // As BestSeeker, if that has a score of `least` or more.
  std::optional<Ranked> Score(const typename Query::Row& at,
                              int32_t least) const {
    constexpr size_t kSeeker = 0;
    static_assert(Query::seekers() == 1);
    const int32_t score =
        matching::Score(weights_, query_.Features(at, kSeeker));
    if (score < least || !query_.VisitHousehold(at, kStopAtFailure)) {
      return std::nullopt;
    }
    return Ranked{score, kSeeker, at.segment, at.row};
  }

 private:
  static constexpr size_t kDistance = 0;
  static_assert(Query::kFeatures[kDistance] == v1::FEATURE_DISTANCE);

  // A row of the node that was entered.
  struct Candidate {
    int64_t loss = 0;  // It loses no less.
    uint32_t place = 0;
  };
  static bool IsWorse(const Candidate& a, const Candidate& b) {
    return a.loss > b.loss;
  }

  const typename Query::Columns& ColumnsOf(const NodeRows& node) const {
    return query_.view().segments[node.segment].segment->columns;
  }
  // What a row may lose at most.
  int64_t Budget(int32_t least) const {
    return of_ * kOne - SumNeeded(least, of_);
  }
  int64_t WeightedSum(const typename Query::Bounds::Values& upper) const {
    int64_t sum = 0;
    for (size_t i = 0; i < kCount; ++i) sum += int64_t{weights_[i]} * upper[i];
    return sum;
  }

  void EnterBlock(const CommonSummary& rows, const NodeRows& node,
                  HalfOpen places, int64_t budget) {
    const int32_t near = bounds_.shared().Near(rows);
    if (near < 0) return;
    const int64_t left = budget - int64_t{weights_[kDistance]} * (kOne - near);
    const auto& columns = ColumnsOf(node);
    const auto& bytes = columns.planes().block(places.first / kBlockRows);
    uint64_t found = quick_.Filter(bytes, left);
    const uint32_t count = places.last - places.first;
    if (count < kBlockRows) found &= (uint64_t{1} << count) - 1;
    // Few are measured one by one.
    constexpr int kFew = 8;
    const bool few = std::popcount(found) <= kFew;
    const auto& points = columns.common.point;
    if (!few) {
      bounds_.shared().FindDistances(
          rows, {points.data(), nullptr, places.first, count}, distances_);
      found &= RowsWithin(distances_, budget);
    }
    for (; found != 0; found &= found - 1) {
      const auto place = static_cast<uint32_t>(std::countr_zero(found));
      const uint32_t row = places.first + place;
      const int64_t loss = quick_.Of(bytes, place) +
                           (few ? bounds_.shared().DistanceLoss(points[row])
                                : distances_[place]);
      if (loss <= budget) candidates_.push_back({loss, row});
    }
  }

  const Query& query_;
  const typename Query::Bounds bounds_;
  typename Query::Losses quick_;
  const QueryWeights<Query> weights_;
  int64_t of_ = 0;              // sum of weights
  DistanceLosses distances_{};  // in the block that was entered last
  // A heap of the rows of the node that was entered, the best on top.
  std::vector<Candidate> candidates_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_ROW_SCORER_H_
