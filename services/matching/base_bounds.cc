#include "services/matching/base_bounds.h"

#include <algorithm>

#include "services/matching/weights.h"

namespace heimweg::matching {

BaseBounds::BaseBounds(const JobQuery& query, size_t seeker)
    : query_(query),
      seeker_(seeker),
      skills_weight_(WeightOf(query.wish().weights, v1::FEATURE_SKILLS)),
      filter_(query, seeker),
      known_(query.view().segments.size()) {
  for (const int32_t weight : WeightsOf(query.wish(), JobQuery::kFeatures)) {
    full_ += int64_t{weight} * kOne;
  }
}

void BaseBounds::Enter(size_t segment) {
  const JobColumns& jobs = query_.view().segments[segment].segment->columns;
  known_[segment] = std::make_unique<Known>(filter_);
  Known& known = *known_[segment];
  known.filter.EnterSegment(jobs.newest());
  if (skills_weight_ > 0) known.marks = SkillMarks(query_, segment, seeker_);
  for (uint8_t rare = 0; rare < HalfBytes::kCount; ++rare) {
    known.unmarked[rare] = SkillsLoss(known.marks.MostOfUnmarked(rare));
  }
  const size_t blocks = (jobs.rows() + kBlockRows - 1) / kBlockRows;
  known.filtered.resize(blocks);
  // Most blocks are far away from every home and are never written.
  known.losses = std::make_unique_for_overwrite<int32_t[]>(blocks * kBlockRows);
}

void BaseBounds::Filter(size_t segment, uint32_t block, Known& known) const {
  known.filtered[block] = 1;
  const JobPlanes& planes =
      query_.view().segments[segment].segment->columns.planes();
  FilteredRows found;
  // Of what passes no row loses more than all there is.
  known.filter.Filter(planes.block(block), full_, full_, found);
  const uint32_t first = block * kBlockRows;
  const uint64_t marked = known.marks.OfBlock(block);
  for (uint32_t i = 0; i < kBlockRows; ++i) {
    int32_t& loss = known.losses[first + i];
    if ((found.any_skills >> i & 1U) == 0) {
      loss = kFails;
      continue;
    }
    const uint8_t rare = planes.RareAt(first + i);
    loss = static_cast<int32_t>(known.filter.LossOf(found.losses[i]));
    loss += (marked >> i & 1U) == 0
                ? known.unmarked[rare]
                : SkillsLoss(known.marks.MostOfMarked(first + i, rare));
  }
}

}  // namespace heimweg::matching
