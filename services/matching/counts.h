// Counts: what is told on request beside a ranking: the ranked offers by their
// properties, what each constraint alone excludes, and what more would pass if
// a wish gave way. All exact, in one pass.
#ifndef HEIMWEG_SERVICES_MATCHING_COUNTS_H_
#define HEIMWEG_SERVICES_MATCHING_COUNTS_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "heimweg/matching/v1/matching_service.pb.h"
#include "services/matching/contact_query.h"
#include "services/matching/home_query.h"
#include "services/matching/job_query.h"
#include "services/matching/relaxed_limit.h"
#include "services/matching/scan.h"

namespace heimweg::matching {

struct CountOptions {
  bool facets = false;
  bool exclusions = false;
  bool relaxations = false;
  bool eligible = false;  // counted in any case

  bool any() const { return eligible || facets || failures(); }
  // Whether it matters why an offer is not ranked.
  bool failures() const { return exclusions || relaxations; }
};

// Numbers of offers by the codes of the columns. Thread-compatible.
class FacetCounts {
 public:
  void Add(const JobColumns& jobs, uint32_t row);
  void Add(const HomeColumns& homes, uint32_t row);
  void Add(const ContactColumns& contacts, uint32_t row);

  // "type", "district" and, for jobs, "kldb", in this order.
  void Write(type::v1::OfferKind kind, v1::RankOffersResponse& response) const;

 private:
  void AddDistrict(uint32_t ags);

  std::array<int64_t, 256> types_{};
  std::map<uint32_t, int64_t> districts_;  // by the 5 digits
  std::array<int64_t, 100> main_groups_{};
};

// Whether an offer is ranked, and if not, why. Of several seekers one is enough
// to rank it; a constraint alone excludes an offer if, were it gone for all of
// them, the offer would be ranked for one.
template <typename Query>
class Counts {
 public:
  // The query must outlive it.
  Counts(const Query& query, const CountOptions& options)
      : query_(query), options_(options) {
    if (options.relaxations) limits_ = RelaxedLimits(query.wish());
    more_.resize(limits_.size());
  }

  void Add(const typename Query::Row& at) {
    alone_.clear();
    // One that fails is enough to know that it is not ranked, two that none
    // excludes it alone.
    const int most_failures = options_.failures() ? 1 : 0;
    const uint32_t of_household = HouseholdFailures(query_, at, most_failures);
    if (std::popcount(of_household) > most_failures) return;
    for (size_t seeker = 0; seeker < query_.seekers(); ++seeker) {
      const uint32_t failed =
          SeekerFailures(query_, at, seeker, of_household, most_failures);
      if (failed == 0) {
        ++eligible_;
        if (options_.facets) facets_.Add(at.columns, at.row);
        return;
      }
      if (std::has_single_bit(failed)) alone_.emplace_back(seeker, failed);
    }
    if (options_.failures() && !alone_.empty()) AddExcluded(at);
  }

  void Write(v1::RankOffersResponse& response) const {
    response.set_eligible_offers(eligible_);
    response.set_eligible_offers_exact(true);
    if (options_.facets) facets_.Write(query_.wish().kind, response);
    for (size_t i = 0; options_.exclusions && i < excluded_.size(); ++i) {
      if (excluded_[i] == 0) continue;
      v1::ExclusionCount& count = *response.add_exclusions();
      count.set_constraint(static_cast<v1::Constraint>(i));
      count.set_offers(excluded_[i]);
    }
    for (size_t i = 0; i < limits_.size(); ++i) {
      if (more_[i] == 0) continue;
      v1::Relaxation& relaxation = *response.add_relaxations();
      relaxation = limits_[i].text;
      relaxation.set_additional_offers(more_[i]);
    }
  }

 private:
  // For an offer that fails for everybody and for those in `alone_` by one
  // constraint only.
  void AddExcluded(const typename Query::Row& at) {
    uint32_t any = 0;
    for (const auto& [seeker, failed] : alone_) any |= failed;
    for (uint32_t rest = any; rest != 0; rest &= rest - 1) {
      ++excluded_[static_cast<size_t>(std::countr_zero(rest))];
    }
    for (size_t i = 0; i < limits_.size(); ++i) {
      if ((any >> limits_[i].text.constraint() & 1U) == 0) continue;
      if (WouldPass(limits_[i], at)) ++more_[i];
    }
  }

  bool WouldPass(const RelaxedLimit& limit, const typename Query::Row& at) {
    for (const auto& [seeker, failed] : alone_) {
      if (failed != 1U << limit.text.constraint()) continue;
      if (limit.seeker && *limit.seeker != seeker) continue;
      if (query_.PassesRelaxed(limit, at, seeker)) return true;
    }
    return false;
  }

  const Query& query_;
  const CountOptions options_;
  std::vector<RelaxedLimit> limits_;
  std::vector<int64_t> more_;  // by limit
  std::array<int64_t, 32> excluded_{};
  int64_t eligible_ = 0;
  FacetCounts facets_;
  // Seekers for whom one constraint alone fails, with its bit.
  std::vector<std::pair<size_t, uint32_t>> alone_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_COUNTS_H_
