// The scorer of jobs: as row_scorer.h, for a kind with two orders, with a
// filter that turns down most rows of a block before one is scored, and with
// rows that are marked since they ask for a rare skill of a seeker.
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

namespace heimweg::matching {

template <>
class RowScorer<JobQuery> {
 public:
  explicit RowScorer(const JobQuery& query, Plan plan = Plan::kChosen);

  // See the template.
  bool Parts() const { return parts_; }
  int32_t Bound(const JobSummary& rows, const NodeRows& node,
                int32_t least = 0);
  uint64_t EnterBlock(const JobSummary& rows, const NodeRows& block,
                      int32_t least);
  std::optional<Ranked> Score(const JobQuery::Row& at, uint32_t place,
                              int32_t least);

 private:
  // By JobQuery::kFeatures.
  static constexpr size_t kOccupation = 0;
  static constexpr size_t kSkills = 1;
  static constexpr size_t kDistance = 4;
  static_assert(JobQuery::kFeatures[kOccupation] == v1::FEATURE_OCCUPATION);
  static_assert(JobQuery::kFeatures[kSkills] == v1::FEATURE_SKILLS);
  static_assert(JobQuery::kFeatures[kDistance] == v1::FEATURE_DISTANCE);

  struct Seeker {
    // Of the block that was entered: the rows that may reach what was asked
    // for, and what the filter found.
    uint64_t rows = 0;
    FilteredRows found;
    const RowFilter* in_block = nullptr;
    bool by_remote = false;  // the filter counts DISTANCE, by remote shares
    bool remote_welcome = false;
    // Of the segment that was entered; null: not worth it.
    const SkillMarks* marks = nullptr;
    int64_t rest_loss = 0;  // by OCCUPATION, of every row of the rest
    std::unique_ptr<RowFilter> filter;  // of no segment
    // By segment and, if there are parts, part; made when they are needed.
    std::vector<std::unique_ptr<RowFilter>> filters;
  };

  int64_t Loss(size_t feature, int32_t value) const {
    return int64_t{weights_[feature]} * (kOne - value);
  }
  bool IsLocal();
  uint32_t BlocksNear(const BlockTree<JobSummary>& tree, size_t level,
                      uint32_t node);
  RowFilter& FilterOf(size_t seeker, const NodeRows& block);
  RowFilter::Losses SkillLosses(size_t seeker) const;
  RowFilter::Losses RemoteLosses(int32_t near) const;
  uint64_t Filter(const JobSummary& rows, const NodeRows& block, int32_t near,
                  int64_t budget, size_t seeker);
  // Those of the rows of a block that are marked.
  uint64_t Marked(const SkillMarks& marks, const NodeRows& block,
                  uint64_t rows) const;
  static int32_t MostSkills(const JobQuery::Row& at, const SkillMarks& marks);
  std::optional<int32_t> ScoreFor(const JobQuery::Row& at, uint32_t place,
                                  size_t seeker, int32_t least);

  const JobQuery& query_;
  JobBounds bounds_;
  const QueryWeights<JobQuery> weights_;
  int64_t of_ = 0;      // sum of weights
  int64_t full_ = 0;    // the sum of the best row that there could be
  bool local_ = false;  // few rows meet AREA
  bool parts_ = false;
  Among among_ = Among::kAll;
  std::vector<Seeker> seekers_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_JOB_SCORER_H_
