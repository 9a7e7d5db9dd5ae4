// SeekerBound: what a household can be worth to a job at most, told by a
// summary of its wishes: nobody for whom it is too low is looked at further.
#ifndef HEIMWEG_SERVICES_MATCHING_SEEKER_BOUND_H_
#define HEIMWEG_SERVICES_MATCHING_SEEKER_BOUND_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "services/matching/feature.h"
#include "services/matching/features/skills.h"
#include "services/matching/job_columns.h"
#include "services/matching/occupation_code.h"
#include "services/matching/snapshot.h"
#include "services/matching/weights.h"
#include "services/matching/wish_cells.h"

namespace heimweg::matching {

// Thread-safe, as it is const.
class SeekerBound {
 public:
  SeekerBound(const ShelfView<JobColumns>& view, const JobColumns& jobs,
              uint32_t row) {
    has_uris_ = !jobs.EscoUris(row).empty();
    for (const uint32_t packed : jobs.Occupations(row)) {
      groups_.push_back(OccupationCode::Unpacked(packed).digits / 1'000);
    }
    for (const uint32_t packed : jobs.Skills(row)) {
      const AskedSkill skill = AskedSkill::Unpacked(packed);
      const int32_t weight =
          SkillWeight(skill.required) * view.rarity[skill.term];
      skills_.push_back({view.terms->skills.MarkOf(skill.term), weight});
      asked_ += weight;
    }
    for (const v1::Feature feature :
         {v1::FEATURE_OCCUPATION, v1::FEATURE_SKILLS, v1::FEATURE_HOURS,
          v1::FEATURE_DATES}) {
      of_ += WeightRules()[static_cast<size_t>(feature) - 1].standard;
    }
  }

  // In millionths: at least the score of the household for the job with the
  // standard weights of what counts for it (two_sides.h).
  int32_t Of(const WishSummary& summary) const {
    const int64_t lost =
        int64_t{Standard(v1::FEATURE_OCCUPATION)} *
            (kOne - MostOccupation(summary)) +
        int64_t{Standard(v1::FEATURE_SKILLS)} * (kOne - MostSkills(summary));
    return static_cast<int32_t>((int64_t{of_} * kOne - lost) / of_);
  }

 private:
  struct MarkedSkill {
    uint64_t mark;
    int32_t weight;
  };

  static int32_t Standard(v1::Feature feature) {
    return WeightRules()[static_cast<size_t>(feature) - 1].standard;
  }

  // Codes of different main groups share less than two digits, which is worth
  // nothing, where both sides name one.
  int32_t MostOccupation(const WishSummary& summary) const {
    if (groups_.empty() || summary.any_code || (summary.uris && has_uris_)) {
      return kOne;
    }
    const bool shared = std::any_of(
        groups_.begin(), groups_.end(),
        [&summary](uint32_t group) { return summary.HasGroup(group); });
    return shared ? kOne : 0;
  }

  // The share of the skills of which somebody may have each, or what counts if
  // it is not known.
  int32_t MostSkills(const WishSummary& summary) const {
    int64_t shared = 0;
    for (const MarkedSkill& skill : skills_) {
      if ((summary.skills & skill.mark) != 0) shared += skill.weight;
    }
    const FeatureValue known = SkillsFeature(true, shared, asked_);
    return std::max(known.OrNeutral(), FeatureValue().OrNeutral());
  }

  bool has_uris_ = false;
  std::vector<uint32_t> groups_;
  std::vector<MarkedSkill> skills_;
  int32_t asked_ = 0;
  int32_t of_ = 0;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SEEKER_BOUND_H_
