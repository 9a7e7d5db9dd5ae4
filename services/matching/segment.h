// Segment: some offers of one kind as columns and cards, written once and never
// changed. What became of its rows later stands beside it (SegmentView).
#ifndef HEIMWEG_SERVICES_MATCHING_SEGMENT_H_
#define HEIMWEG_SERVICES_MATCHING_SEGMENT_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

#include "services/matching/block_tree.h"
#include "services/matching/cards.h"
#include "services/matching/name_order.h"

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

// Sorts rows by place_of(row), equal ones by their number.
template <typename PlaceOf>
void SortByPlace(std::vector<uint32_t>& rows, PlaceOf place_of) {
  std::vector<std::pair<uint64_t, uint32_t>> places;
  places.reserve(rows.size());
  for (const uint32_t row : rows) places.emplace_back(place_of(row), row);
  std::sort(places.begin(), places.end());
  for (size_t i = 0; i < rows.size(); ++i) rows[i] = places[i].second;
}

template <typename Columns>
struct Segment {
  Columns columns;
  Cards cards;
  BlockTree<typename Columns::Summary> blocks;  // in the order of the rows
  NameOrder names;  // of kinds whose scorer looks at it (kOrdersNames)

  uint32_t rows() const { return cards.rows(); }

  // After the last row.
  void Seal() {
    columns.Seal();
    cards.Seal();
    std::vector<uint32_t> order(rows());
    std::iota(order.begin(), order.end(), 0U);
    blocks.Build(columns, order);
    if constexpr (requires { Columns::kOrdersNames; }) names.Build(cards);
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
