#include "services/matching/job_scorer.h"

#include <algorithm>
#include <bit>

namespace heimweg::matching {

RowScorer<JobQuery>::RowScorer(const JobQuery& query, Plan plan)
    : query_(query),
      bounds_(query),
      weights_(WeightsOf(query.wish(), JobQuery::kFeatures)) {
  for (const int32_t weight : weights_) of_ += weight;
  full_ = of_ * kOne;
  local_ = plan == Plan::kChosen ? IsLocal() : plan == Plan::kWhole;
  parts_ = bounds_.Parts() && !local_;
  seekers_.resize(query.seekers());
  for (size_t i = 0; i < seekers_.size(); ++i) {
    seekers_[i].remote_welcome = query.wish().seekers[i].remote_welcome;
    seekers_[i].rest_loss = Loss(kOccupation, bounds_.Names(i) ? 0 : kNeutral);
    seekers_[i].sure_loss = Loss(kSkills, query.HasSkills(i) ? kOne : kNeutral);
    seekers_[i].filter = std::make_unique<RowFilter>(query, i);
  }
}

bool RowScorer<JobQuery>::IsLocal() {
  constexpr uint32_t kShare = 4;
  const auto& anchors = query_.wish().anchors;
  if (std::none_of(anchors.begin(), anchors.end(), [](const Anchor& anchor) {
        return anchor.limit != Anchor::Limit::kNone;
      })) {
    return false;
  }
  uint32_t all = 0;
  uint32_t near = 0;
  for (const SegmentView<JobColumns>& rows : query_.view().segments) {
    const BlockTree<JobSummary>& tree = rows.segment->blocks;
    const size_t top = tree.levels() - 1;
    all += tree.nodes(0);
    for (uint32_t node = 0; node < tree.nodes(top); ++node) {
      near += BlocksNear(tree, top, node);
    }
  }
  return near <= all / kShare;
}

uint32_t RowScorer<JobQuery>::BlocksNear(const BlockTree<JobSummary>& tree,
                                         size_t level, uint32_t node) {
  if (bounds_.Near(tree.at(level, node)) < 0) return 0;
  const HalfOpen blocks = tree.BlocksOf(level, node);
  if (level == 0) return blocks.last - blocks.first;
  uint32_t near = 0;
  const HalfOpen children = tree.Children(level, node);
  for (uint32_t child = children.first; child < children.last; ++child) {
    near += BlocksNear(tree, level - 1, child);
  }
  return near;
}

int32_t RowScorer<JobQuery>::Bound(const JobSummary& rows, const NodeRows& node,
                                   int32_t least) {
  if (!bounds_.MayPass(rows) || !bounds_.MayHold(rows, node.among)) return -1;
  const int64_t too_much = full_ - SumNeeded(least, of_) + 1;
  const int32_t near = bounds_.Near(rows);
  std::optional<int64_t> by_times;
  int64_t loss = too_much;
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    loss = LeastLoss(rows, node.among, seeker, near, loss, by_times);
  }
  return loss == too_much ? -1 : ScoreOf(full_ - loss, of_);
}

int64_t RowScorer<JobQuery>::LeastLoss(const JobSummary& rows, Among among,
                                       size_t seeker, int32_t near,
                                       int64_t too_much,
                                       std::optional<int64_t>& by_times) const {
  const Seeker& own = seekers_[seeker];
  const int32_t distance =
      JobBounds::WithRemote(near, own.remote_welcome ? rows.remote_percent : 0);
  if (distance < 0) return too_much;
  int64_t loss = own.sure_loss + Loss(kDistance, distance) +
                 (among == Among::kRest ? own.rest_loss : 0);
  // Most are too far away.
  if (loss >= too_much) return too_much;
  if (!by_times) {
    const JobBounds::Times times = bounds_.TimesOf(rows);
    by_times = times.dates < 0 ? full_ + 1
                               : Loss(kDates, times.dates) +
                                     Loss(kFreshness, times.freshness);
  }
  loss += *by_times;
  if (loss >= too_much) return too_much;
  const JobBounds::Terms terms = bounds_.TermsOf(rows, seeker);
  if (terms.hours < 0) return too_much;
  loss += Loss(kHours, terms.hours) + Loss(kSalary, terms.salary);
  if (among != Among::kRest) {
    loss += Loss(kOccupation, bounds_.Occupation(rows, seeker).most());
  }
  return std::min(loss, too_much);
}

uint64_t RowScorer<JobQuery>::EnterBlock(const JobSummary& rows,
                                         const NodeRows& block, int32_t least) {
  among_ = block.among;
  const int32_t near = bounds_.Near(rows);
  uint64_t worth_scoring = 0;
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    const int64_t budget =
        full_ - SumNeeded(least, of_) -
        (among_ == Among::kRest ? seekers_[seeker].rest_loss : 0);
    seekers_[seeker].rows = Filter(rows, block, near, budget, seeker);
    worth_scoring |= seekers_[seeker].rows;
  }
  return worth_scoring;
}

