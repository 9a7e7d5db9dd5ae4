// What no row of a node or of a block loses less than.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "services/matching/job_scorer.h"

namespace heimweg::matching {

int32_t RowScorer<JobQuery>::Bound(const JobSummary& rows, int32_t near,
                                   int32_t least) const {
  const int64_t too_much = full_ - SumNeeded(least, of_) + 1;
  // Most are too far away, which takes nothing of the summary.
  if (!remote_welcome_ &&
      sure_loss_ + LossByDistance(near, 0, too_much) >= too_much) {
    return -1;
  }
  if (!bounds_.MayPass(rows)) return -1;
  std::optional<int64_t> by_times;
  int64_t loss = too_much;
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    loss = LeastLoss(rows, seeker, near, loss, by_times);
  }
  return loss == too_much ? -1 : ScoreOf(full_ - loss, of_);
}

int64_t RowScorer<JobQuery>::LeastLoss(const JobSummary& rows, size_t seeker,
                                       int32_t near, int64_t too_much,
                                       std::optional<int64_t>& by_times) const {
  const Seeker& own = seekers_[seeker];
  int64_t loss =
      own.sure_loss + LossByDistance(near, RemotePercent(rows, own), too_much);
  if (loss >= too_much) return too_much;
  loss += LossByOccupation(rows, seeker);
  if (loss >= too_much) return too_much;
  return loss + LossByTerms(rows, seeker, too_much - loss, by_times);
}

int64_t RowScorer<JobQuery>::LossByTerms(
    const JobSummary& rows, size_t seeker, int64_t too_much,
    std::optional<int64_t>& by_times) const {
  if (!by_times) {
    const JobBounds::Times times = bounds_.TimesOf(rows);
    by_times = times.dates < 0 ? full_ + 1
                               : Loss(kDates, times.dates) +
                                     Loss(kFreshness, times.freshness);
  }
  if (*by_times >= too_much) return too_much;
  const JobBounds::Terms terms = bounds_.TermsOf(rows, seeker);
  if (terms.hours < 0) return too_much;
  return std::min(
      *by_times + Loss(kHours, terms.hours) + Loss(kSalary, terms.salary),
      too_much);
}

int64_t RowScorer<JobQuery>::LossByOccupation(const JobSummary& rows,
                                              size_t seeker) const {
  if (weights_[kOccupation] == 0) return 0;
  return Loss(kOccupation, bounds_.Occupation(rows, seeker).most());
}

int64_t RowScorer<JobQuery>::LossByDistance(int32_t near,
                                            int32_t remote_percent,
                                            int64_t too_much) const {
  const int32_t distance = JobBounds::WithRemote(near, remote_percent);
  return distance < 0 ? too_much : Loss(kDistance, distance);
}

RowScorer<JobQuery>::Learned RowScorer<JobQuery>::Learn(const Tree& tree,
                                                        uint32_t level,
                                                        const NodeRows& node,
                                                        int32_t near,
                                                        int32_t least) {
  const int64_t too_much = Budget(least) + 1;
  const auto known = static_cast<uint32_t>(near_.size());
  QuickDistance::Uppers& in_blocks = near_.emplace_back();
  shared().Near(tree.siblings(0, node.first), in_blocks);
  std::optional<int64_t> by_times;
  int64_t loss = too_much;
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    known_.push_back(LearnOf(seeker, tree, level, node, near, in_blocks,
                             too_much, by_times));
    const auto& losses = known_.back().losses;
    loss = std::min(loss, *std::min_element(losses.begin(), losses.end()));
  }
  if (loss < too_much) return {ScoreOf(full_ - loss, of_), known};
  near_.resize(known);
  known_.resize(known * seekers_.size());
  return {-1, 0};
}

RowScorer<JobQuery>::InNode RowScorer<JobQuery>::LearnOf(
    size_t seeker, const Tree& tree, uint32_t level, const NodeRows& node,
    int32_t near, const QuickDistance::Uppers& in_blocks, int64_t too_much,
    std::optional<int64_t>& by_times) const {
  const Seeker& own = seekers_[seeker];
  const JobSummary& rows = tree.at(level, node.first >> (level * kFanOutBits));
  InNode known;
  known.losses.fill(too_much);
  const int32_t remote_percent = RemotePercent(rows, own);
  const int64_t by_occupation = LossByOccupation(rows, seeker);
  const int64_t by_place_and_occupation =
      LossByDistance(near, remote_percent, too_much) + by_occupation;
  int64_t loss = own.sure_loss;
  if (loss + by_place_and_occupation >= too_much) return known;
  loss += LossByTerms(rows, seeker, too_much - loss - by_place_and_occupation,
                      by_times);
  if (loss + by_place_and_occupation >= too_much) return known;
  known.remote = remote_percent > 0;
  // Blocks of a node that shares no occupation share none either.
  const bool tell_apart = by_occupation < Loss(kOccupation, 0);
  std::optional<SkillShares::Blocks> shared;
  for (uint32_t block = node.first; block < node.last; ++block) {
    const size_t at = block % kFanOut;
    const JobSummary& in_block = tree.at(0, block);
    int64_t of_block =
        loss + LossByDistance(in_blocks[at],
                              known.remote ? in_block.remote_percent : 0,
                              too_much);
    if (of_block >= too_much) continue;
    of_block += tell_apart ? LossByOccupation(in_block, seeker) : by_occupation;
    if (of_block >= too_much) continue;
    if (own.shares != nullptr) {
      if (!shared) shared = own.shares->With(node.segment, block);
      of_block += LossByShare(shared->Of(block).most);
    }
    known.losses[at] = std::min(of_block, too_much);
  }
  return known;
}

}  // namespace heimweg::matching
