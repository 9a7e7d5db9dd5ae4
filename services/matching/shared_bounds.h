// SharedBounds: what the features and constraints that all kinds have can be at
// most for any row of a summary. True upper bounds: no row that passes has more
// (bounds_test.cc).
#ifndef HEIMWEG_SERVICES_MATCHING_SHARED_BOUNDS_H_
#define HEIMWEG_SERVICES_MATCHING_SHARED_BOUNDS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "services/matching/common_summary.h"
#include "services/matching/quick_distance.h"
#include "services/matching/shared_query.h"
#include "services/matching/wish.h"

namespace heimweg::matching {

// The rows under a node of a tree: those of the blocks [first, last).
struct NodeRows {
  size_t segment = 0;
  uint32_t first = 0;
  uint32_t last = 0;
};

// The greater of what is known and, where something may be unknown, neutral.
class UpperValue {
 public:
  void Known(FeatureValue value) {
    most_ = most_ > value.OrNeutral() ? most_ : value.OrNeutral();
  }
  void Unknown() { most_ = most_ > kNeutral ? most_ : kNeutral; }
  void UnknownIf(bool some) {
    if (some) Unknown();
  }
  // False: no row passes.
  bool any() const { return most_ >= 0; }
  int32_t most() const { return most_; }

 private:
  int32_t most_ = -1;
};

// Thread-safe, as it is const. The query must outlive it.
class SharedBounds {
 public:
  explicit SharedBounds(const SharedQuery& query);

  // False if no row meets STATE, NETWORK and REGION.
  bool MayPass(const CommonSummary& rows) const;
  // Whether that often tells the blocks of a node apart.
  bool IsSelective() const {
    return !query_.networks().empty() || !query_.prefixes().empty();
  }

  // By node, DISTANCE without a remote share of where its rows can be at best;
  // -1: no row meets AREA, or there is no such node.
  void Near(const SiblingSpheres& nodes, QuickDistance::Uppers& near) const {
    distance_.UppersIn(nodes.spheres, near);
    for (size_t i = 0; i < near.size(); ++i) {
      if (nodes.IsUnplaced(i)) near[i] = std::max(near[i], kNeutral);
    }
  }
  // What each row of a block loses by DISTANCE at least, without a remote
  // share; `unplaced`: the place of some may not be known.
  void FindDistances(const BlockPoints& block, bool unplaced,
                     DistanceLosses& losses) const;
  // The same of one row.
  int32_t DistanceLoss(places::GeoPoint point) const {
    return IsKnown(point) ? distance_.LossOf(point) : unplaced_loss_;
  }

  int32_t Freshness(const CommonSummary& rows) const {
    UpperValue upper;
    upper.UnknownIf(rows.undated);
    if (rows.freshest != 0) {
      upper.Known(
          FreshnessFeature(query_.wish().evaluation_seconds, rows.freshest));
    }
    return upper.most();
  }

 private:
  bool MayBeInRegion(const CommonSummary& rows) const;

  const SharedQuery& query_;
  const QuickDistance distance_;
  int32_t unplaced_loss_ = 0;  // by DISTANCE, of whose place is not known
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SHARED_BOUNDS_H_
