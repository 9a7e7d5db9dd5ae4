// Counts: what is told on request beside a ranking: the ranked offers by their
// properties, what each constraint alone excludes, and what more would pass if
// a wish gave way. All exact, in one pass, which leaves out what cannot count.
#ifndef HEIMWEG_SERVICES_MATCHING_COUNTS_H_
#define HEIMWEG_SERVICES_MATCHING_COUNTS_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "heimweg/matching/v1/matching_service.pb.h"
#include "services/matching/block_area.h"
#include "services/matching/common_summary.h"
#include "services/matching/contact_losses.h"
#include "services/matching/contact_query.h"
#include "services/matching/home_losses.h"
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
  // Rows beside each other are mostly of one municipality: that of the last
  // one, and its district's number, null if it has none.
  uint32_t last_ags_ = 0;
  int64_t* last_district_ = nullptr;
  std::array<int64_t, 100> main_groups_{};
};

// The rows of a block that may pass, by what a search filters them with; AREA
// and what a summary is needed for are not asked. Of kinds whose constraints
// are all the household's. Thread-compatible. The query must outlive it.
template <typename Query>
class QuickPass {
 public:
  explicit QuickPass(const Query& query) : losses_(query) {
    for (const int32_t weight : WeightsOf(query.wish(), Query::kFeatures)) {
      most_ += int64_t{weight} * kOne;
    }
    losses_.Fit(most_);
  }

  // Before blocks of a segment are asked for.
  void Enter(const typename Query::Columns& columns) {
    losses_.EnterNewest(columns.newest());
  }
  // By place in the block, a bit each; none is wrong that is not set.
  uint64_t RowsOf(const typename Query::Columns& columns,
                  uint32_t block) const {
    return losses_.Filter(columns.planes().block(block), most_);
  }

 private:
  typename Query::Losses losses_;
  int64_t most_ = 0;  // that a row which passes can lose
};

// Whether an offer is ranked, and if not, why. Of several seekers one is enough
// to rank it; a constraint alone excludes an offer if, were it gone for all of
// them, the offer would be ranked for one.
template <typename Query>
class Counts {
 public:
  // The query must outlive it.
  Counts(const Query& query, const CountOptions& options)
      : query_(query), options_(options), quick_(query) {
    if (options.relaxations) limits_ = RelaxedLimits(query.wish());
    more_.resize(limits_.size());
  }

  // All rows of the query's view; false as soon as `cancelled` says so, which
  // is asked every few thousand rows.
  bool AddAll(const std::function<bool()>& cancelled) {
    for (size_t i = 0; i < query_.view().segments.size(); ++i) {
      if (!AddSegment(i, cancelled)) return false;
    }
    return true;
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
  // Whether AREA asks of an offer's place alone, for everybody alike, and all
  // constraints are the household's.
  static constexpr bool kAreaOfHousehold =
      requires(const Query& query, const typename Query::Row& at) {
    query.VisitHousehold(at, kStopAtFailure, true);
  };
  struct Nothing {
    explicit Nothing(const Query& /*query*/) {}
  };

  bool AddSegment(size_t segment, const std::function<bool()>& cancelled) {
    constexpr uint32_t kBlocksBetweenChecks = 64;
    const auto& blocks = query_.view().segments[segment].segment->blocks;
    for (uint32_t first = 0; first < blocks.nodes(0); first += kFanOut) {
      if (first % kBlocksBetweenChecks == 0 && cancelled && cancelled()) {
        return false;
      }
      const HalfOpen some = {first, std::min(first + kFanOut, blocks.nodes(0))};
      if constexpr (kAreaOfHousehold) {
        AddSiblings(segment, some);
      } else {
        const HalfOpen rows = {blocks.RowsOf(some.first).first,
                               blocks.RowsOf(some.last - 1).last};
        for (uint32_t row = rows.first; row < rows.last; ++row) {
          if (IsLive(segment, row)) Add(RowOf(query_.view(), segment, row));
        }
      }
    }
    return true;
  }

  bool IsLive(size_t segment, uint32_t row) const {
    return query_.view().segments[segment].IsLive(row);
  }

  // The blocks beside each other.
  void AddSiblings(size_t segment, HalfOpen some) {
    const auto& rows = *query_.view().segments[segment].segment;
    quick_.Enter(rows.columns);
    const OutsideBlocks outside = BlockArea(query_.wish(), limits_)
                                      .Of(rows.blocks.siblings(0, some.first));
    for (uint32_t block = some.first; block < some.last; ++block) {
      const uint32_t place = block % kFanOut;
      if (outside.IsOutside(place)) {
        AddOutside(segment, block, outside.IsBeyond(place));
        continue;
      }
      // What a row that fails in a plane fails besides is wanted, too.
      const uint64_t wanted = options_.failures()
                                  ? ~uint64_t{0}
                                  : quick_.RowsOf(rows.columns, block);
      VisitRows(segment, block, wanted, [&](const auto& at) { Add(at); });
    }
  }

  // Those of a block with a bit in `wanted`.
  template <typename Visit>
  void VisitRows(size_t segment, uint32_t block, uint64_t wanted, Visit visit) {
    const HalfOpen rows =
        query_.view().segments[segment].segment->blocks.RowsOf(block);
    const uint32_t count = rows.last - rows.first;
    if (count < kBlockRows) wanted &= (uint64_t{1} << count) - 1;
    for (; wanted != 0; wanted &= wanted - 1) {
      const uint32_t row =
          rows.first + static_cast<uint32_t>(std::countr_zero(wanted));
      if (IsLive(segment, row)) visit(RowOf(query_.view(), segment, row));
    }
  }

  // A block whose published rows fail AREA, also whichever limit is relaxed if
  // it is `beyond`. Others fail STATE, so that whatever fails besides is one
  // too many.
  void AddOutside(size_t segment, uint32_t block, bool beyond) {
    if (!options_.exclusions && (beyond || !options_.relaxations)) return;
    const auto& columns = query_.view().segments[segment].segment->columns;
    VisitRows(
        segment, block, quick_.RowsOf(columns, block), [&](const auto& at) {
          if (!CommonSummary::Counts(columns.common, at.row)) {
            Add(at);
          } else if (!beyond) {
            Add(at, true);
          } else if (FailAtMost(HouseholdFailures(query_, at, 1, true), 1)) {
            ++excluded_[v1::CONSTRAINT_AREA];
          }
        });
  }

  // Counts a row; `known` as in HouseholdFailures.
  template <typename... Known>
  void Add(const typename Query::Row& at, Known... known) {
    alone_.clear();
    // One that fails is enough to know that it is not ranked, two that none
    // excludes it alone.
    const int most_failures = options_.failures() ? 1 : 0;
    const uint32_t of_household =
        HouseholdFailures(query_, at, most_failures, known...);
    if (!FailAtMost(of_household, most_failures)) return;
    for (size_t seeker = 0; seeker < query_.seekers(); ++seeker) {
      const uint32_t failed =
          SeekerFailures(query_, at, seeker, of_household, most_failures);
      if (failed == 0) {
        ++eligible_;
        if (options_.facets) facets_.Add(at.columns, at.row);
        return;
      }
      if (FailAtMost(failed, 1)) alone_.emplace_back(seeker, failed);
    }
    if (options_.failures() && !alone_.empty()) AddExcluded(at);
  }

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
  std::conditional_t<kAreaOfHousehold, QuickPass<Query>, Nothing> quick_;
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
