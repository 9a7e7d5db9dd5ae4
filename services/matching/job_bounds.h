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

namespace heimweg::matching {

// Thread-safe, as it is const. The query must outlive it.
class JobBounds {
 public:
  explicit JobBounds(const JobQuery& query);

  // False if no row meets STATE, NETWORK and REGION.
  bool MayPass(const JobSummary& rows) const {
    return shared_.MayPass(rows.common);
  }
  const SharedBounds& shared() const { return shared_; }

  // No row that passes has greater values.
  struct Times {
    int32_t dates = -1;  // -1: no row passes
    int32_t freshness = 0;
  };
  Times TimesOf(const JobSummary& rows) const;
  // The same for one seeker.
  struct Terms {
    int32_t hours = -1;  // -1: no row passes
    int32_t salary = 0;
  };
  Terms TermsOf(const JobSummary& rows, size_t seeker) const;
  // By sibling; what is said of those that are not there means nothing.
  using OfEight = std::array<int32_t, kFanOut>;
  void Occupations(const JobSiblings& nodes, size_t seeker,
                   OfEight& values) const;

  // DISTANCE for whom `remote_percent` of remote work is welcome, `near` being
  // at least what it is without; -1: AREA fails.
  static int32_t WithRemote(int32_t near, int32_t remote_percent);

 private:
  UpperValue Hours(const JobSummary& rows, size_t seeker) const;
  UpperValue Salary(const JobSummary& rows, size_t seeker) const;
  UpperValue Dates(const JobSummary& rows) const;
  bool MayBeEmployed(const JobSummary& rows, size_t seeker) const;

  const JobQuery& query_;
  const SharedBounds shared_;
  bool freshness_counts_ = false;
  // Of a seeker the codes that are wished, and what is in any of them.
  struct WishedCodes {
    std::vector<RoughCode> each;
    RoughCode any;

    void MostCommonDigits(const SiblingCodes& nodes,
                          SiblingCodes::Digits& digits) const;
  };
  std::vector<WishedCodes> codes_;  // by seeker
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_JOB_BOUNDS_H_
