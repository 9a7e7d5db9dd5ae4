// CellGrid: the rows of a segment by where they are, so that a search around a
// home reads the neighbourhood only. A cell is a cube of 12.4 km whose rows
// are grouped by a label, a fact that bounds their scores.
#ifndef HEIMWEG_SERVICES_MATCHING_CELL_GRID_H_
#define HEIMWEG_SERVICES_MATCHING_CELL_GRID_H_

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

#include "absl/types/span.h"
#include "services/matching/common_columns.h"
#include "services/places/distance.h"

namespace heimweg::matching {

// The least box that holds some points. Thread-compatible.
struct PointBox {
  places::GeoPoint low = {INT32_MAX, INT32_MAX, INT32_MAX};
  places::GeoPoint high = {INT32_MIN, INT32_MIN, INT32_MIN};

  void Add(places::GeoPoint point) { Add(PointBox{point, point}); }
  void Add(const PointBox& other) {
    low = {std::min(low.x, other.low.x), std::min(low.y, other.low.y),
           std::min(low.z, other.low.z)};
    high = {std::max(high.x, other.high.x), std::max(high.y, other.high.y),
            std::max(high.z, other.high.z)};
  }
};

// No two points of the boxes have a lower ChordSquared (distance.h). Not for
// empty boxes.
inline int64_t LeastChordSquared(const PointBox& a, const PointBox& b) {
  const auto gap = [](int64_t low_a, int64_t high_a, int64_t low_b,
                      int64_t high_b) {
    const int64_t between =
        std::max({low_b - high_a, low_a - high_b, int64_t{0}});
    return between * between;
  };
  const int64_t chord = gap(a.low.x, a.high.x, b.low.x, b.high.x) +
                        gap(a.low.y, a.high.y, b.low.y, b.high.y) +
                        gap(a.low.z, a.high.z, b.low.z, b.high.z);
  return std::min(chord, places::kQuarterTurn);
}

// Built once, then unchanged. Thread-compatible.
class CellGrid {
 public:
  // The rows of one label in one cell: rows()[begin, end).
  struct Group {
    uint32_t begin = 0;
    uint32_t end = 0;
    uint16_t label = 0;
  };
  // groups()[begin, end). The cell of key kNowhere holds the rows whose place
  // is not known; its box is empty.
  struct Cell {
    uint64_t key = 0;
    PointBox box;
    uint32_t begin = 0;
    uint32_t end = 0;
  };
  static constexpr uint64_t kNowhere = 0;

  // The cell of a point, the same in every segment.
  static uint64_t KeyOf(places::GeoPoint point);

  // `label_of(row)` is asked once for each row.
  template <typename LabelOf>
  void Build(const std::vector<places::GeoPoint>& points, LabelOf label_of) {
    std::vector<Entry> entries;
    entries.reserve(points.size());
    for (uint32_t row = 0; row < points.size(); ++row) {
      entries.push_back(
          {KeyOf(points[row]), static_cast<uint16_t>(label_of(row)), row});
    }
    Fill(std::move(entries), points);
  }

  const std::vector<Cell>& cells() const { return cells_; }
  absl::Span<const Group> Groups(const Cell& cell) const {
    return {groups_.data() + cell.begin, cell.end - cell.begin};
  }
  absl::Span<const uint32_t> Rows(const Group& group) const {
    return {rows_.data() + group.begin, group.end - group.begin};
  }
  int64_t Bytes() const {
    return BytesOf(cells_) + BytesOf(groups_) + BytesOf(rows_);
  }

 private:
  using Entry = std::tuple<uint64_t, uint16_t, uint32_t>;  // key, label, row

  void Fill(std::vector<Entry> entries,
            const std::vector<places::GeoPoint>& points);

  std::vector<Cell> cells_;
  std::vector<Group> groups_;
  std::vector<uint32_t> rows_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_CELL_GRID_H_
