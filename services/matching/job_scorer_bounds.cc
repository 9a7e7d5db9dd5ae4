// What no row of a node or of a block loses less than.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "services/matching/job_scorer.h"

namespace heimweg::matching {

void RowScorer<JobQuery>::Look(const JobSiblings& nodes,
                               OfSiblings& found) const {
  shared().Near(nodes, found.near);
  found.occupations.resize(seekers_.size());
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    bounds_.Occupations(nodes, seeker, found.occupations[seeker]);
  }
}

int32_t RowScorer<JobQuery>::Bound(const JobSummary& rows,
                                   const OfSiblings& found, size_t i,
                                   int32_t least) {
  const int64_t too_much = full_ - SumNeeded(least, of_) + 1;
  // Most are too far away, which takes nothing of the summary.
  if (!remote_welcome_ &&
      sure_loss_ + LossByDistance(found.near[i], 0, too_much) >= too_much) {
    return -1;
  }
  if (!bounds_.MayPass(rows)) return -1;
  std::fill(last_terms_.begin(), last_terms_.end(), -1);
  std::optional<int64_t> by_times;
  int64_t loss = too_much;
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    loss = LeastLoss(rows, seeker, found, i, loss, by_times);
  }
  return loss == too_much ? -1 : ScoreOf(full_ - loss, of_);
}

int64_t RowScorer<JobQuery>::LeastLoss(const JobSummary& rows, size_t seeker,
                                       const OfSiblings& found, size_t i,
                                       int64_t too_much,
                                       std::optional<int64_t>& by_times) {
  const Seeker& own = seekers_[seeker];
  int64_t loss =
      own.sure_loss +
      LossByDistance(found.near[i], RemotePercent(rows, own), too_much);
  if (loss >= too_much) return too_much;
  loss += Loss(kOccupation, found.occupations[seeker][i]);
  if (loss >= too_much) return too_much;
  last_terms_[seeker] = LossByTerms(rows, seeker, too_much - loss, by_times);
  return loss + last_terms_[seeker];
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

int64_t RowScorer<JobQuery>::LossByDistance(int32_t near,
                                            int32_t remote_percent,
                                            int64_t too_much) const {
  const int32_t distance =
      remote_percent > 0 ? JobBounds::WithRemote(near, remote_percent) : near;
  return distance < 0 ? too_much : Loss(kDistance, distance);
}

RowScorer<JobQuery>::Learned RowScorer<JobQuery>::Learn(const Tree& tree,
                                                        uint32_t level,
                                                        const NodeRows& node,
                                                        size_t number,
                                                        int32_t least) {
  const int64_t too_much = Budget(least) + 1;
  const auto known = static_cast<uint32_t>(near_.size());
  const JobSummary& rows = tree.at(level, node.first >> (level * kFanOutBits));
  const JobSiblings& blocks = tree.siblings(0, node.first);
  Look(blocks, blocks_);
  near_.push_back(blocks_.near);
  std::optional<int64_t> by_times;
  int64_t loss = too_much;
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    int64_t by_terms = terms_[number * seekers_.size() + seeker];
    if (by_terms < 0) by_terms = LossByTerms(rows, seeker, too_much, by_times);
    known_.push_back(LearnOf(seeker, by_terms, blocks, node, too_much));
    const auto& losses = known_.back().losses;
    loss = std::min(loss, *std::min_element(losses.begin(), losses.end()));
  }
  if (loss < too_much) return {ScoreOf(full_ - loss, of_), known};
  near_.resize(known);
  known_.resize(known * seekers_.size());
  return {-1, 0};
}

RowScorer<JobQuery>::InNode RowScorer<JobQuery>::LearnOf(
    size_t seeker, int64_t by_terms, const JobSiblings& blocks,
    const NodeRows& node, int64_t too_much) const {
  const Seeker& own = seekers_[seeker];
  InNode known;
  known.losses.fill(too_much);
  const int64_t loss = own.sure_loss + by_terms;
  if (loss >= too_much) return known;
  known.remote =
      own.remote_welcome && *std::max_element(blocks.remote_percent.begin(),
                                              blocks.remote_percent.end()) > 0;
  std::optional<SkillShares::Blocks> shared;
  for (uint32_t block = node.first; block < node.last; ++block) {
    const size_t at = block % kFanOut;
    int64_t of_block =
        loss + Loss(kOccupation, blocks_.occupations[seeker][at]);
    if (of_block >= too_much) continue;
    of_block +=
        LossByDistance(blocks_.near[at],
                       known.remote ? blocks.remote_percent[at] : 0, too_much);
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
