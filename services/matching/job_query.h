// JobQuery: a wish for jobs bound to the indexed jobs.
#ifndef HEIMWEG_SERVICES_MATCHING_JOB_QUERY_H_
#define HEIMWEG_SERVICES_MATCHING_JOB_QUERY_H_

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "services/matching/constraints/job.h"
#include "services/matching/job_columns.h"
#include "services/matching/occupation_code.h"
#include "services/matching/relaxed_limit.h"
#include "services/matching/shared_query.h"
#include "services/matching/snapshot.h"
#include "services/matching/wish.h"

namespace heimweg::matching {

class JobBounds;

// Thread-safe, as it is const. View and wish must outlive it.
class JobQuery {
 public:
  using Columns = JobColumns;
  using Bounds = JobBounds;
  using Row = RowAt<JobColumns>;

  static constexpr std::array<v1::Feature, 7> kFeatures = {
      v1::FEATURE_OCCUPATION, v1::FEATURE_SKILLS,   v1::FEATURE_HOURS,
      v1::FEATURE_SALARY,     v1::FEATURE_DISTANCE, v1::FEATURE_DATES,
      v1::FEATURE_FRESHNESS};
  using Values = std::array<FeatureValue, kFeatures.size()>;

  // A skill of an adult that some job asks for.
  struct HeldSkill {
    uint32_t term = 0;
    const std::string* name = nullptr;  // as the adult or ESCO writes it
    std::string folded;                 // the name, by which ties are broken
  };

  // What of a seeker is bound to the shelf.
  struct Seeker {
    std::bitset<100> main_groups;  // of the wished codes
    std::vector<uint32_t> esco_uris;
    bool any_skills = false;        // named, or needed by an occupation
    std::vector<HeldSkill> skills;  // each term once
    std::vector<uint8_t> holds;     // by term, as long as the view's rarity
    int32_t floor_hourly_cents = -1;
    int32_t required_hourly_cents = -1;
    std::vector<uint8_t> spoken;  // see LanguageConstraint
    std::vector<uint32_t> excluded;
  };

  JobQuery(const ShelfView<JobColumns>& view, const Wish& wish);

  const ShelfView<JobColumns>& view() const { return view_; }
  const Wish& wish() const { return shared_.wish(); }
  const SharedQuery& shared() const { return shared_; }
  // Those for whom jobs are scored, each on its own.
  size_t seekers() const { return seekers_.size(); }
  // Whether it is known what the adult can do.
  bool HasSkills(size_t seeker) const { return seekers_[seeker].any_skills; }
  const std::vector<HeldSkill>& HeldSkills(size_t seeker) const {
    return seekers_[seeker].skills;
  }

  const Seeker& bound(size_t seeker) const { return seekers_[seeker]; }

  // Calls visit(constraint, outcome) for the constraints of the household until
  // it returns false; returns what the last call did.
  template <typename Visit>
  bool VisitHousehold(const Row& at, Visit visit) const {
    return shared_.VisitShared(at.columns.common, at.segment, at.row, visit) &&
           visit(v1::CONSTRAINT_DATES,
                 DatesConstraint(wish().latest_day,
                                 at.columns.record(at.row).start_day));
  }

  // The same for those of a seeker.
  template <typename Visit>
  bool VisitSeeker(const Row& at, size_t seeker, Visit visit) const {
    const JobColumns& jobs = at.columns;
    const uint32_t row = at.row;
    const Seeker& own = seekers_[seeker];
    const JobSeeker& asked = wish().seekers[seeker];
    return visit(v1::CONSTRAINT_AREA, Area(at, asked, {})) &&
           visit(v1::CONSTRAINT_HOURS,
                 HoursConstraint(asked.weekly, Hours(at))) &&
           visit(v1::CONSTRAINT_SALARY,
                 SalaryConstraint(own.required_hourly_cents,
                                  jobs.record(row).hourly_cents)) &&
           visit(v1::CONSTRAINT_EMPLOYMENT,
                 EmploymentConstraint(
                     asked.employment_types, jobs.record(row).employment_type,
                     asked.no_temp_agency, jobs.record(row).temp_agency)) &&
           visit(
               v1::CONSTRAINT_LICENCE,
               LicenceConstraint(asked.licences, jobs.record(row).licences)) &&
           visit(v1::CONSTRAINT_LANGUAGE,
                 LanguageConstraint(own.spoken, jobs.Languages(row))) &&
           visit(
               v1::CONSTRAINT_EMPLOYER,
               NotExcludedConstraint(!asked.excluded_employers.empty(),
                                     own.excluded, jobs.record(row).employer));
  }

  // Whether the constraint of `limit` is no longer failed.
  bool PassesRelaxed(const RelaxedLimit& limit, const Row& at,
                     size_t seeker) const;

  Values Features(const Row& at, size_t seeker) const;
  // One of them, by its index in kFeatures.
  FeatureValue Feature(size_t index, const Row& at, size_t seeker) const;

  // Greatest number of leading digits that a wished and an offered code share,
  // with the offered code.
  struct BestCode {
    uint32_t common_digits = 0;
    OccupationCode offered;
  };
  BestCode BestCodeOf(const Row& at, size_t seeker) const;
  FeatureValue Occupation(const Row& at, size_t seeker) const;

 private:
  Seeker Bind(const JobSeeker& asked) const;
  void BindSkills(const JobSeeker& asked, Seeker& own) const;
  Outcome Area(const Row& at, const JobSeeker& asked,
               AnchorLimit relaxed) const;
  static WeeklyMinutes Hours(const Row& at) {
    return {at.columns.record(at.row).fewest_minutes,
            at.columns.record(at.row).most_minutes};
  }
  FeatureValue Skills(const Row& at, size_t seeker) const;
  FeatureValue Distance(const Row& at, size_t seeker) const;

  const ShelfView<JobColumns>& view_;
  SharedQuery shared_;
  std::vector<Seeker> seekers_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_JOB_QUERY_H_
