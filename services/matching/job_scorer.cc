#include "services/matching/job_scorer.h"

#include <algorithm>
#include <bit>

namespace heimweg::matching {

RowScorer<JobQuery>::RowScorer(const JobQuery& query)
    : query_(query),
      bounds_(query),
      weights_(WeightsOf(query.wish(), JobQuery::kFeatures)) {
  for (const int32_t weight : weights_) of_ += weight;
  full_ = of_ * kOne;
  seekers_.resize(query.seekers());
  last_terms_.resize(query.seekers());
  for (size_t i = 0; i < seekers_.size(); ++i) {
    Seeker& own = seekers_[i];
    own.remote_welcome = query.wish().seekers[i].remote_welcome;
    own.sure_loss = Loss(kSkills, query.HasSkills(i) ? kOne : kNeutral);
    sure_loss_ = i == 0 ? own.sure_loss : std::min(sure_loss_, own.sure_loss);
    remote_welcome_ = remote_welcome_ || own.remote_welcome;
    own.any_filter = std::make_unique<RowFilter>(query, i);
    if (weights_[kSkills] == 0 || !query.HasSkills(i)) continue;
    own.shares = std::make_unique<SkillShares>(query, i);
  }
}

HalfOpen RowScorer<JobQuery>::Enter(const Tree& tree, uint32_t known,
                                    const NodeRows& node, int32_t near,
                                    int32_t least) {
  const int64_t budget = Budget(least);
  const JobColumns& jobs =
      query_.view().segments[node.segment].segment->columns;
  HalfOpen rows;
  rows.first = static_cast<uint32_t>(candidates_.size());
  EnterSeekers(known, node, near);
  std::array<bool, kFanOut> entered{};
  for (uint32_t block = node.first; block < node.last; ++block) {
    const size_t at = block % kFanOut;
    // Summaries are read where they say more than the node's only.
    entered[at] = MayHold(at, budget) && (!shared().IsSelective() ||
                                          bounds_.MayPass(tree.at(0, block)));
    if (entered[at]) jobs.planes().Prefetch(block);
  }
  // Of all blocks first, so that the places of their rows are on their way.
  std::array<uint64_t, kFanOut> found{};
  for (uint32_t block = node.first; block < node.last; ++block) {
    const size_t at = block % kFanOut;
    if (!entered[at]) continue;
    found[at] =
        FilterBlock({node.segment, block, block + 1}, near_[known][at], budget);
  }
  const SiblingSpheres& siblings = tree.siblings(0, node.first);
  for (uint32_t block = node.first; block < node.last; ++block) {
    const size_t at = block % kFanOut;
    if (found[at] == 0) continue;
    EnterBlock({node.segment, block, block + 1}, siblings.IsUnplaced(at),
               found[at], budget);
  }
  rows.last = static_cast<uint32_t>(candidates_.size());
  std::make_heap(candidates_.begin() + rows.first, candidates_.end(), IsWorse);
  PrefetchCandidates(jobs, rows);
  return rows;
}

void RowScorer<JobQuery>::EnterSeekers(uint32_t known, const NodeRows& node,
                                       int32_t near) {
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    Seeker& own = seekers_[seeker];
    own.known = &known_[known * seekers_.size() + seeker];
    own.filter = &FilterOf(seeker, node);
    if (own.known->remote) own.filter->SetRemote(RemoteLosses(near));
  }
}

bool RowScorer<JobQuery>::MayHold(size_t in_node, int64_t budget) const {
  return std::any_of(seekers_.begin(), seekers_.end(), [&](const Seeker& own) {
    return own.known->losses[in_node] <= budget;
  });
}

uint64_t RowScorer<JobQuery>::FilterBlock(const NodeRows& block, int32_t near,
                                          int64_t budget) {
  distances_.fill(static_cast<int32_t>(std::min(
      Loss(kDistance, std::max(near, 0)), int64_t{QuickDistance::kFails})));
  const uint64_t found = FilterSeekers(block, budget);
  const CommonColumns& columns =
      query_.view().segments[block.segment].segment->columns.common;
  for (uint64_t left = found; left != 0; left &= left - 1) {
    columns.PrefetchPoint(block.first * kBlockRows +
                          static_cast<uint32_t>(std::countr_zero(left)));
  }
  return found;
}

void RowScorer<JobQuery>::EnterBlock(const NodeRows& block, bool unplaced,
                                     uint64_t rows, int64_t budget) {
  // Of more rows than this all distances are found at once.
  constexpr int kFew = 6;
  const auto& segment = *query_.view().segments[block.segment].segment;
  const JobColumns& jobs = segment.columns;
  const HalfOpen there = segment.blocks.RowsOf(block.first);
  const places::GeoPoint* const points = jobs.common.point.data() + there.first;
  if (std::popcount(rows) > kFew) {
    shared().FindDistances({points, there.last - there.first}, unplaced,
                           distances_);
    rows = FilterSeekers(block, budget);
  } else {
    for (uint64_t left = rows; left != 0; left &= left - 1) {
      const auto place = static_cast<uint32_t>(std::countr_zero(left));
      distances_[place] = shared().DistanceLoss(points[place]);
    }
  }
  AddCandidates(jobs, block.first, rows, budget);
}

