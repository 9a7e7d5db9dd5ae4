// BlockArea: which blocks lie outside the anchors' limits as a whole, so that
// AREA need not be asked of each of their rows.
#ifndef HEIMWEG_SERVICES_MATCHING_BLOCK_AREA_H_
#define HEIMWEG_SERVICES_MATCHING_BLOCK_AREA_H_

#include <cstdint>
#include <vector>

#include "services/matching/block_tree.h"
#include "services/matching/relaxed_limit.h"
#include "services/matching/wish.h"

namespace heimweg::matching {

// A bit for each of eight blocks, all of whose published rows fail AREA.
struct OutsideBlocks {
  uint8_t now = 0;
  uint8_t relaxed = 0;  // also whichever limit is relaxed

  bool IsOutside(uint32_t block) const { return (now >> block & 1U) != 0; }
  bool IsBeyond(uint32_t block) const { return (relaxed >> block & 1U) != 0; }
};

// The wish and the limits must outlive it. Thread-safe, as it is const.
class BlockArea {
 public:
  BlockArea(const Wish& wish, const std::vector<RelaxedLimit>& limits)
      : anchors_(wish.anchors), limits_(limits) {}

  OutsideBlocks Of(const SiblingSpheres& blocks) const;

 private:
  const std::vector<Anchor>& anchors_;
  const std::vector<RelaxedLimit>& limits_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_BLOCK_AREA_H_
