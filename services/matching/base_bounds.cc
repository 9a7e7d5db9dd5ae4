#include "services/matching/base_bounds.h"

#include <cstddef>
#include <memory>

#include "services/matching/weights.h"

namespace heimweg::matching {

BaseBounds::BaseBounds(const JobQuery& query, size_t seeker)
    : query_(query),
      filter_(query, seeker),
      shares_(query, seeker),
      known_(query.view().segments.size()) {
  for (const int32_t weight : WeightsOf(query.wish(), JobQuery::kFeatures)) {
    full_ += int64_t{weight} * kOne;
  }
}

void BaseBounds::Enter(size_t segment) {
  const ShelfView<JobColumns>& view = query_.view();
  const JobColumns& jobs = view.segments[segment].segment->columns;
  known_[segment] = std::make_unique<Known>(filter_);
  Known& known = *known_[segment];
  known.filter.EnterNewest(jobs.newest());
  const size_t blocks = (jobs.rows() + kBlockRows - 1) / kBlockRows;
  known.filtered.resize(blocks);
  // Most blocks are far away from every home and are never written.
  known.losses = std::make_unique_for_overwrite<int32_t[]>(blocks * kBlockRows);
}

void BaseBounds::Filter(size_t segment, uint32_t block, Known& known) {
  known.filtered[block] = 1;
  const JobPlanes& planes =
      query_.view().segments[segment].segment->columns.planes();
  FilteredRows found;
  // Of what passes no row loses more than all there is.
  known.filter.Filter(planes.block(block), shares_.Of(segment, block).shares,
                      DistanceLosses{}, full_, found);
  const uint32_t first = block * kBlockRows;
  for (uint32_t i = 0; i < kBlockRows; ++i) {
    known.losses[first + i] =
        (found.rows >> i & 1U) == 0
            ? kFails
            : static_cast<int32_t>(known.filter.LossOf(found.others[i]) +
                                   known.filter.LossOf(found.skills[i]));
  }
}

}  // namespace heimweg::matching
