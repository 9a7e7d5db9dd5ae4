// SharedQuery: the part of a wish that all kinds have, bound to a shelf: texts
// have become the numbers of its columns.
#ifndef HEIMWEG_SERVICES_MATCHING_SHARED_QUERY_H_
#define HEIMWEG_SERVICES_MATCHING_SHARED_QUERY_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "heimweg/matching/v1/match.pb.h"
#include "services/matching/common_columns.h"
#include "services/matching/constraint.h"
#include "services/matching/constraints/shared.h"
#include "services/matching/feature.h"
#include "services/matching/features/distance.h"
#include "services/matching/features/freshness.h"
#include "services/matching/snapshot.h"
#include "services/matching/weights.h"
#include "services/matching/wish.h"

namespace heimweg::matching {

// One offer of a view.
template <typename Columns>
struct RowAt {
  const Columns& columns;
  size_t segment;
  uint32_t row;
};

template <typename Columns>
RowAt<Columns> RowOf(const ShelfView<Columns>& view, size_t segment,
                     uint32_t row) {
  return {view.segments[segment].segment->columns, segment, row};
}

// Sum of weights and weighted values of features: the score.
// `weights` and `values` are by the kind's features.
template <size_t kCount>
int32_t Score(const std::array<int32_t, kCount>& weights,
              const std::array<FeatureValue, kCount>& values) {
  int64_t sum = 0;
  int64_t of = 0;
  for (size_t i = 0; i < kCount; ++i) {
    sum += int64_t{weights[i]} * values[i].OrNeutral();
    of += weights[i];
  }
  return of == 0 ? 0 : static_cast<int32_t>(sum / of);
}

// Weights by a kind's features.
template <size_t kCount>
std::array<int32_t, kCount> WeightsOf(
    const Wish& wish, const std::array<v1::Feature, kCount>& features) {
  std::array<int32_t, kCount> weights{};
  for (size_t i = 0; i < kCount; ++i) {
    weights[i] = WeightOf(wish.weights, features[i]);
  }
  return weights;
}

// Thread-safe, as it is const. The wish must outlive it.
class SharedQuery {
 public:
  template <typename Columns>
  SharedQuery(const ShelfView<Columns>& view, const Wish& wish)
      : SharedQuery(wish, *view.terms) {
    dismissed_.resize(view.segments.size());
    for (const std::string& name : wish.dismissed) {
      const auto found = view.Find(name);
      if (found) dismissed_[found->first].insert(found->second);
    }
  }

  const Wish& wish() const { return wish_; }
  // Numbers of the networks asked for, 0 for one without offers.
  const std::vector<uint32_t>& networks() const { return networks_; }
  const std::vector<AgsCode>& prefixes() const { return prefixes_; }

  // Calls visit(constraint, outcome) for STATE, NETWORK, REGION and DISMISSED
  // until it returns false; returns what the last call did.
  template <typename Visit>
  bool VisitShared(const CommonColumns& columns, size_t segment, uint32_t row,
                   Visit visit) const {
    return visit(v1::CONSTRAINT_STATE,
                 StateConstraint(columns.state[row], ShownFrom(columns, row),
                                 columns.valid_until[row],
                                 wish_.evaluation_seconds)) &&
           visit(v1::CONSTRAINT_NETWORK,
                 NetworkConstraint(networks_, columns.network[row])) &&
           visit(v1::CONSTRAINT_REGION,
                 RegionConstraint(prefixes_, columns.ags[row])) &&
           visit(v1::CONSTRAINT_DISMISSED, Dismissed(segment, row));
  }

  // From when on the row is shown, in seconds: a duplicate once the offer that
  // it repeats has ended, unless that one's network is not asked for. Never
  // before valid_from.
  uint32_t ShownFrom(const CommonColumns& columns, uint32_t row) const {
    const uint32_t valid_from = columns.valid_from[row];
    if (columns.repeats.empty()) return valid_from;
    const auto found = columns.repeats.find(row);
    if (found == columns.repeats.end() ||
        NetworkConstraint(networks_, found->second.network) ==
            Outcome::kFailed) {
      return valid_from;
    }
    return std::max(valid_from, found->second.until);
  }

  // Unknown if the place is.
  FeatureValue Distance(const CommonColumns& columns, uint32_t row) const {
    const places::GeoPoint point = columns.point[row];
    return IsKnown(point) ? DistanceFeature(wish_.anchors, point)
                          : FeatureValue();
  }
  FeatureValue Freshness(const CommonColumns& columns, uint32_t row) const {
    return FreshnessFeature(wish_.evaluation_seconds, columns.fresh[row]);
  }
  ReturnDays window() const { return {wish_.earliest_day, wish_.latest_day}; }

 private:
  SharedQuery(const Wish& wish, const Dictionaries& terms);

  Outcome Dismissed(size_t segment, uint32_t row) const {
    if (wish_.dismissed.empty()) return Outcome::kOpen;
    return MetIf(!dismissed_[segment].contains(row));
  }

  const Wish& wish_;
  std::vector<uint32_t> networks_;
  std::vector<AgsCode> prefixes_;
  std::vector<absl::flat_hash_set<uint32_t>> dismissed_;  // rows by segment
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SHARED_QUERY_H_
