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
  // Where jobs of an occupation lie together, so do those of its skills.
  const bool by_work =
      2 * (weights_[kOccupation] + weights_[kSkills]) >= weights_[kDistance];
  other_ = plan == Plan::kChosen ? by_work && !IsLocal() : plan == Plan::kOther;
  seekers_.resize(query.seekers());
  for (size_t i = 0; i < seekers_.size(); ++i) {
    Seeker& own = seekers_[i];
    own.remote_welcome = query.wish().seekers[i].remote_welcome;
    own.sure_loss = Loss(kSkills, query.HasSkills(i) ? kOne : kNeutral);
    own.filter = std::make_unique<RowFilter>(query, i);
    if (weights_[kSkills] == 0 || !query.HasSkills(i)) continue;
    for (const bool other : {false, true}) {
      own.shares[other ? 1 : 0] =
          std::make_unique<SkillShares>(query, i, other);
    }
  }
}

bool RowScorer<JobQuery>::IsLocal() const {
  constexpr uint32_t kShare = 2;
  const auto& anchors = query_.wish().anchors;
  if (std::none_of(anchors.begin(), anchors.end(), [](const Anchor& anchor) {
        return anchor.limit != Anchor::Limit::kNone;
      })) {
    return false;
  }
  uint32_t all = 0;
  for (const SegmentView<JobColumns>& rows : query_.view().segments) {
    all += rows.segment->blocks.nodes(0);
  }
  uint32_t near = 0;
  for (const SegmentView<JobColumns>& rows : query_.view().segments) {
    const BlockTree<JobSummary>& tree = rows.segment->blocks;
    const size_t top = tree.levels() - 1;
    for (uint32_t node = 0; node < tree.nodes(top); ++node) {
      near += BlocksNear(tree, top, node);
      if (near > all / kShare) return false;
    }
  }
  return true;
}

uint32_t RowScorer<JobQuery>::BlocksNear(const BlockTree<JobSummary>& tree,
                                         size_t level, uint32_t node) const {
  if (bounds_.shared().Near(tree.at(level, node).common) < 0) return 0;
  const HalfOpen blocks = tree.BlocksOf(level, node);
  if (level <= 1) return blocks.last - blocks.first;
  uint32_t near = 0;
  const HalfOpen children = tree.Children(level, node);
  for (uint32_t child = children.first; child < children.last; ++child) {
    near += BlocksNear(tree, level - 1, child);
  }
  return near;
}

int32_t RowScorer<JobQuery>::Bound(const JobSummary& rows, const NodeRows& node,
                                   int32_t least) {
  if (!bounds_.MayPass(rows)) return -1;
  any_least_ = least > 0;
  const int64_t too_much = full_ - SumNeeded(least, of_) + 1;
  const int32_t near = bounds_.shared().Near(rows.common);
  std::optional<int64_t> by_times;
  int64_t loss = too_much;
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    loss = LeastLoss(rows, node, seeker, near, loss, by_times);
  }
  return loss == too_much ? -1 : ScoreOf(full_ - loss, of_);
}

int64_t RowScorer<JobQuery>::LeastLoss(const JobSummary& rows,
                                       const NodeRows& node, size_t seeker,
                                       int32_t near, int64_t too_much,
                                       std::optional<int64_t>& by_times) {
  const Seeker& own = seekers_[seeker];
  const int32_t distance =
      JobBounds::WithRemote(near, own.remote_welcome ? rows.remote_percent : 0);
  if (distance < 0) return too_much;
  int64_t loss = own.sure_loss + Loss(kDistance, distance);
  // Most are too far away.
  if (loss >= too_much) return too_much;
  if (weights_[kOccupation] > 0) {
    loss += Loss(kOccupation, bounds_.Occupation(rows, seeker).most());
    if (loss >= too_much) return too_much;
  }
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
  if (loss < too_much) loss += LossByShares(own, node);
  return std::min(loss, too_much);
}

int64_t RowScorer<JobQuery>::LossByShares(const Seeker& own,
                                          const NodeRows& node) const {
  SkillShares* const shares = own.shares[node.other ? 1 : 0].get();
  if (shares == nullptr) return 0;
  // Dear for many blocks, and at first none of them is left out.
  if (!any_least_ && node.last - node.first > kFanOut) return 0;
  constexpr int64_t kAll = SkillShares::kAll;
  const int64_t missing =
      kAll - shares->MostOf(node.segment, node.first, node.last);
  return weights_[kSkills] * missing * kOne / kAll;
}

void RowScorer<JobQuery>::Prefetch(const NodeRows& block) const {
  constexpr size_t kLine = 64;
  const JobColumns& jobs =
      query_.view().segments[block.segment].segment->columns;
  const JobPlanes& planes = block.other ? jobs.other_planes() : jobs.planes();
  for (const JobPlanes::Plane& plane : planes.block(block.first)) {
    static_assert(sizeof(plane) == kLine);
    __builtin_prefetch(plane.data());
  }
}

