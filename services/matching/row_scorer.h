// RowScorer: scores the rows of a block, of those that are near enough, and
// gives up on a row as soon as it cannot reach what is asked for any more.
#ifndef HEIMWEG_SERVICES_MATCHING_ROW_SCORER_H_
#define HEIMWEG_SERVICES_MATCHING_ROW_SCORER_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>

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

  // At least the score of any row under a node that passes, the summary being
  // the node's and `near` its SharedBounds::Near; -1 if none does. Below
  // `least` it may be anything below that.
  template <typename Summary>
  int32_t Bound(const Summary& rows, int32_t near,
                int32_t /*least*/ = 0) const {
    typename Query::Bounds::Values upper;
    if (!bounds_.Upper(rows, near, upper)) return -1;
    return ScoreOf(WeightedSum(upper), of_);
  }

  // Before the rows of a block are scored. Returns the rows, a bit for each,
  // that may have a score of `least` or more.
  template <typename Summary>
  uint64_t EnterBlock(const Summary& rows, const NodeRows& block, int32_t near,
                      int32_t least) {
    typename Query::Bounds::Values upper;
    if (!bounds_.Upper(rows, near, upper)) return 0;
    // What the best row there could be does not lose by its distance is left
    // for that.
    upper[kDistance] = kOne;
    const int64_t budget = WeightedSum(upper) - SumNeeded(least, of_);
    if (budget < 0) return 0;
    const auto& columns =
        query_.view().segments[block.segment].segment->columns;
    const uint32_t first = block.first * kBlockRows;
    const auto count =
        std::min(static_cast<uint32_t>(columns.rows()) - first, kBlockRows);
    bounds_.shared().FindDistances({columns.common.point.data() + first, count},
                                   rows.common.unplaced, distances_);
    uint64_t found = RowsWithin(distances_, budget);
    const int64_t all = Budget(least);
    for (uint64_t left = found; left != 0; left &= left - 1) {
      const auto place = static_cast<uint32_t>(std::countr_zero(left));
      losses_[place] = distances_[place] + quick_.Of(columns, first + place);
      if (losses_[place] > all) found &= ~(uint64_t{1} << place);
    }
    return found;
  }

  // As BestSeeker, if that has a score of `least` or more, for a row at a place
  // in the block that was entered, 0 to kBlockRows - 1; nothing for one that is
  // not among those entered.
  std::optional<Ranked> Score(const typename Query::Row& at, uint32_t place,
                              int32_t least) const {
    constexpr size_t kSeeker = 0;
    static_assert(Query::seekers() == 1);
    if (losses_[place] > Budget(least)) return std::nullopt;
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

  // What a row may lose at most.
  int64_t Budget(int32_t least) const {
    return of_ * kOne - SumNeeded(least, of_);
  }
  int64_t WeightedSum(const typename Query::Bounds::Values& upper) const {
    int64_t sum = 0;
    for (size_t i = 0; i < kCount; ++i) sum += int64_t{weights_[i]} * upper[i];
    return sum;
  }

  const Query& query_;
  const typename Query::Bounds bounds_;
  const typename Query::Losses quick_;
  const QueryWeights<Query> weights_;
  int64_t of_ = 0;  // sum of weights
  // In the block that was entered, of those within.
  DistanceLosses distances_{};
  std::array<int64_t, kBlockRows> losses_{};
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_ROW_SCORER_H_
