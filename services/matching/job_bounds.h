// JobBounds: what the features of the jobs of a summary can be at most.
#ifndef HEIMWEG_SERVICES_MATCHING_JOB_BOUNDS_H_
#define HEIMWEG_SERVICES_MATCHING_JOB_BOUNDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/matching/job_query.h"
#include "services/matching/job_summary.h"
#include "services/matching/shared_bounds.h"
#include "services/matching/skill_marks.h"

namespace heimweg::matching {

// Thread-safe, as it is const. The query must outlive it.
class JobBounds {
 public:
  using Values = std::array<int32_t, JobQuery::kFeatures.size()>;

  explicit JobBounds(const JobQuery& query);

  // Its marked rows may have up to kOne of SKILLS, whatever Upper says.
  const SkillMarks& Marks(size_t segment, size_t seeker) const {
    return marks_[segment * query_.seekers() + seeker];
  }

  // Of rows of a segment. False if no row among them passes for the seeker;
  // then `upper` may be anything. Else no row among them that passes has a
  // greater value of any feature, but for marked rows and SKILLS.
  bool Upper(const JobSummary& rows, size_t segment, size_t seeker, Among among,
             Values& upper) const;

  // Whether it pays to look for the parts apart: if occupations are wished and
  // count. Each row is in one of them.
  bool Parts() const { return parts_; }
  // False if no row is among them.
  bool MayHold(const JobSummary& rows, Among among) const;
  bool IsIn(const JobQuery::Row& at, Among among) const;

 private:
  bool Names(size_t seeker) const {
    const JobSeeker& asked = query_.wish().seekers[seeker];
    return !asked.codes.empty() || !asked.esco_uris.empty();
  }
  UpperValue Occupation(const JobSummary& rows, size_t seeker) const;
  UpperValue Skills(const JobSummary& rows, size_t segment,
                    size_t seeker) const;
  UpperValue Hours(const JobSummary& rows, size_t seeker) const;
  UpperValue Salary(const JobSummary& rows, size_t seeker) const;
  UpperValue Distance(const JobSummary& rows, size_t seeker) const;
  UpperValue Dates(const JobSummary& rows) const;
  bool MayBeEmployed(const JobSummary& rows, size_t seeker) const;

  const JobQuery& query_;
  const SharedBounds shared_;
  bool parts_ = false;
  std::vector<SkillMarks> marks_;  // by segment and seeker
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_JOB_BOUNDS_H_