uint64_t RowScorer<JobQuery>::FilterSeekers(const NodeRows& block,
                                            int64_t budget) {
  // For whom skills do not count, or who named none.
  static constexpr BytePlane kNoShares{};
  const auto& segment = *query_.view().segments[block.segment].segment;
  const JobPlanes::Block& planes = segment.columns.planes().block(block.first);
  const size_t at = block.first % kFanOut;
  uint64_t rows = 0;
  for (Seeker& own : seekers_) {
    FilteredRows& found = own.found[at];
    found.rows = 0;
    if (own.known->losses[at] > budget) continue;
    own.filter->Filter(planes,
                       own.shares == nullptr
                           ? kNoShares.data()
                           : own.shares->Of(block.segment, block.first).shares,
                       distances_, budget, found);
    rows |= found.rows;
  }
  const HalfOpen there = segment.blocks.RowsOf(block.first);
  const uint32_t count = there.last - there.first;
  return count == kBlockRows ? rows : rows & ((uint64_t{1} << count) - 1);
}

void RowScorer<JobQuery>::AddCandidates(const JobColumns& jobs, uint32_t block,
                                        uint64_t rows, int64_t budget) {
  constexpr int64_t kAll = 100;
  const uint32_t first = block * kBlockRows;
  const JobPlanes::Block& planes = jobs.planes().block(block);
  for (; rows != 0; rows &= rows - 1) {
    const auto place = static_cast<uint32_t>(std::countr_zero(rows));
    // Most records say nothing of it, and are not in the cache yet.
    const int32_t remote_percent =
        remote_welcome_ && JobHalves::RemoteIn(planes, place) > 0
            ? jobs.record(first + place).remote_percent
            : 0;
    Candidate row = {budget + 1, budget + 1, first + place, 0};
    for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
      const Seeker& own = seekers_[seeker];
      const FilteredRows& found = own.found[block % kFanOut];
      if ((found.rows >> place & 1U) == 0) continue;
      int64_t others = distances_[place];
      if (own.remote_welcome && remote_percent > 0) {
        others = others * (kAll - remote_percent) / kAll;
      }
      others += own.filter->LossOf(found.others[place]);
      const int64_t loss = others + own.filter->LossOf(found.skills[place]);
      if (loss > budget) continue;
      row.loss = std::min(row.loss, loss);
      row.others = std::min(row.others, others);
      row.seekers |= 1U << seeker;
    }
    if (row.seekers != 0) candidates_.push_back(row);
  }
}

int32_t RowScorer<JobQuery>::Bound(HalfOpen rows) const {
  if (rows.first == rows.last) return -1;
  return ScoreOf(full_ - candidates_[rows.first].loss, of_);
}

std::optional<uint32_t> RowScorer<JobQuery>::NextRow(HalfOpen& rows,
                                                     int32_t least) {
  if (rows.first == rows.last || candidates_[rows.first].loss > Budget(least)) {
    return std::nullopt;
  }
  std::pop_heap(candidates_.begin() + rows.first,
                candidates_.begin() + rows.last, IsWorse);
  next_ = candidates_[--rows.last];
  return next_.row;
}

void RowScorer<JobQuery>::PrefetchShares(const NodeRows& node) {
  for (Seeker& own : seekers_) {
    if (own.shares != nullptr) {
      own.shares->Prefetch(node.segment, {node.first, node.last});
    }
  }
}

void RowScorer<JobQuery>::PrefetchBlocks(const NodeRows& node, uint32_t known,
                                         int32_t least) const {
  const int64_t budget = Budget(least);
  const JobColumns& jobs =
      query_.view().segments[node.segment].segment->columns;
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    const auto& losses = known_[known * seekers_.size() + seeker].losses;
    for (uint32_t block = node.first; block < node.last; ++block) {
      if (losses[block % kFanOut] <= budget) jobs.planes().Prefetch(block);
    }
  }
}

void RowScorer<JobQuery>::PrefetchBest(const NodeRows& node,
                                       HalfOpen rows) const {
  PrefetchCandidates(query_.view().segments[node.segment].segment->columns,
                     {rows.first, std::min(rows.last, rows.first + 4)});
}

void RowScorer<JobQuery>::PrefetchCandidates(const JobColumns& jobs,
                                             HalfOpen rows) const {
  // In front of the heap are the best. More are seldom scored.
  constexpr uint32_t kMost = 16;
  const uint32_t last = std::min(rows.last, rows.first + kMost);
  for (uint32_t i = rows.first; i < last; ++i) {
    jobs.PrefetchRecord(candidates_[i].row);
  }
  for (uint32_t i = rows.first; i < last; ++i) {
    jobs.PrefetchLists(candidates_[i].row);
  }
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
    own.any_filter->EnterNewest(newest);
    filters.push_back(std::make_unique<RowFilter>(*own.any_filter));
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
                                                 int32_t least) const {
  std::optional<Ranked> best;
  at.columns.common.PrefetchState(at.row);
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    if ((next_.seekers >> seeker & 1U) == 0) continue;
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

std::optional<int32_t> RowScorer<JobQuery>::ScoreFor(const JobQuery::Row& at,
                                                     size_t seeker,
                                                     int32_t least) const {
  constexpr std::array<size_t, 5> kOthers = {kOccupation, kHours, kSalary,
                                             kDates, kFreshness};
  const int64_t budget = Budget(least);
  // SKILLS first, of which the filter knows least.
  int64_t left = budget;
  if (weights_[kSkills] > 0) {
    left -= Loss(kSkills, query_.Feature(kSkills, at, seeker).OrNeutral());
    if (next_.others > left) return std::nullopt;
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
