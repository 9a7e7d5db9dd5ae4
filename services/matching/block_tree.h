// BlockTree: the rows of a segment in blocks, and over them groups of blocks,
// each with a summary that says what its rows can be at most. A search goes
// from the roots into what may still hold a better offer.
#ifndef HEIMWEG_SERVICES_MATCHING_BLOCK_TREE_H_
#define HEIMWEG_SERVICES_MATCHING_BLOCK_TREE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "services/matching/prefetch.h"
#include "services/matching/sphere.h"

namespace heimweg::matching {

inline constexpr uint32_t kBlockRows = 64;
inline constexpr uint32_t kFanOutBits = 3;
inline constexpr uint32_t kFanOut = 1 << kFanOutBits;

// The rows or nodes [first, last).
struct HalfOpen {
  uint32_t first = 0;
  uint32_t last = 0;
};

// Where the nodes under one node lie, or the roots: what a search asks of them
// first, read without their summaries.
struct SiblingSpheres {
  static_assert(EightSpheres::kCount == kFanOut);

  EightSpheres spheres;
  uint8_t unplaced = 0;  // a bit for each with a row without a known point

  bool IsUnplaced(size_t i) const { return (unplaced >> i & 1U) != 0; }
  template <typename Summary>
  void Set(size_t i, const Summary& rows) {
    spheres.Set(i, rows.common.sphere);
    if (rows.common.unplaced) unplaced |= static_cast<uint8_t>(1U << i);
  }
};

// Thread-compatible; after Build it does not change. Summary::Siblings is
// SiblingSpheres, or what else stands beside each other.
template <typename Summary>
class BlockTree {
 public:
  using Siblings = typename Summary::Siblings;

  // `rows` are all rows of the columns in the order of the blocks. Summary
  // needs constructors (columns, span of rows) and (span of summaries).
  template <typename Columns>
  void Build(const Columns& columns, absl::Span<const uint32_t> rows) {
    rows_ = static_cast<uint32_t>(rows.size());
    levels_.clear();
    std::vector<Summary>& blocks = levels_.emplace_back();
    blocks.reserve((rows_ + kBlockRows - 1) / kBlockRows);
    for (uint32_t first = 0; first < rows_; first += kBlockRows) {
      blocks.emplace_back(columns, rows.subspan(first, kBlockRows));
    }
    while (levels_.back().size() > kFanOut) AddLevel();
    siblings_.clear();
    for (const auto& level : levels_) siblings_.push_back(SiblingsOf(level));
  }

  // Level 0 are the blocks; the nodes of the highest level are the roots.
  size_t levels() const { return levels_.size(); }
  uint32_t nodes(size_t level) const {
    return static_cast<uint32_t>(levels_[level].size());
  }
  const Summary& at(size_t level, uint32_t node) const {
    return levels_[level][node];
  }
  // Of the node and those beside it: the node is the one with this number
  // modulo kFanOut.
  const Siblings& siblings(size_t level, uint32_t node) const {
    return siblings_[level][node / kFanOut];
  }
  // For what is asked for soon.
  void PrefetchSiblings(size_t level, uint32_t node) const {
    PrefetchBytes(&siblings(level, node), sizeof(Siblings));
  }
  void PrefetchSummaries(size_t level, HalfOpen nodes) const {
    PrefetchBytes(&at(level, nodes.first),
                  (nodes.last - nodes.first) * sizeof(Summary));
  }
  // The nodes of the level below, [first, last), of a node above level 0.
  HalfOpen Children(size_t level, uint32_t node) const {
    return {node * kFanOut, std::min((node + 1) * kFanOut, nodes(level - 1))};
  }
  // The blocks [first, last) under a node.
  HalfOpen BlocksOf(size_t level, uint32_t node) const {
    HalfOpen blocks{node, node + 1};
    for (; level > 0; --level) {
      blocks.first *= kFanOut;
      blocks.last *= kFanOut;
    }
    blocks.last = std::min(blocks.last, nodes(0));
    return blocks;
  }
  // Of a block: the places of its rows in the order.
  HalfOpen RowsOf(uint32_t block) const {
    return {block * kBlockRows, std::min((block + 1) * kBlockRows, rows_)};
  }

  int64_t Bytes() const {
    size_t bytes = 0;
    for (const auto& level : levels_) {
      bytes += level.capacity() * sizeof(Summary);
    }
    for (const auto& level : siblings_) {
      bytes += level.capacity() * sizeof(Siblings);
    }
    return static_cast<int64_t>(bytes);
  }

 private:
  static std::vector<Siblings> SiblingsOf(const std::vector<Summary>& nodes) {
    std::vector<Siblings> siblings((nodes.size() + kFanOut - 1) / kFanOut);
    for (size_t i = 0; i < nodes.size(); ++i) {
      siblings[i / kFanOut].Set(i % kFanOut, nodes[i]);
    }
    return siblings;
  }

  void AddLevel() {
    std::vector<Summary> above;
    const std::vector<Summary>& below = levels_.back();
    above.reserve((below.size() + kFanOut - 1) / kFanOut);
    for (size_t i = 0; i < below.size(); i += kFanOut) {
      above.emplace_back(absl::MakeConstSpan(below).subspan(i, kFanOut));
    }
    levels_.push_back(std::move(above));
  }

  uint32_t rows_ = 0;
  std::vector<std::vector<Summary>> levels_;
  std::vector<std::vector<Siblings>> siblings_;  // by level
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_BLOCK_TREE_H_
