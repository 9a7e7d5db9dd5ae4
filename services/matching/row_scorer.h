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

// Of a kind whose offers are for the whole household; jobs have their own
// (job_scorer.h).
// Thread-compatible. The query must outlive it.
template <typename Query>
class RowScorer {
 public:
  static constexpr size_t kCount = Query::kFeatures.size();

  explicit RowScorer(const Query& query)
      : query_(query),
        bounds_(query),
        quick_(query),
        weights_(WeightsOf(query.wish(), Query::kFeatures)) {
    for (const int32_t weight : weights_) of_ += weight;
  }

  const SharedBounds& shared() const { return bounds_.shared(); }

  // What is found of siblings at once.
  struct OfSiblings {
    QuickDistance::Uppers near{};  // SharedBounds::Near
  };
  void Look(const SiblingSpheres& nodes, OfSiblings& found) const {
    shared().Near(nodes, found.near);
  }
  // At least the score of any row under a node that passes, the summary being
  // the node's and `i` its number among the siblings that were found; -1 if
  // none does. Below `least` it may be anything below that.
  template <typename Summary>
  int32_t Bound(const Summary& rows, const OfSiblings& found, size_t i,
                int32_t /*least*/ = 0) const {
    typename Query::Bounds::Values upper;
    if (!bounds_.Upper(rows, found.near[i], upper)) return -1;
    return ScoreOf(WeightedSum(upper), of_);
  }

  // Before rows are scored: the blocks of a node of the two lowest levels.
  template <typename Summary>
  void EnterBlocks(const BlockTree<Summary>& tree, const NodeRows& node,
                   int32_t least) {
    candidates_.clear();
    segment_ = node.segment;
    quick_.EnterNewest(ColumnsOf(node).newest());
    const int64_t budget = Budget(least);
    quick_.Fit(budget);
    const SiblingSpheres& siblings = tree.siblings(0, node.first);
    QuickDistance::Uppers near;
    shared().Near(siblings, near);
    for (uint32_t block = node.first; block < node.last; ++block) {
      const size_t at = block % kFanOut;
      if (near[at] < 0) continue;
      EnterBlock(ColumnsOf(node), tree.RowsOf(block), near[at],
                 siblings.IsUnplaced(at), least);
    }
    std::make_heap(candidates_.begin(), candidates_.end(), IsWorse);
  }

  // The row to score next: of those that may have a score of `least` or more,
  // the one that may have the best; nothing if there is none.
  std::optional<uint32_t> NextRow(int32_t least) {
    const int64_t budget = Budget(least);
    const int64_t budget_of_more = Budget(least + 1);
    while (!candidates_.empty() && candidates_.front().loss <= budget) {
      std::pop_heap(candidates_.begin(), candidates_.end(), IsWorse);
      const Candidate next = candidates_.back();
      candidates_.pop_back();
      if (next.loss <= budget_of_more || BreaksTie(next.row)) return next.row;
    }
    return std::nullopt;
  }

  // See BlockWalk.
  void BreakTies(const BestOffers<typename Query::Columns>& best) {
    best_ = &best;
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
    uint32_t row = 0;
  };
  static bool IsWorse(const Candidate& a, const Candidate& b) {
    return a.loss > b.loss;
  }

  // Whether a row of the segment comes before the last of best_ by name.
  bool BreaksTie(uint32_t row) {
    if (!MayBreakTie(row)) return false;
    const auto& segment = *query_.view().segments[segment_].segment;
    return best_ == nullptr || best_->Last() == nullptr ||
           segment.names.IsBefore(row, last_number_) ||
           segment.cards.NameAt(row) < best_->NameOf(last_);
  }

  // The same, but true, too, where only the names themselves could tell.
  bool MayBreakTie(uint32_t row) {
    const Ranked* const last = best_ == nullptr ? nullptr : best_->Last();
    if (last == nullptr) return true;
    const NameOrder& names = query_.view().segments[segment_].segment->names;
    if (last->segment != last_.segment || last->row != last_.row ||
        segment_ != last_in_) {
      last_ = *last;
      last_in_ = segment_;
      last_number_ = names.NumberOf(best_->NameOf(last_));
    }
    return names.MayBeBefore(row, last_number_);
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

  // `near` is SharedBounds::Near of the block.
  void EnterBlock(const typename Query::Columns& columns, HalfOpen rows,
                  int32_t near, bool unplaced, int32_t least) {
    const int64_t budget = Budget(least);
    const int64_t budget_of_more = Budget(least + 1);
    const int64_t left = budget - int64_t{weights_[kDistance]} * (kOne - near);
    const auto& bytes = columns.planes().block(rows.first / kBlockRows);
    uint64_t found = quick_.Filter(bytes, left);
    const uint32_t count = rows.last - rows.first;
    if (count < kBlockRows) found &= (uint64_t{1} << count) - 1;
    // Few are measured one by one.
    constexpr int kFew = 8;
    const bool few = std::popcount(found) <= kFew;
    const places::GeoPoint* const points =
        columns.common.point.data() + rows.first;
    if (!few) {
      shared().FindDistances({points, count}, unplaced, distances_);
      found &= RowsWithin(distances_, budget);
    }
    for (; found != 0; found &= found - 1) {
      const auto place = static_cast<uint32_t>(std::countr_zero(found));
      const int64_t loss =
          quick_.Of(bytes, place) +
          (few ? shared().DistanceLoss(points[place]) : distances_[place]);
      const uint32_t row = rows.first + place;
      if (loss <= budget_of_more || (loss <= budget && MayBreakTie(row))) {
        candidates_.push_back({loss, row});
      }
    }
  }

  const Query& query_;
  const typename Query::Bounds bounds_;
  typename Query::Losses quick_;
  const QueryWeights<Query> weights_;
  int64_t of_ = 0;              // sum of weights
  DistanceLosses distances_{};  // in the block that was entered last
  size_t segment_ = 0;          // that of the node that was entered
  // A heap of the rows of the node that was entered, the best on top.
  std::vector<Candidate> candidates_;
  const BestOffers<typename Query::Columns>* best_ = nullptr;
  // Of last_, as it was once the last of best_, the number of its name among
  // those of a segment.
  Ranked last_;
  size_t last_in_ = SIZE_MAX;
  uint8_t last_number_ = 0;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_ROW_SCORER_H_
