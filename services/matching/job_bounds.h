// JobBounds: what the features of the jobs of a summary can be at most.
#ifndef HEIMWEG_SERVICES_MATCHING_JOB_BOUNDS_H_
#define HEIMWEG_SERVICES_MATCHING_JOB_BOUNDS_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "services/matching/job_query.h"
#include "services/matching/job_summary.h"
#include "services/matching/shared_bounds.h"

namespace heimweg::matching {

// Thread-safe, as it is const. The query must outlive it.
class JobBounds {
 public:
  using Values = std::array<int32_t, JobQuery::kFeatures.size()>;

  explicit JobBounds(const JobQuery& query)
      : query_(query), shared_(query.shared()) {}

  // False if no row passes for the seeker; then `upper` may be anything. Else
  // no row that passes has a greater value of any feature.
  bool Upper(const JobSummary& rows, size_t seeker, Values& upper) const;

 private:
  UpperValue Occupation(const JobSummary& rows, size_t seeker) const;
  UpperValue Skills(const JobSummary& rows, size_t seeker) const;
  UpperValue Hours(const JobSummary& rows, size_t seeker) const;
  UpperValue Salary(const JobSummary& rows, size_t seeker) const;
  UpperValue Distance(const JobSummary& rows, size_t seeker) const;
  UpperValue Dates(const JobSummary& rows) const;
  bool MayBeEmployed(const JobSummary& rows, size_t seeker) const;

  const JobQuery& query_;
  const SharedBounds shared_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_JOB_BOUNDS_H_
