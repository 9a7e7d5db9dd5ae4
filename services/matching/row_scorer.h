// RowScorer: scores the rows of a block and gives up on a row as soon as it
// cannot reach what is asked for any more.
#ifndef HEIMWEG_SERVICES_MATCHING_ROW_SCORER_H_
#define HEIMWEG_SERVICES_MATCHING_ROW_SCORER_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "services/matching/scan.h"
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

// Of a kind with one order; jobs have their own (job_scorer.h).
// Thread-compatible. The query must outlive it.
template <typename Query>
class RowScorer {
 public:
  static constexpr size_t kCount = Query::kFeatures.size();

  explicit RowScorer(const Query& query, Plan /*plan*/ = Plan::kChosen)
      : query_(query),
        bounds_(query),
        weights_(WeightsOf(query.wish(), Query::kFeatures)),
        seekers_(query.seekers()) {
    for (size_t i = 0; i < kCount; ++i) {
      of_ += weights_[i];
      if (weights_[i] > 0) order_[ordered_++] = i;
    }
    // What weighs most decides soonest.
    std::stable_sort(
        order_.begin(), order_.begin() + static_cast<ptrdiff_t>(ordered_),
        [this](size_t a, size_t b) { return weights_[a] > weights_[b]; });
  }

  // Whether the rows of a segment that has another order are looked for in it.
  static constexpr bool InOtherOrder() { return false; }

  // At least the score of any row under the node that passes, the summary being
  // the node's; -1 if none does. Below `least` it may be anything below that.
  template <typename Summary>
  int32_t Bound(const Summary& rows, const NodeRows& /*node*/,
                int32_t /*least*/ = 0) const {
    int64_t most = -1;
    typename Query::Bounds::Values upper;
    for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
      if (!bounds_.Upper(rows, upper)) continue;
      most = std::max(most, WeightedSum(upper));
    }
    return ScoreOf(most, of_);
  }

  // A block that will probably be entered soon.
  static void Prefetch(const NodeRows& /*block*/) {}

  // Before the rows of a block are scored. Returns the rows, a bit for each,
  // that may have a score of `least` or more.
  template <typename Summary>
  uint64_t EnterBlock(const Summary& rows, const NodeRows& /*block*/,
                      int32_t least) {
    constexpr uint64_t kAllRows = ~uint64_t{0};
    uint64_t worth_scoring = 0;
    for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
      Seeker& own = seekers_[seeker];
      own.may_pass = bounds_.Upper(rows, own.upper);
      if (!own.may_pass) continue;
      own.most = WeightedSum(own.upper);
      if (ScoreOf(own.most, of_) >= least) worth_scoring = kAllRows;
    }
    return worth_scoring;
  }

  // As BestSeeker, if that has a score of `least` or more, for a row at a place
  // in the block that was entered, 0 to kBlockRows - 1; nothing for one that is
  // not among those entered.
  std::optional<Ranked> Score(const typename Query::Row& at, uint32_t /*place*/,
                              int32_t least) const {
    std::optional<Ranked> best;
    for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
      if (!seekers_[seeker].may_pass) continue;
      const std::optional<int32_t> score = ScoreFor(at, seeker, least);
      if (!score) continue;
      if (!best && !query_.VisitHousehold(at, kStopAtFailure)) {
        return std::nullopt;
      }
      if (!query_.VisitSeeker(at, seeker, kStopAtFailure)) continue;
      best = Ranked{*score, seeker, at.segment, at.row};
      // Of several with the same score it is the first.
      least = *score + 1;
    }
    return best;
  }

 private:
  // What one seeker can get out of the block.
  struct Seeker {
    bool may_pass = false;
    typename Query::Bounds::Values upper{};
    int64_t most = 0;  // weighted sum of `upper`
  };

  int64_t WeightedSum(const typename Query::Bounds::Values& upper) const {
    int64_t sum = 0;
    for (size_t i = 0; i < kCount; ++i) sum += int64_t{weights_[i]} * upper[i];
    return sum;
  }

  std::optional<int32_t> ScoreFor(const typename Query::Row& at, size_t seeker,
                                  int32_t least) const {
    const Seeker& own = seekers_[seeker];
    const int64_t needed = SumNeeded(least, of_);
    int64_t sum = own.most;
    if (sum < needed || !query_.IsInArea(at, seeker)) return std::nullopt;
    for (size_t i = 0; i < ordered_; ++i) {
      const size_t feature = order_[i];
      const int64_t value = query_.Feature(feature, at, seeker).OrNeutral();
      sum -= weights_[feature] * (own.upper[feature] - value);
      if (sum < needed) return std::nullopt;
    }
    return ScoreOf(sum, of_);
  }

  const Query& query_;
  const typename Query::Bounds bounds_;
  const QueryWeights<Query> weights_;
  int64_t of_ = 0;  // sum of weights
  // Features with a weight in the order of evaluation.
  std::array<size_t, kCount> order_{};
  size_t ordered_ = 0;
  std::vector<Seeker> seekers_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_ROW_SCORER_H_
