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
    seekers_[i].filter = std::make_unique<RowFilter>(query, i);
    seekers_[i].filters.resize(2 * query.view().segments.size());
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
  JobBounds::OfAll all;
  if (!bounds_.Upper(rows, all) || !bounds_.MayHold(rows, node.among)) {
    return -1;
  }
  const int64_t needed = SumNeeded(least, of_);
  int64_t most = -1;
  JobBounds::Values upper;
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    if (!bounds_.Upper(rows, all, seeker, node.among, upper)) continue;
    int64_t sum = 0;
    for (size_t i = 0; i < upper.size(); ++i) {
      sum += int64_t{weights_[i]} * upper[i];
    }
    if (sum <= most || sum < needed) continue;
    if (!local_ && node.among != Among::kSought) {
      sum -= Loss(kSkills, bounds_.Skills(rows, node, seeker));
    }
    most = std::max(most, sum);
  }
  return ScoreOf(most, of_);
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
  own.marks = local_ ? nullptr : &bounds_.Marks(block.segment, seeker);
  RowFilter& filter = FilterOf(seeker, block);
  own.in_block = &filter;
  int64_t of_block = budget;
  own.by_remote = own.remote_welcome && rows.remote_percent > 0;
  if (own.by_remote) {
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
  if (count < kBlockRows) {
    found.any_skills &= (uint64_t{1} << count) - 1;
    found.unmarked &= found.any_skills;
  }
  if (own.marks == nullptr) return found.unmarked;
  return found.unmarked |
         Marked(*own.marks, block, found.any_skills & ~found.unmarked);
}

uint64_t RowScorer<JobQuery>::Marked(const SkillMarks& marks,
                                     const NodeRows& block,
                                     uint64_t rows) const {
  // Marks go by the first order.
  if (block.among != Among::kSought) return rows & marks.OfBlock(block.first);
  const uint32_t* const order =
      query_.view().segments[block.segment].segment->other_order.data() +
      size_t{block.first} * kBlockRows;
  uint64_t marked = 0;
  for (; rows != 0; rows &= rows - 1) {
    const int row = std::countr_zero(rows);
    if (marks.Has(order[row])) marked |= uint64_t{1} << row;
  }
  return marked;
}

RowFilter& RowScorer<JobQuery>::FilterOf(size_t seeker, const NodeRows& block) {
  Seeker& own = seekers_[seeker];
  std::unique_ptr<RowFilter>& filter =
      own.filters[2 * block.segment + (block.among == Among::kSought ? 1 : 0)];
  if (filter == nullptr) {
    own.filter->EnterSegment(
        query_.view().segments[block.segment].segment->columns.newest());
    filter = std::make_unique<RowFilter>(*own.filter);
    filter->SetSkills(SkillLosses(seeker));
    if (block.among == Among::kRest) filter->LeaveOutOccupations();
  }
  return *filter;
}

RowFilter::Losses RowScorer<JobQuery>::SkillLosses(size_t seeker) const {
  RowFilter::Losses losses{};
  if (weights_[kSkills] == 0) return losses;
  const auto unknown = static_cast<int32_t>(Loss(kSkills, kNeutral));
  if (!query_.HasSkills(seeker)) {
    losses.fill(unknown);
    return losses;
  }
  if (const SkillMarks* const marks = seekers_[seeker].marks) {
    for (uint8_t rare = 0; rare < losses.size(); ++rare) {
      losses[rare] =
          static_cast<int32_t>(Loss(kSkills, marks->MostOfUnmarked(rare)));
    }
  }
  losses.back() = unknown;
  return losses;
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
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    if ((seekers_[seeker].rows >> place & 1U) == 0) continue;
    const std::optional<int32_t> score = ScoreFor(at, place, seeker, least);
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

int32_t RowScorer<JobQuery>::MostSkills(const JobQuery::Row& at,
                                        const SkillMarks& marks) {
  const uint8_t rare = at.columns.planes().RareAt(at.row);
  return marks.Has(at.row) ? marks.MostOfMarked(at.row, rare)
                           : marks.MostOfUnmarked(rare);
}

std::optional<int32_t> RowScorer<JobQuery>::ScoreFor(const JobQuery::Row& at,
                                                     uint32_t place,
                                                     size_t seeker,
                                                     int32_t least) {
  constexpr std::array<size_t, 5> kOthers = {kOccupation, 2, 3, 5, 6};
  const Seeker& own = seekers_[seeker];
  const int64_t needed = SumNeeded(least, of_);
  int64_t left = full_ - needed - (among_ == Among::kRest ? own.rest_loss : 0);
  const int32_t near = JobBounds::WithRemote(
      bounds_.Near(at.columns.common.point[at.row]),
      own.remote_welcome ? at.columns.remote_percent[at.row] : 0);
  if (near < 0) return std::nullopt;
  // First by what the filter knows, then SKILLS, of which it knows least.
  int64_t quick = left - own.in_block->LossOf(own.found.losses[place]);
  if (!own.by_remote) quick -= Loss(kDistance, near);
  if (quick < 0) return std::nullopt;
  if (own.marks != nullptr &&
      quick < Loss(kSkills, MostSkills(at, *own.marks))) {
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
  if (left < Loss(kDistance, near)) return std::nullopt;
  if (weights_[kDistance] > 0) {
    left -= Loss(kDistance, query_.Feature(kDistance, at, seeker).OrNeutral());
  }
  if (left < 0) return std::nullopt;
  return ScoreOf(needed + left, of_);
}

}  // namespace heimweg::matching
