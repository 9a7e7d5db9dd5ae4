// SeekerBound: what a household and a job can be worth to each other at most,
// by the facts of the household alone: nobody for whom it is too low is looked
// at further.
#ifndef HEIMWEG_SERVICES_MATCHING_SEEKER_BOUND_H_
#define HEIMWEG_SERVICES_MATCHING_SEEKER_BOUND_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "services/matching/job_facts.h"
#include "services/matching/job_query.h"
#include "services/matching/snapshot.h"
#include "services/matching/wish_cells.h"
#include "services/matching/wish_postings.h"

namespace heimweg::matching {

// Of one job of a view, which outlives this. Thread-safe, as it is const.
class SeekerBound {
 public:
  // `now` in seconds is the evaluation time.
  SeekerBound(const ShelfView<JobColumns>& view, size_t segment, uint32_t row,
              int64_t now);

  // False if for each adult the score of one side is below `least`, or a
  // constraint of area, dates, hours or salary fails.
  bool MayReach(const StoredWish& wish, int32_t least) const;

  // Calls visit(wish) for wishes with MayReach of `least`, each once: for all
  // of them, or, if `told`, for those who are told of what is new, with their
  // own thresholds. False as soon as a visit is.
  bool Visit(const ProfileView& profiles, int32_t least, bool told,
             absl::FunctionRef<bool(const StoredWish&)> visit) const;

 private:
  struct AskedHash {
    uint32_t hash = 0;
    uint64_t mark = 0;
    int32_t weight = 0;
  };
  class Walk;

  // Sums of standard weights and values of what counts for the job
  // (two_sides.h); a score is reached exactly if Needed(score) is.
  static int64_t OfferSum(FeatureValue occupation, FeatureValue skills,
                          FeatureValue hours, FeatureValue dates);
  static int64_t Needed(int32_t score);

  bool MayReach(const StoredWish& wish, const SeekerFacts& seeker,
                int32_t least) const;
  FeatureValue Occupation(const SeekerFacts& seeker) const;
  FeatureValue Skills(const SeekerFacts& seeker) const;
  FeatureValue MostSkills(uint64_t marks, bool any_skills) const;
  // At least what is shared by the first two digits, of the entry of a list.
  int64_t MostOfferSum(const WishPostings::Seeker& seeker) const;
  // Which skills somebody has at least one of who stands in no list of
  // occupations and reaches `least`; false: it may be none of them.
  bool NeededSkills(int32_t least, std::vector<uint32_t>& hashes) const;

  WeeklyMinutes Hours() const {
    return {jobs_.record(row_).fewest_minutes, jobs_.record(row_).most_minutes};
  }

  const JobColumns& jobs_;
  const uint32_t row_;
  const int64_t now_;
  const FeatureValue freshness_;
  std::vector<OccupationCode> codes_;
  std::vector<uint32_t> main_groups_;  // each once
  std::vector<uint32_t> uris_;         // TextHash
  std::vector<AskedHash> skills_;      // by hash
  int32_t asked_ = 0;                  // the sum of weights
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SEEKER_BOUND_H_
