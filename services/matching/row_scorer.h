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

// Thread-compatible. The query must outlive it.
template <typename Query>
class RowScorer {
 public:
  static constexpr size_t kCount = Query::kFeatures.size();

  explicit RowScorer(const Query& query)
      : query_(query),
        bounds_(query),
        weights_(WeightsOf(query.wish(), Query::kFeatures)) {
    for (size_t seeker = 0; seeker < query.seekers(); ++seeker) {
      seekers_.emplace_back(query, seeker);
    }
    for (size_t i = 0; i < kCount; ++i) {
      of_ += weights_[i];
      if (weights_[i] > 0 && !Query::Bounds::IsQuick(i)) {
        order_[ordered_++] = i;
      }
    }
    // What weighs most decides soonest.
    std::stable_sort(
        order_.begin(), order_.begin() + static_cast<ptrdiff_t>(ordered_),
        [this](size_t a, size_t b) { return weights_[a] > weights_[b]; });
  }

  // Whether rows that are sought are looked for apart from the rest.
  bool Parts() const { return bounds_.Parts(); }

  // At least the score of any row under the node that passes, the summary being
  // the node's; -1 if none does.
  template <typename Summary>
  int32_t Bound(const Summary& rows, const NodeRows& node) const {
    if (!bounds_.MayHold(rows, node.among)) return -1;
    int64_t most = -1;
    typename Query::Bounds::Values upper;
    for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
      if (!bounds_.Upper(rows, node.segment, seeker, node.among, upper)) {
        continue;
      }
      int64_t sum = WeightedSum(upper);
      if (MayBeMarked(node, seeker)) sum += GainOfMarked(upper);
      most = std::max(most, sum);
    }
    return ScoreOf(most);
  }

  // Before the rows of a block are scored. Returns the rows, a bit for each,
  // that may have a score of `least` or more.
  template <typename Summary>
  uint64_t EnterBlock(const Summary& rows, const NodeRows& block,
                      int32_t least) {
    among_ = block.among;
    uint64_t worth_scoring = 0;
    for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
      Seeker& own = seekers_[seeker];
      own.may_pass =
          bounds_.Upper(rows, block.segment, seeker, block.among, own.upper);
      if (!own.may_pass) continue;
      own.most = 0;
      for (size_t i = 0; i < ordered_; ++i) {
        own.most += int64_t{weights_[order_[i]]} * own.upper[order_[i]];
      }
      own.gain = GainOfMarked(own.upper);
      worth_scoring |= ScoreOf(WeightedSum(own.upper)) >= least
                           ? kAllRows
                           : MarkedOf(block, seeker);
    }
    return worth_scoring;
  }

  // As BestSeeker, if that has a score of `least` or more, for a row of the
  // block that was entered; nothing for one that is not among those entered.
  std::optional<Ranked> Score(const typename Query::Row& at,
                              int32_t least) const {
    std::optional<Ranked> best;
    for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
      if (!seekers_[seeker].may_pass) continue;
      const std::optional<int32_t> score = ScoreFor(at, seeker, least);
      if (!score) continue;
      if (!best && (!query_.VisitHousehold(at, kStopAtFailure) ||
                    !bounds_.IsIn(at, among_))) {
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
    Seeker(const Query& query, size_t seeker) : quick(query, seeker) {}

    bool may_pass = false;
    typename Query::Bounds::Values upper{};
    int64_t most = 0;  // weighted sum of `upper` without quick features
    int64_t gain = 0;  // what a marked row may have more
    typename Query::Bounds::Quick quick;
  };

  static constexpr uint64_t kAllRows = ~uint64_t{0};
  static constexpr size_t kMarked = Query::Bounds::kMarkedFeature;

  // Marks go by the first order.
  bool MayBeMarked(const NodeRows& node, size_t seeker) const {
    if constexpr (kMarked == kNoFeature) {
      return false;
    } else {
      return node.among == Among::kSought ||
             bounds_.Marks(node.segment, seeker).HasAny(node.first, node.last);
    }
  }
  uint64_t MarkedOf(const NodeRows& block, size_t seeker) const {
    if constexpr (kMarked == kNoFeature) {
      return 0;
    } else {
      return block.among == Among::kSought
                 ? kAllRows
                 : bounds_.Marks(block.segment, seeker).OfBlock(block.first);
    }
  }
  bool IsMarked(const typename Query::Row& at, size_t seeker) const {
    if constexpr (kMarked == kNoFeature) {
      return false;
    } else {
      return bounds_.Marks(at.segment, seeker).Has(at.row);
    }
  }
  int64_t GainOfMarked(const typename Query::Bounds::Values& upper) const {
    if constexpr (kMarked == kNoFeature) {
      return 0;
    } else {
      return int64_t{weights_[kMarked]} * (kOne - upper[kMarked]);
    }
  }

  int64_t WeightedSum(const typename Query::Bounds::Values& upper) const {
    int64_t sum = 0;
    for (size_t i = 0; i < kCount; ++i) sum += int64_t{weights_[i]} * upper[i];
    return sum;
  }
  int32_t ScoreOf(int64_t sum) const {
    if (sum < 0) return -1;
    return of_ == 0 ? 0 : static_cast<int32_t>(sum / of_);
  }

  std::optional<int32_t> ScoreFor(const typename Query::Row& at, size_t seeker,
                                  int32_t least) const {
    const Seeker& own = seekers_[seeker];
    // A score is cut to whole millionths: it reaches `least` exactly if the sum
    // reaches this.
    const int64_t needed = int64_t{least} * std::max<int64_t>(of_, 1);
    const int64_t quick = own.quick.Upper(at.columns, at.row);
    int64_t sum = own.most + quick;
    if (sum + own.gain < needed) return std::nullopt;
    const bool marked = IsMarked(at, seeker);
    if (marked) sum += own.gain;
    if (sum < needed || !query_.IsInArea(at, seeker)) return std::nullopt;
    for (size_t i = 0; i < ordered_; ++i) {
      const size_t feature = order_[i];
      // In the rest the occupation is what its bound says.
      if (among_ == Among::kRest && IsOccupation(feature)) continue;
      const int64_t value = query_.Feature(feature, at, seeker).OrNeutral();
      const int64_t upper =
          marked && feature == kMarked ? kOne : own.upper[feature];
      sum -= weights_[feature] * (upper - value);
      if (sum < needed) return std::nullopt;
    }
    sum -= quick;
    for (size_t i = 0; i < kCount; ++i) {
      if (!Query::Bounds::IsQuick(i) || weights_[i] == 0) continue;
      sum += int64_t{weights_[i]} * query_.Feature(i, at, seeker).OrNeutral();
    }
    if (sum < needed) return std::nullopt;
    return ScoreOf(sum);
  }
  static constexpr bool IsOccupation(size_t feature) {
    return Query::kFeatures[feature] == v1::FEATURE_OCCUPATION;
  }

  const Query& query_;
  const typename Query::Bounds bounds_;
  const QueryWeights<Query> weights_;
  int64_t of_ = 0;  // sum of weights
  // Features with a weight, but for quick ones, in the order of evaluation.
  std::array<size_t, kCount> order_{};
  size_t ordered_ = 0;
  Among among_ = Among::kAll;
  std::vector<Seeker> seekers_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_ROW_SCORER_H_
