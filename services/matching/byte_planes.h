// BytePlanes: offers in a few bytes each, coarsely, so that most of them are
// turned down by looking bytes up in tables (plane_losses.h), many at once,
// before anything exact is read.
#ifndef HEIMWEG_SERVICES_MATCHING_BYTE_PLANES_H_
#define HEIMWEG_SERVICES_MATCHING_BYTE_PLANES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/matching/block_tree.h"
#include "services/matching/prefetch.h"

namespace heimweg::matching {

// A byte of each row of a block.
using BytePlane = std::array<uint8_t, kBlockRows>;

// Thread-compatible; after Build it does not change.
template <size_t kCount>
class BytePlanes {
 public:
  // Rows beyond the last are all 0.
  using Block = std::array<BytePlane, kCount>;

  // bytes_of(row) is an array of kCount bytes.
  template <typename BytesOf>
  void Build(size_t rows, BytesOf bytes_of) {
    blocks_.assign((rows + kBlockRows - 1) / kBlockRows, Block{});
    for (uint32_t row = 0; row < rows; ++row) {
      const std::array<uint8_t, kCount> bytes = bytes_of(row);
      Block& block = blocks_[row / kBlockRows];
      for (size_t i = 0; i < kCount; ++i) block[i][row % kBlockRows] = bytes[i];
    }
  }

  const Block& block(uint32_t block) const { return blocks_[block]; }
  // For a block that is read soon.
  void Prefetch(uint32_t block) const {
    for (const BytePlane& plane : blocks_[block]) {
      matching::Prefetch(plane.data());
    }
  }
  int64_t Bytes() const {
    return static_cast<int64_t>(blocks_.capacity() * sizeof(Block));
  }

 private:
  std::vector<Block> blocks_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_BYTE_PLANES_H_