uint64_t RowScorer<JobQuery>::EnterBlock(const JobSummary& rows,
                                         const NodeRows& block, int32_t least) {
  // Of more rows than this all distances are found at once.
  constexpr int kFew = 6;
  const auto& segment = *query_.view().segments[block.segment].segment;
  const JobColumns& jobs = segment.columns;
  const uint32_t first = block.first * kBlockRows;
  // The last block may hold fewer rows.
  const uint32_t count =
      std::min(static_cast<uint32_t>(jobs.rows()) - first, kBlockRows);
  const uint64_t there =
      count == kBlockRows ? ~uint64_t{0} : (uint64_t{1} << count) - 1;
  const int32_t near = bounds_.shared().Near(rows.common);
  distances_.fill(static_cast<int32_t>(std::min(
      Loss(kDistance, std::max(near, 0)), int64_t{QuickDistance::kFails})));
  uint64_t found = FilterSeekers(rows, block, near, least) & there;
  if (found == 0) return 0;
  const BlockPoints points = {
      jobs.common.point.data(),
      block.other ? segment.other_order.data() : nullptr, first, count};
  if (std::popcount(found) > kFew) {
    bounds_.shared().FindDistances(rows.common, points, distances_);
    return FilterSeekers(rows, block, near, least) & there;
  }
  for (uint64_t left = found; left != 0; left &= left - 1) {
    const auto place = static_cast<uint32_t>(std::countr_zero(left));
    distances_[place] =
        bounds_.shared().DistanceLoss(points.points[points.RowAt(place)]);
  }
  return found;
}

uint64_t RowScorer<JobQuery>::FilterSeekers(const JobSummary& rows,
                                            const NodeRows& block, int32_t near,
                                            int32_t least) {
  // For whom skills do not count, or who named none.
  static constexpr JobPlanes::Plane kNoShares{};
  const JobColumns& jobs =
      query_.view().segments[block.segment].segment->columns;
  const JobPlanes& planes = block.other ? jobs.other_planes() : jobs.planes();
  const int64_t budget = Budget(least);
  uint64_t found = 0;
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    Seeker& own = seekers_[seeker];
    own.found.rows = 0;
    if (budget < 0) continue;
    RowFilter& filter = FilterOf(seeker, block);
    if (own.remote_welcome && rows.remote_percent > 0) {
      filter.SetRemote(RemoteLosses(near));
    }
    SkillShares* const shares = own.shares[block.other ? 1 : 0].get();
    filter.Filter(planes.block(block.first),
                  shares == nullptr
                      ? kNoShares.data()
                      : shares->OfBlock(block.segment, block.first),
                  distances_, budget, own.found);
    own.in_block = &filter;
    found |= own.found.rows;
  }
  return found;
}

int64_t RowScorer<JobQuery>::QuickLoss(const Seeker& own,
                                       int32_t remote_percent,
                                       uint32_t place) const {
  constexpr int32_t kAll = 100;
  int64_t distance = distances_[place];
  if (remote_percent > 0) {
    distance = distance * (kAll - remote_percent) / kAll;
  }
  return distance + own.in_block->LossOf(own.found.others[place]) +
         own.in_block->LossOf(own.found.skills[place]);
}

RowFilter& RowScorer<JobQuery>::FilterOf(size_t seeker, const NodeRows& block) {
  Seeker& own = seekers_[seeker];
  const ShelfView<JobColumns>& view = query_.view();
  const int32_t newest = view.segments[block.segment].segment->columns.newest();
  auto& filters = own.filters;
  auto found = std::find_if(
      filters.begin(), filters.end(),
      [newest](const auto& filter) { return filter->newest() == newest; });
  if (found == filters.end()) {
    own.filter->EnterNewest(newest);
    filters.push_back(std::make_unique<RowFilter>(*own.filter));
    found = filters.end() - 1;
  }
  return **found;
}

RowFilter::Losses RowScorer<JobQuery>::RemoteLosses(int32_t near) const {
  constexpr int32_t kTenth = 10;
  RowFilter::Losses losses{};
  losses[0] = RowFilter::kFails;
  for (int32_t tenths = 1; tenths <= kTenth; ++tenths) {
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
    if ((seekers_[seeker].found.rows >> place & 1U) == 0) continue;
    const std::optional<int32_t> score = ScoreFor(at, place, seeker, least);
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

std::optional<int32_t> RowScorer<JobQuery>::ScoreFor(const JobQuery::Row& at,
                                                     uint32_t place,
                                                     size_t seeker,
                                                     int32_t least) const {
  constexpr std::array<size_t, 5> kOthers = {kOccupation, kHours, kSalary,
                                             kDates, kFreshness};
  const Seeker& own = seekers_[seeker];
  const int64_t budget = Budget(least);
  const int64_t quick = QuickLoss(
      own, own.remote_welcome ? at.columns.remote_percent[at.row] : 0, place);
  if (quick > budget) return std::nullopt;
  // SKILLS first, of which the filter knows least.
  int64_t left = budget;
  if (weights_[kSkills] > 0) {
    const int64_t loss =
        Loss(kSkills, query_.Feature(kSkills, at, seeker).OrNeutral());
    if (quick - own.in_block->LossOf(own.found.skills[place]) + loss > budget) {
      return std::nullopt;
    }
    left -= loss;
  }
  for (const size_t feature : kOthers) {
    if (weights_[feature] == 0) continue;
    left -= Loss(feature, query_.Feature(feature, at, seeker).OrNeutral());
    if (left < 0) return std::nullopt;
  }
  if (weights_[kDistance] > 0) {
    left -= Loss(kDistance, query_.Feature(kDistance, at, seeker).OrNeutral());
  }
  if (left < 0) return std::nullopt;
  return ScoreOf(SumNeeded(least, of_) + left, of_);
}

}  // namespace heimweg::matching
