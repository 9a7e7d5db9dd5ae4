// The scorer of jobs: as row_scorer.h, for a kind with two orders, with tables
// that turn down most rows of a block before one is scored, and with rows that
// are marked since they ask for a rare skill of a seeker.
#ifndef HEIMWEG_SERVICES_MATCHING_JOB_SCORER_H_
#define HEIMWEG_SERVICES_MATCHING_JOB_SCORER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "services/matching/job_bounds.h"
#include "services/matching/quick_distance.h"
#include "services/matching/quick_tables.h"
#include "services/matching/row_scorer.h"
#include "services/matching/scan.h"

namespace heimweg::matching {

template <>
class RowScorer<JobQuery> {
 public:
  explicit RowScorer(const JobQuery& query);

  // See the template.
  bool Parts() const { return bounds_.Parts(); }
  int32_t Bound(const JobSummary& rows, const NodeRows& node) const;
  uint64_t EnterBlock(const JobSummary& rows, const NodeRows& block,
                      int32_t least);
  std::optional<Ranked> Score(const JobQuery::Row& at, int32_t least);

 private:
  // By JobQuery::kFeatures.
  static constexpr size_t kOccupation = 0;
  static constexpr size_t kSkills = 1;
  static constexpr size_t kDistance = 4;
  static_assert(JobQuery::kFeatures[kOccupation] == v1::FEATURE_OCCUPATION);
  static_assert(JobQuery::kFeatures[kSkills] == v1::FEATURE_SKILLS);
  static_assert(JobQuery::kFeatures[kDistance] == v1::FEATURE_DISTANCE);

  // What one seeker can get out of the block that was entered, as weights times
  // values.
  struct Seeker {
    Seeker(const JobQuery& query, size_t seeker) : tables(query, seeker) {}

    bool may_pass = false;
    bool remote_welcome = false;
    int32_t occupation = 0;
    int32_t skills = 0;  // of rows that are not marked
    int32_t distance = 0;
    const SkillMarks* marks = nullptr;
    const int32_t* ages = nullptr;  // see QuickTables
    const QuickTables tables;
  };
  // The same of DISTANCE; below 0 if AREA fails.
  int32_t DistanceOf(const Seeker& own, const JobColumns& jobs, uint32_t row);

  bool Enter(const JobSummary& rows, const NodeRows& block, int32_t least,
             Seeker& own, size_t seeker, uint64_t& rows_of_interest);
  uint64_t Filter(const Seeker& own, const NodeRows& block, uint64_t rows,
                  int64_t needed);
  // What a row of the block can have of SKILLS at most.
  int32_t SkillsOf(const Seeker& own, const JobSlots& slot,
                   uint32_t row) const {
    if (own.marks->Has(row)) {
      return weights_[kSkills] * own.marks->MostOfMarked(row, slot);
    }
    return std::min(weights_[kSkills] * own.marks->MostOfUnmarked(slot),
                    own.skills);
  }
  std::optional<int32_t> ScoreFor(const JobQuery::Row& at, size_t seeker,
                                  int32_t least);
  int64_t WeightedSum(const JobBounds::Values& upper) const;
  // The most of SKILLS under a node, marked or not; `unmarked` is what Upper
  // says.
  int32_t MostSkills(const JobSummary& rows, const NodeRows& node,
                     size_t seeker, int32_t unmarked) const;

  const JobQuery& query_;
  const JobBounds bounds_;
  const QueryWeights<JobQuery> weights_;
  int64_t of_ = 0;  // sum of weights
  // Features that tables do not bound, what weighs most first: it decides
  // soonest.
  std::array<size_t, 3> order_ = {kOccupation, kSkills, kDistance};
  QuickDistance quick_distance_;
  Among among_ = Among::kAll;
  std::vector<Seeker> seekers_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_JOB_SCORER_H_
