#include "services/matching/job_scorer.h"

#include <algorithm>
#include <bit>

#include "services/matching/features/distance.h"

namespace heimweg::matching {

RowScorer<JobQuery>::RowScorer(const JobQuery& query)
    : query_(query),
      bounds_(query),
      weights_(WeightsOf(query.wish(), JobQuery::kFeatures)),
      quick_distance_(query.wish().anchors) {
  for (const int32_t weight : weights_) of_ += weight;
  std::stable_sort(order_.begin(), order_.end(), [this](size_t a, size_t b) {
    return weights_[a] > weights_[b];
  });
  seekers_.reserve(query.seekers());
  for (size_t seeker = 0; seeker < query.seekers(); ++seeker) {
    seekers_.emplace_back(query, seeker);
    seekers_.back().remote_welcome =
        query.wish().seekers[seeker].remote_welcome;
  }
}

int64_t RowScorer<JobQuery>::WeightedSum(const JobBounds::Values& upper) const {
  int64_t sum = 0;
  for (size_t i = 0; i < upper.size(); ++i) {
    sum += int64_t{weights_[i]} * upper[i];
  }
  return sum;
}

int32_t RowScorer<JobQuery>::Bound(const JobSummary& rows,
                                   const NodeRows& node) const {
  if (!bounds_.MayHold(rows, node.among)) return -1;
  int64_t most = -1;
  JobBounds::Values upper;
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    if (!bounds_.Upper(rows, node.segment, seeker, node.among, upper)) {
      continue;
    }
    upper[kSkills] = MostSkills(rows, node, seeker, upper[kSkills]);
    most = std::max(most, WeightedSum(upper));
  }
  return ScoreOf(most, of_);
}

int32_t RowScorer<JobQuery>::MostSkills(const JobSummary& rows,
                                        const NodeRows& node, size_t seeker,
                                        int32_t unmarked) const {
  const SkillMarks& marks = bounds_.Marks(node.segment, seeker);
  if (node.among != Among::kSought) {
    return std::max(unmarked, marks.MostOfMarked(node.first, node.last, rows));
  }
  // Marks go by the first order: row by row, or not at all.
  if (node.last - node.first > 1 || weights_[kSkills] == 0) return kOne;
  const auto& segment = *query_.view().segments[node.segment].segment;
  const JobSlots* const slots = segment.columns.slots().data();
  const uint32_t first = node.first * kBlockRows;
  const uint32_t last = std::min(first + kBlockRows, segment.rows());
  int32_t most = 0;
  for (uint32_t place = first; place < last; ++place) {
    const uint32_t row = segment.other_order[place];
    most = std::max(most, marks.Has(row) ? marks.MostOfMarked(row, slots[row])
                                         : marks.MostOfUnmarked(slots[row]));
  }
  return most;
}

bool RowScorer<JobQuery>::Enter(const JobSummary& rows, const NodeRows& block,
                                int32_t least, Seeker& own, size_t seeker,
                                uint64_t& rows_of_interest) {
  JobBounds::Values upper;
  if (!bounds_.Upper(rows, block.segment, seeker, block.among, upper)) {
    return false;
  }
  own.occupation = weights_[kOccupation] * upper[kOccupation];
  own.skills = weights_[kSkills] * upper[kSkills];
  own.distance = weights_[kDistance] * upper[kDistance];
  own.marks = &bounds_.Marks(block.segment, seeker);
  own.ages = own.tables.AgesOf(
      query_.view().segments[block.segment].segment->columns.newest());
  const bool all = block.among == Among::kSought ||
                   ScoreOf(WeightedSum(upper), of_) >= least;
  rows_of_interest = all ? ~uint64_t{0} : own.marks->OfBlock(block.first);
  return true;
}

uint64_t RowScorer<JobQuery>::EnterBlock(const JobSummary& rows,
                                         const NodeRows& block, int32_t least) {
  among_ = block.among;
  uint64_t worth_scoring = 0;
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    Seeker& own = seekers_[seeker];
    uint64_t rows_of_interest = 0;
    own.may_pass = Enter(rows, block, least, own, seeker, rows_of_interest);
    if (!own.may_pass) continue;
    worth_scoring |=
        Filter(own, block, rows_of_interest, SumNeeded(least, of_));
  }
  return worth_scoring;
}

