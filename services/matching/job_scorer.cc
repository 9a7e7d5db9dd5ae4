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
  for (size_t i = 0; i < seekers_.size(); ++i) {
    Seeker& own = seekers_[i];
    own.remote_welcome = query.wish().seekers[i].remote_welcome;
    own.sure_loss = Loss(kSkills, query.HasSkills(i) ? kOne : kNeutral);
    sure_loss_ = i == 0 ? own.sure_loss : std::min(sure_loss_, own.sure_loss);
    remote_welcome_ = remote_welcome_ || own.remote_welcome;
    own.filter = std::make_unique<RowFilter>(query, i);
    if (weights_[kSkills] == 0 || !query.HasSkills(i)) continue;
    own.shares = std::make_unique<SkillShares>(query, i);
  }
}

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
  return std::min(loss, too_much);
}

int64_t RowScorer<JobQuery>::LossByDistance(int32_t near,
                                            int32_t remote_percent,
                                            int64_t too_much) const {
  const int32_t distance = JobBounds::WithRemote(near, remote_percent);
  return distance < 0 ? too_much : Loss(kDistance, distance);
}

RowScorer<JobQuery>::Learned RowScorer<JobQuery>::Learn(const JobSummary& rows,
                                                        const NodeRows& node,
                                                        int32_t near,
                                                        int32_t least) {
  const int64_t too_much = Budget(least) + 1;
  const auto known = static_cast<uint32_t>(known_.size());
  std::optional<int64_t> by_times;
  int64_t loss = too_much;
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    known_.push_back(LearnOf(seeker, rows, node, near, too_much, by_times));
    loss = std::min(loss, known_.back().loss);
  }
  if (loss < too_much) return {ScoreOf(full_ - loss, of_), known};
  known_.resize(known);
  return {-1, 0};
}

RowScorer<JobQuery>::InNode RowScorer<JobQuery>::LearnOf(
    size_t seeker, const JobSummary& rows, const NodeRows& node, int32_t near,
    int64_t too_much, std::optional<int64_t>& by_times) const {
  const Seeker& own = seekers_[seeker];
  InNode known;
  known.loss = LeastLoss(rows, seeker, near, too_much, by_times);
  if (known.loss >= too_much) return known;
  const int32_t remote_percent = RemotePercent(rows, own);
  known.others = known.loss - LossByDistance(near, remote_percent, too_much);
  known.remote = remote_percent > 0;
  if (own.shares == nullptr) return known;
  const SkillShares::OfBlocks shared =
      own.shares->OfNode(node.segment, node.first);
  uint8_t most = 0;
  for (uint32_t block = node.first; block < node.last; ++block) {
    most = std::max(most, shared.MostOf(block));
  }
  known.loss += LossByShare(most);
  return known;
}

void RowScorer<JobQuery>::EnterNode(uint32_t known, const NodeRows& node,
                                    int32_t near, int32_t least) {
  const int64_t budget = Budget(least);
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    Seeker& own = seekers_[seeker];
    const InNode& in_node = known_[known + seeker];
    own.in_node = nullptr;
    if (in_node.loss > budget) continue;
    own.others = in_node.others;
    own.remote_in_node = in_node.remote;
    if (own.shares != nullptr) {
      own.shared = own.shares->OfNode(node.segment, node.first);
    }
    own.in_node = &FilterOf(seeker, node);
    if (own.remote_in_node) own.in_node->SetRemote(RemoteLosses(near));
  }
}

void RowScorer<JobQuery>::EnterBlocks(const BlockTree<JobSummary>& tree,
                                      const NodeRows& node, int32_t least) {
  candidates_.clear();
  const int64_t budget = Budget(least);
  const SiblingSpheres& siblings = tree.siblings(0, node.first);
  QuickDistance::Uppers near;
  shared().Near(siblings, near);
  const JobColumns& jobs =
      query_.view().segments[node.segment].segment->columns;
  std::array<bool, kFanOut> entered{};
  for (uint32_t block = node.first; block < node.last; ++block) {
    const size_t at = block % kFanOut;
    const JobSummary& rows = tree.at(0, block);
    // Summaries are read where they say more than the node's only.
    entered[at] = EnterSeekers(rows, block, near[at], budget) &&
                  (!shared().IsSelective() || bounds_.MayPass(rows));
    if (entered[at]) jobs.planes().Prefetch(block);
  }
  for (uint32_t block = node.first; block < node.last; ++block) {
    const size_t at = block % kFanOut;
    if (!entered[at]) continue;
    EnterBlock({node.segment, block, block + 1}, near[at],
               siblings.IsUnplaced(at), budget);
  }
  std::make_heap(candidates_.begin(), candidates_.end(), IsWorse);
  PrefetchCandidates(jobs);
}

void RowScorer<JobQuery>::PrefetchCandidates(const JobColumns& jobs) const {
  // In front of the heap are the best. More are seldom scored.
  constexpr size_t kMost = 16;
  const size_t count = std::min(candidates_.size(), kMost);
  for (size_t i = 0; i < count; ++i) jobs.PrefetchRecord(candidates_[i].row);
  for (size_t i = 0; i < count; ++i) jobs.PrefetchLists(candidates_[i].row);
}

