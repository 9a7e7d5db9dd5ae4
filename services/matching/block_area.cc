#include "services/matching/block_area.h"

#include <array>
#include <cstddef>

#include "services/matching/constraints/shared.h"
#include "services/matching/sphere.h"

namespace heimweg::matching {

OutsideBlocks BlockArea::Of(const SiblingSpheres& blocks) const {
  std::vector<std::array<double, EightSpheres::kCount>> chords;
  chords.reserve(anchors_.size());
  for (const Anchor& anchor : anchors_) {
    chords.push_back(LeastChordsSquared(blocks.spheres, anchor.point));
  }
  OutsideBlocks outside;
  for (size_t block = 0; block < EightSpheres::kCount; ++block) {
    if (blocks.IsUnplaced(block) || blocks.spheres.radius[block] < 0) continue;
    // What may be inside passes at most more often than what is.
    const auto fails = [&](AnchorLimit relaxed) {
      return AreaConstraintIf(anchors_, relaxed, [&](size_t i, int64_t within) {
               return chords[i][block] <= static_cast<double>(within);
             }) == Outcome::kFailed;
    };
    if (!fails({})) continue;
    const auto bit = static_cast<uint8_t>(1U << block);
    outside.now |= bit;
    bool beyond = true;
    for (const RelaxedLimit& limit : limits_) {
      if (limit.text.constraint() != v1::CONSTRAINT_AREA) continue;
      beyond = beyond && fails(limit.area);
    }
    if (beyond) outside.relaxed |= bit;
  }
  return outside;
}

}  // namespace heimweg::matching