uint64_t RowScorer<JobQuery>::Filter(const Seeker& own, const NodeRows& block,
                                     uint64_t rows, int64_t needed) {
  const auto& segment = *query_.view().segments[block.segment].segment;
  const JobSlots* const slots = segment.columns.slots().data();
  const uint32_t first = block.first * kBlockRows;
  const uint32_t count = std::min(kBlockRows, segment.rows() - first);
  if (count < kBlockRows) rows &= (uint64_t{1} << count) - 1;
  const uint32_t* const order =
      block.among == Among::kSought ? segment.other_order.data() : nullptr;
  // Sums of weights and values fit in 31 bits; so does the difference.
  const auto without_distance = static_cast<int32_t>(needed - own.distance);
  const int32_t with_all_skills = without_distance - weights_[kSkills] * kOne;
  uint64_t worth_scoring = 0;
  for (; rows != 0; rows &= rows - 1) {
    const auto i = static_cast<uint32_t>(std::countr_zero(rows));
    const uint32_t row = order == nullptr ? first + i : order[first + i];
    const JobSlots& slot = slots[row];
    const int32_t sum = own.tables.Upper(slot, own.ages) +
                        std::min(own.tables.Occupation(slot), own.occupation);
    if (sum < with_all_skills) continue;
    const int32_t with_skills = sum + SkillsOf(own, slot, row);
    if (with_skills < without_distance) continue;
    const int32_t distance = DistanceOf(own, segment.columns, row);
    if (distance < 0 || with_skills + distance < needed) continue;
    worth_scoring |= uint64_t{1} << i;
  }
  return worth_scoring;
}

int32_t RowScorer<JobQuery>::DistanceOf(const Seeker& own,
                                        const JobColumns& jobs, uint32_t row) {
  const int32_t remote =
      own.remote_welcome ? std::max<int32_t>(jobs.remote_percent[row], 0) : 0;
  if (remote == 100) return weights_[kDistance] * kOne;
  const int32_t near = quick_distance_.Upper(jobs.common.point[row]);
  if (near < 0) return near;
  const int32_t value =
      remote == 0 ? near
                  : WithRemoteShare(FeatureValue(near), remote).OrNeutral();
  return std::min(weights_[kDistance] * value, own.distance);
}

std::optional<Ranked> RowScorer<JobQuery>::Score(const JobQuery::Row& at,
                                                 int32_t least) {
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

std::optional<int32_t> RowScorer<JobQuery>::ScoreFor(const JobQuery::Row& at,
                                                     size_t seeker,
                                                     int32_t least) {
  const Seeker& own = seekers_[seeker];
  const int64_t needed = SumNeeded(least, of_);
  const JobSlots slot = at.columns.slots()[at.row];
  std::array<int32_t, JobQuery::kFeatures.size()> upper{};
  upper[kOccupation] = std::min(own.tables.Occupation(slot), own.occupation);
  upper[kSkills] = SkillsOf(own, slot, at.row);
  upper[kDistance] = DistanceOf(own, at.columns, at.row);
  if (upper[kDistance] < 0) return std::nullopt;
  const int32_t quick = own.tables.Upper(slot, own.ages);
  int64_t sum =
      int64_t{quick} + upper[kOccupation] + upper[kSkills] + upper[kDistance];
  for (const size_t feature : order_) {
    if (sum < needed) return std::nullopt;
    // In the rest the occupation is what its bound says.
    const bool is_known = feature == kOccupation && among_ == Among::kRest;
    if (is_known || weights_[feature] == 0) continue;
    const int64_t value = query_.Feature(feature, at, seeker).OrNeutral();
    sum += weights_[feature] * value - upper[feature];
  }
  sum -= quick;
  for (size_t i = 0; i < weights_.size(); ++i) {
    const bool exact = i == kOccupation || i == kSkills || i == kDistance;
    if (exact || weights_[i] == 0) continue;
    sum += int64_t{weights_[i]} * query_.Feature(i, at, seeker).OrNeutral();
  }
  if (sum < needed) return std::nullopt;
  return ScoreOf(sum, of_);
}

}  // namespace heimweg::matching