void RowScorer<JobQuery>::EnterBlock(const NodeRows& block, int32_t near,
                                     bool unplaced, int64_t budget) {
  // Of more rows than this all distances are found at once.
  constexpr int kFew = 6;
  const JobColumns& jobs =
      query_.view().segments[block.segment].segment->columns;
  const uint32_t first = block.first * kBlockRows;
  // The last block may hold fewer rows.
  const uint32_t count =
      std::min(static_cast<uint32_t>(jobs.rows()) - first, kBlockRows);
  const uint64_t there =
      count == kBlockRows ? ~uint64_t{0} : (uint64_t{1} << count) - 1;
  distances_.fill(static_cast<int32_t>(std::min(
      Loss(kDistance, std::max(near, 0)), int64_t{QuickDistance::kFails})));
  uint64_t found = FilterSeekers(block, budget) & there;
  if (found == 0) return;
  const places::GeoPoint* const points = jobs.common.point.data() + first;
  if (std::popcount(found) > kFew) {
    shared().FindDistances({points, count}, unplaced, distances_);
    found = FilterSeekers(block, budget) & there;
  } else {
    for (uint64_t left = found; left != 0; left &= left - 1) {
      const auto place = static_cast<uint32_t>(std::countr_zero(left));
      distances_[place] = shared().DistanceLoss(points[place]);
    }
  }
  AddCandidates(jobs, first, found, budget);
}

bool RowScorer<JobQuery>::EnterSeekers(const JobSummary& rows, uint32_t block,
                                       int32_t near, int64_t budget) {
  bool any = false;
  for (Seeker& own : seekers_) {
    own.found[block % kFanOut].rows = 0;
    own.in_blocks[block % kFanOut] = false;
    if (own.in_node == nullptr) continue;
    const int32_t remote_percent = own.remote_in_node ? rows.remote_percent : 0;
    int64_t loss =
        own.others + LossByDistance(near, remote_percent, budget + 1);
    if (own.shared.known()) loss += LossByShare(own.shared.MostOf(block));
    own.in_blocks[block % kFanOut] = loss <= budget;
    any = any || loss <= budget;
  }
  return any;
}

uint64_t RowScorer<JobQuery>::FilterSeekers(const NodeRows& block,
                                            int64_t budget) {
  // For whom skills do not count, or who named none.
  static constexpr BytePlane kNoShares{};
  const JobColumns& jobs =
      query_.view().segments[block.segment].segment->columns;
  uint64_t rows = 0;
  for (Seeker& own : seekers_) {
    if (!own.in_blocks[block.first % kFanOut]) continue;
    FilteredRows& found = own.found[block.first % kFanOut];
    own.in_node->Filter(
        jobs.planes().block(block.first),
        own.shared.known() ? own.shared.Of(block.first) : kNoShares.data(),
        distances_, budget, found);
    rows |= found.rows;
  }
  return rows;
}

void RowScorer<JobQuery>::AddCandidates(const JobColumns& jobs, uint32_t first,
                                        uint64_t rows, int64_t budget) {
  for (; rows != 0; rows &= rows - 1) {
    const auto place = static_cast<uint32_t>(std::countr_zero(rows));
    Candidate row = {budget + 1, distances_[place], first + place};
    for (const Seeker& own : seekers_) {
      const uint64_t found = own.found[BlockOf(row)].rows;
      if ((found >> place & 1U) == 0) continue;
      const int32_t remote_percent =
          own.remote_welcome ? jobs.record(first + place).remote_percent : 0;
      row.loss = std::min(row.loss, QuickLoss(own, remote_percent, row));
    }
    if (row.loss <= budget) candidates_.push_back(row);
  }
}

std::optional<uint32_t> RowScorer<JobQuery>::NextRow(int32_t least) {
  if (candidates_.empty()) return std::nullopt;
  std::pop_heap(candidates_.begin(), candidates_.end(), IsWorse);
  next_ = candidates_.back();
  candidates_.pop_back();
  if (next_.loss > Budget(least)) return std::nullopt;
  return next_.row;
}

int64_t RowScorer<JobQuery>::QuickLoss(const Seeker& own,
                                       int32_t remote_percent,
                                       const Candidate& row) {
  constexpr int32_t kAll = 100;
  int64_t distance = row.distance;
  if (remote_percent > 0) {
    distance = distance * (kAll - remote_percent) / kAll;
  }
  const FilteredRows& found = own.found[BlockOf(row)];
  const size_t in_block = row.row % kBlockRows;
  return distance + own.in_node->LossOf(found.others[in_block]) +
         own.in_node->LossOf(found.skills[in_block]);
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
                                                 int32_t least) const {
  std::optional<Ranked> best;
  for (size_t seeker = 0; seeker < seekers_.size(); ++seeker) {
    const uint64_t found = seekers_[seeker].found[BlockOf(next_)].rows;
    if ((found >> (next_.row % kBlockRows) & 1U) == 0) continue;
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
  const Seeker& own = seekers_[seeker];
  const int64_t budget = Budget(least);
  const int64_t quick = QuickLoss(
      own, own.remote_welcome ? at.columns.record(at.row).remote_percent : 0,
      next_);
  if (quick > budget) return std::nullopt;
  // SKILLS first, of which the filter knows least.
  int64_t left = budget;
  if (weights_[kSkills] > 0) {
    const int64_t loss =
        Loss(kSkills, query_.Feature(kSkills, at, seeker).OrNeutral());
    const uint8_t known =
        own.found[BlockOf(next_)].skills[next_.row % kBlockRows];
    if (quick - own.in_node->LossOf(known) + loss > budget) {
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
