// The scorer of jobs: as row_scorer.h, for a kind with two orders, and with a
// filter that turns down most rows of a block before one is scored.
#ifndef HEIMWEG_SERVICES_MATCHING_JOB_SCORER_H_
#define HEIMWEG_SERVICES_MATCHING_JOB_SCORER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "services/matching/job_bounds.h"
#include "services/matching/row_filter.h"
#include "services/matching/row_scorer.h"
#include "services/matching/scan.h"
#include "services/matching/skill_shares.h"

namespace heimweg::matching {

template <>
class RowScorer<JobQuery> {
 public:
  explicit RowScorer(const JobQuery& query, Plan plan = Plan::kChosen);

  // See the template.
  bool InOtherOrder() const { return other_; }
  int32_t Bound(const JobSummary& rows, const NodeRows& node,
                int32_t least = 0);
  void Prefetch(const NodeRows& block) const;
  uint64_t EnterBlock(const JobSummary& rows, const NodeRows& block,
                      int32_t least);
  std::optional<Ranked> Score(const JobQuery::Row& at, uint32_t place,
                              int32_t least);

 private:
  // By JobQuery::kFeatures.
  static constexpr size_t kOccupation = 0;
  static constexpr size_t kSkills = 1;
  static constexpr size_t kHours = 2;
  static constexpr size_t kSalary = 3;
  static constexpr size_t kDistance = 4;
  static constexpr size_t kDates = 5;
  static constexpr size_t kFreshness = 6;
  static_assert(JobQuery::kFeatures[kOccupation] == v1::FEATURE_OCCUPATION);
  static_assert(JobQuery::kFeatures[kSkills] == v1::FEATURE_SKILLS);
  static_assert(JobQuery::kFeatures[kHours] == v1::FEATURE_HOURS);
  static_assert(JobQuery::kFeatures[kSalary] == v1::FEATURE_SALARY);
  static_assert(JobQuery::kFeatures[kDistance] == v1::FEATURE_DISTANCE);
  static_assert(JobQuery::kFeatures[kDates] == v1::FEATURE_DATES);
  static_assert(JobQuery::kFeatures[kFreshness] == v1::FEATURE_FRESHNESS);

  struct Seeker {
    FilteredRows found;  // in the block that was entered
    const RowFilter* in_block = nullptr;
    bool remote_welcome = false;
    int64_t sure_loss = 0;  // by SKILLS, of every row
    // By order; null where skills do not tell rows apart.
    std::array<std::unique_ptr<SkillShares>, 2> shares;
    std::unique_ptr<RowFilter> filter;  // what the others are copied from
    // Each for all segments whose newest jobs are equally old, which nearly all
    // are; made when they are needed.
    std::vector<std::unique_ptr<RowFilter>> filters;
  };

  int64_t Loss(size_t feature, int32_t value) const {
    return int64_t{weights_[feature]} * (kOne - value);
  }
  // What a row of the block that was entered may lose at most.
  int64_t Budget(int32_t least) const { return full_ - SumNeeded(least, of_); }
  bool IsLocal() const;
  uint32_t BlocksNear(const BlockTree<JobSummary>& tree, size_t level,
                      uint32_t node) const;
  // What a row of a node loses at least for a seeker; `too_much` or less.
  // `by_times` is found when it is needed first.
  int64_t LeastLoss(const JobSummary& rows, const NodeRows& node, size_t seeker,
                    int32_t near, int64_t too_much,
                    std::optional<int64_t>& by_times);
  // What it loses at least by SKILLS beyond sure_loss.
  int64_t LossByShares(const Seeker& own, const NodeRows& node) const;
  RowFilter& FilterOf(size_t seeker, const NodeRows& block);
  RowFilter::Losses RemoteLosses(int32_t near) const;
  // Of a block, `near` being its SharedBounds::Near: the rows that may reach
  // `least` if they lie as distances_ say.
  uint64_t FilterSeekers(const JobSummary& rows, const NodeRows& block,
                         int32_t near, int32_t least);
  // What a row loses at least, by what the filter knows and by where it lies.
  int64_t QuickLoss(const Seeker& own, int32_t remote_percent,
                    uint32_t place) const;
  std::optional<int32_t> ScoreFor(const JobQuery::Row& at, uint32_t place,
                                  size_t seeker, int32_t least) const;

  const JobQuery& query_;
  const JobBounds bounds_;
  const QueryWeights<JobQuery> weights_;
  int64_t of_ = 0;    // sum of weights
  int64_t full_ = 0;  // the sum of the best row that there could be
  bool other_ = false;
  bool any_least_ = false;      // whether nodes may be left out
  DistanceLosses distances_{};  // in the block that was entered
  std::vector<Seeker> seekers_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_JOB_SCORER_H_
