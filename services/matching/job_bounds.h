// JobBounds: what the features of the jobs of a summary can be at most.
#ifndef HEIMWEG_SERVICES_MATCHING_JOB_BOUNDS_H_
#define HEIMWEG_SERVICES_MATCHING_JOB_BOUNDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "services/matching/job_query.h"
#include "services/matching/job_summary.h"
#include "services/matching/quick_distance.h"
#include "services/matching/shared_bounds.h"
#include "services/matching/skill_marks.h"

namespace heimweg::matching {

// Thread-compatible: tables and marks are filled as they are needed. The query
// must outlive it.
class JobBounds {
 public:
  using Values = std::array<int32_t, JobQuery::kFeatures.size()>;

  explicit JobBounds(const JobQuery& query);

  // What is the same for all seekers.
  struct OfAll {
    // DISTANCE of a place without a remote share; -1: no place meets AREA.
    int32_t near = -1;
    int32_t dates = 0;
    int32_t freshness = 0;
  };
  // False if no row passes; then `all` may be anything.
  bool Upper(const JobSummary& rows, OfAll& all);
  // For one seeker, `all` being of the same rows; the same. Else no row among
  // them that passes has a greater value of any feature. SKILLS is kOne.
  bool Upper(const JobSummary& rows, const OfAll& all, size_t seeker,
             Among among, Values& upper) const;
  // The part of `all` that a block's rows need.
  int32_t Near(const JobSummary& rows);
  int32_t Near(places::GeoPoint point) { return quick_distance_.Upper(point); }

  // DISTANCE for whom `remote_percent` of remote work is welcome, `near` being
  // at least what it is without; -1: AREA fails.
  static int32_t WithRemote(int32_t near, int32_t remote_percent);

  // At least SKILLS of the rows of a node of the first order.
  int32_t Skills(const JobSummary& rows, const NodeRows& node, size_t seeker);
  // Of one segment; made when they are asked for first.
  const SkillMarks& Marks(size_t segment, size_t seeker);

  // Whether it may pay to look for the parts apart: if occupations are wished
  // and count. Each row is in one of them.
  bool Parts() const { return parts_; }
  // False if no row is among them.
  bool MayHold(const JobSummary& rows, Among among) const;
  bool IsIn(const JobQuery::Row& at, Among among) const;
  // Whether a seeker names an occupation.
  bool Names(size_t seeker) const {
    const JobSeeker& asked = query_.wish().seekers[seeker];
    return !asked.codes.empty() || !asked.esco_uris.empty();
  }

 private:
  UpperValue Occupation(const JobSummary& rows, size_t seeker) const;
  UpperValue Hours(const JobSummary& rows, size_t seeker) const;
  UpperValue Salary(const JobSummary& rows, size_t seeker) const;
  UpperValue Dates(const JobSummary& rows) const;
  bool MayBeEmployed(const JobSummary& rows, size_t seeker) const;

  const JobQuery& query_;
  const SharedBounds shared_;
  QuickDistance quick_distance_;
  bool parts_ = false;
  bool skills_count_ = false;
  bool dates_count_ = false;
  bool freshness_counts_ = false;
  std::vector<std::vector<RoughCode>> codes_;     // wished, by seeker
  std::vector<std::optional<SkillMarks>> marks_;  // by segment and seeker
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_JOB_BOUNDS_H_