uint64_t RowScorer<JobQuery>::Filter(const JobSummary& rows,
                                     const NodeRows& block, int32_t near,
                                     int64_t budget, size_t seeker) {
  Seeker& own = seekers_[seeker];
  if (budget < 0) return 0;
  RowFilter& filter = FilterOf(seeker, block);
  own.in_block = &filter;
  int64_t of_block = budget;
  if (own.remote_welcome && rows.remote_percent > 0) {
    filter.SetRemote(RemoteLosses(near));
  } else {
    if (near < 0) return 0;
    filter.SetRemote({});
    of_block -= Loss(kDistance, near);
  }
  const JobColumns& jobs =
      query_.view().segments[block.segment].segment->columns;
  const JobPlanes& planes =
      block.among == Among::kSought ? jobs.other_planes() : jobs.planes();
  FilteredRows& found = own.found;
  filter.Filter(planes.block(block.first), budget, of_block, found);
  // The last block may hold fewer rows.
  const auto count =
      static_cast<uint32_t>(jobs.rows()) - block.first * kBlockRows;
  if (count < kBlockRows) found.rows &= (uint64_t{1} << count) - 1;
  return found.rows;
}

RowFilter& RowScorer<JobQuery>::FilterOf(size_t seeker, const NodeRows& block) {
  Seeker& own = seekers_[seeker];
  const ShelfView<JobColumns>& view = query_.view();
  const int32_t newest = view.segments[block.segment].segment->columns.newest();
  auto& filters = block.among == Among::kRest ? own.of_rest : own.of_others;
  auto found = std::find_if(
      filters.begin(), filters.end(),
      [newest](const auto& filter) { return filter->newest() == newest; });
  if (found == filters.end()) {
    own.filter->EnterNewest(newest);
    filters.push_back(std::make_unique<RowFilter>(*own.filter));
    found = filters.end() - 1;
    if (block.among == Among::kRest) (*found)->LeaveOutOccupations();
  }
  (*found)->SetRarityShare(view.rarity_shares[block.segment]);
  return **found;
}

RowFilter::Losses RowScorer<JobQuery>::RemoteLosses(int32_t near) const {
  constexpr int32_t kTenth = 10;
  RowFilter::Losses losses{};
  for (int32_t tenths = 0; tenths <= kTenth; ++tenths) {
    const int32_t value = JobBounds::WithRemote(near, tenths * kTenth);
    losses[static_cast<size_t>(tenths)] =
        value < 0 ? RowFilter::kFails
                  : static_cast<int32_t>(Loss(kDistance, value));
  }
  return losses;
}

std::optional<Ranked> RowScorer<JobQuery>::Score(const JobQuery::Row& at,
                                                 uint32_t place,
                                                 int32_t least) {
  std::optional<Ranked> best;
  const int32_t near = bounds_.Near(at.columns.common.point[at.row]);
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    if ((seekers_[seeker].rows >> place & 1U) == 0) continue;
    const std::optional<int32_t> score =
        ScoreFor(at, place, seeker, near, least);
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
                                                     uint32_t place,
                                                     size_t seeker,
                                                     int32_t near,
                                                     int32_t least) const {
  constexpr std::array<size_t, 5> kOthers = {kOccupation, kHours, kSalary,
                                             kDates, kFreshness};
  const Seeker& own = seekers_[seeker];
  near = JobBounds::WithRemote(
      near, own.remote_welcome ? at.columns.remote_percent[at.row] : 0);
  if (near < 0) return std::nullopt;
  // First by what the filter knows, then SKILLS, of which it knows least.
  const int64_t needed = SumNeeded(least, of_);
  int64_t left = full_ - needed - Loss(kDistance, near) -
                 (among_ == Among::kRest ? own.rest_loss : 0);
  const int64_t quick = left - own.in_block->LossOf(own.found.others[place]);
  if (quick < own.in_block->LossOf(own.found.skills[place])) {
    return std::nullopt;
  }
  if (weights_[kSkills] > 0) {
    const int64_t loss =
        Loss(kSkills, query_.Feature(kSkills, at, seeker).OrNeutral());
    if (quick < loss) return std::nullopt;
    left -= loss;
  }
  for (const size_t feature : kOthers) {
    // In the rest nobody's occupation is sought.
    const bool is_known = feature == kOccupation && among_ == Among::kRest;
    if (is_known || weights_[feature] == 0) continue;
    left -= Loss(feature, query_.Feature(feature, at, seeker).OrNeutral());
    if (left < 0) return std::nullopt;
  }
  if (weights_[kDistance] > 0) {
    left += Loss(kDistance, near) -
            Loss(kDistance, query_.Feature(kDistance, at, seeker).OrNeutral());
  }
  if (left < 0) return std::nullopt;
  return ScoreOf(needed + left, of_);
}

}  // namespace heimweg::matching
