// Segment: some offers of one kind as columns and cards, written once and never
// changed. What became of its rows later stands beside it (SegmentView).
#ifndef HEIMWEG_SERVICES_MATCHING_SEGMENT_H_
#define HEIMWEG_SERVICES_MATCHING_SEGMENT_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "services/matching/block_tree.h"
#include "services/matching/cards.h"

namespace heimweg::matching {

// A set of rows. Thread-compatible.
class RowSet {
 public:
  explicit RowSet(uint32_t rows) : words_((rows + 63) / 64) {}

  bool Contains(uint32_t row) const {
    return (words_[row / 64] >> (row % 64) & 1U) != 0;
  }
  void Insert(uint32_t row) { words_[row / 64] |= uint64_t{1} << (row % 64); }
  int64_t Bytes() const { return static_cast<int64_t>(words_.size() * 8); }

 private:
  std::vector<uint64_t> words_;
};

template <typename Columns>
struct Segment {
  Columns columns;
  Cards cards;
  BlockTree<typename Columns::Summary> blocks;

  uint32_t rows() const { return cards.rows(); }

  // After the last row.
  void Seal() {
    columns.Seal();
    cards.Seal();
    blocks.Build(columns);
  }
};

// A segment without the rows that were changed or deleted since.
template <typename Columns>
struct SegmentView {
  std::shared_ptr<const Segment<Columns>> segment;
  std::shared_ptr<const RowSet> dead;  // null: none
  uint32_t live = 0;

  bool IsLive(uint32_t row) const {
    return dead == nullptr || !dead->Contains(row);
  }
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SEGMENT_H_
