// The scan: scores every offer of a view for a query, as counts need. A search
// (search.h) finds the same best offers by scoring fewer.
#ifndef HEIMWEG_SERVICES_MATCHING_SCAN_H_
#define HEIMWEG_SERVICES_MATCHING_SCAN_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "heimweg/matching/v1/match.pb.h"
#include "services/matching/shared_query.h"
#include "services/matching/snapshot.h"

namespace heimweg::matching {

// An offer with its score for the seeker for whom it is best.
struct Ranked {
  int32_t score = 0;
  size_t seeker = 0;
  size_t segment = 0;
  uint32_t row = 0;
};

// Keeps the best of many, by score, then by name. Thread-compatible.
template <typename Columns>
class BestOffers {
 public:
  // `view` must outlive it; `limit` is at least 1.
  BestOffers(const ShelfView<Columns>& view, size_t limit)
      : view_(view), limit_(limit) {}

  void Offer(const Ranked& ranked) {
    const auto better = [this](const Ranked& a, const Ranked& b) {
      return IsBetter(a, b);
    };
    if (heap_.size() == limit_) {
      if (!IsBetter(ranked, heap_.front())) return;
      std::pop_heap(heap_.begin(), heap_.end(), better);
      heap_.pop_back();
    }
    heap_.push_back(ranked);
    std::push_heap(heap_.begin(), heap_.end(), better);
  }

  // No offer below this is kept: the score of the last one if the limit is
  // reached, otherwise 0.
  int32_t Least() const {
    return heap_.size() == limit_ ? heap_.front().score : 0;
  }

  // The last of them if the limit is reached, otherwise null. Of offers with
  // its score only those that come before it by name are kept.
  const Ranked* Last() const {
    return heap_.size() == limit_ ? &heap_.front() : nullptr;
  }
  absl::string_view NameOf(const Ranked& ranked) const {
    return view_.segments[ranked.segment].segment->cards.NameAt(ranked.row);
  }

  // The best first.
  std::vector<Ranked> Take() {
    std::sort(
        heap_.begin(), heap_.end(),
        [this](const Ranked& a, const Ranked& b) { return IsBetter(a, b); });
    return std::move(heap_);
  }

 private:
  bool IsBetter(const Ranked& a, const Ranked& b) const {
    if (a.score != b.score) return a.score > b.score;
    return NameOf(a) < NameOf(b);
  }

  const ShelfView<Columns>& view_;
  const size_t limit_;
  std::vector<Ranked> heap_;  // the worst in front
};

// Calls visit(row) for every offer of the view; false as soon as `cancelled`
// says so, which is asked every few thousand rows.
template <typename Columns, typename Visit>
bool VisitOffers(const ShelfView<Columns>& view,
                 const std::function<bool()>& cancelled, Visit visit) {
  constexpr uint32_t kRowsBetweenChecks = 4'096;
  for (size_t segment = 0; segment < view.segments.size(); ++segment) {
    const SegmentView<Columns>& rows = view.segments[segment];
    for (uint32_t row = 0; row < rows.segment->rows(); ++row) {
      if (row % kRowsBetweenChecks == 0 && cancelled && cancelled()) {
        return false;
      }
      if (rows.IsLive(row)) visit(RowOf(view, segment, row));
    }
  }
  return true;
}

inline constexpr auto kStopAtFailure = [](v1::Constraint /*constraint*/,
                                          Outcome outcome) {
  return outcome != Outcome::kFailed;
};

template <typename Query>
using QueryWeights = std::array<int32_t, Query::kFeatures.size()>;

// The seeker with the best score, the first of several; nullopt if the offer
// passes for none.
template <typename Query>
std::optional<Ranked> BestSeeker(const Query& query,
                                 const QueryWeights<Query>& weights,
                                 const typename Query::Row& at) {
  if (!query.VisitHousehold(at, kStopAtFailure)) return std::nullopt;
  std::optional<Ranked> best;
  for (size_t seeker = 0; seeker < query.seekers(); ++seeker) {
    if (!query.VisitSeeker(at, seeker, kStopAtFailure)) continue;
    const int32_t score = Score(weights, query.Features(at, seeker));
    if (!best || score > best->score) {
      best = Ranked{score, seeker, at.segment, at.row};
    }
  }
  return best;
}

struct Ranking {
  std::vector<Ranked> best;
  int64_t eligible = 0;
};

// Nothing if it was cancelled.
template <typename Query>
std::optional<Ranking> Scan(const Query& query, size_t limit,
                            const std::function<bool()>& cancelled) {
  const auto weights = WeightsOf(query.wish(), Query::kFeatures);
  BestOffers<typename Query::Columns> best(query.view(), limit);
  Ranking ranking;
  const bool done =
      VisitOffers(query.view(), cancelled, [&](const typename Query::Row& at) {
        const std::optional<Ranked> ranked = BestSeeker(query, weights, at);
        if (!ranked) return;
        ++ranking.eligible;
        best.Offer(*ranked);
      });
  if (!done) return std::nullopt;
  ranking.best = best.Take();
  return ranking;
}

// Whether no more than `most` bits are set, which is 0 or 1.
inline bool FailAtMost(uint32_t bits, int most) {
  return (most == 0 ? bits : bits & (bits - 1)) == 0;
}

// The constraints of the household that fail, a bit for each; all of them, or
// as soon as they are more than `most`, those that were found. `known` is what
// VisitHousehold takes besides.
template <typename Query, typename... Known>
uint32_t HouseholdFailures(const Query& query, const typename Query::Row& at,
                           int most, Known... known) {
  uint32_t failed = 0;
  query.VisitHousehold(
      at,
      [&](v1::Constraint constraint, Outcome outcome) {
        if (outcome != Outcome::kFailed) return true;
        failed |= 1U << constraint;
        return FailAtMost(failed, most);
      },
      known...);
  return failed;
}

// `failed` and those of the seeker that fail, in the same way.
template <typename Query>
uint32_t SeekerFailures(const Query& query, const typename Query::Row& at,
                        size_t seeker, uint32_t failed, int most) {
  query.VisitSeeker(at, seeker,
                    [&](v1::Constraint constraint, Outcome outcome) {
                      if (outcome != Outcome::kFailed) return true;
                      failed |= 1U << constraint;
                      return FailAtMost(failed, most);
                    });
  return failed;
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SCAN_H_
