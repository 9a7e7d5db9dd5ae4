#include "services/matching/cell_grid.h"

namespace heimweg::matching {
namespace {

// 2^21 units of 2^-30 of the Earth's radius are 12.4 km.
constexpr int kCellBits = 21;
constexpr int kKeyBits = 11;  // of each axis, 2^32 units long
constexpr uint64_t kSomewhere = uint64_t{1} << (3 * kKeyBits);

uint64_t CellOf(int32_t part) {
  constexpr int64_t kRadius = int64_t{1} << 30;
  return static_cast<uint64_t>(part + kRadius) >> kCellBits;
}

}  // namespace

uint64_t CellGrid::KeyOf(places::GeoPoint point) {
  if (!IsKnown(point)) return kNowhere;
  return kSomewhere | CellOf(point.x) << (2 * kKeyBits) |
         CellOf(point.y) << kKeyBits | CellOf(point.z);
}

void CellGrid::Fill(std::vector<Entry> entries,
                    const std::vector<places::GeoPoint>& points) {
  std::sort(entries.begin(), entries.end());
  cells_.clear();
  groups_.clear();
  rows_.clear();
  rows_.reserve(entries.size());
  for (const auto& [key, label, row] : entries) {
    const bool new_cell = cells_.empty() || cells_.back().key != key;
    if (new_cell) {
      cells_.push_back({.key = key,
                        .box = {},
                        .begin = static_cast<uint32_t>(groups_.size()),
                        .end = 0});
    }
    if (new_cell || groups_.back().label != label) {
      const auto begin = static_cast<uint32_t>(rows_.size());
      groups_.push_back({begin, begin, label});
    }
    if (key != kNowhere) cells_.back().box.Add(points[row]);
    rows_.push_back(row);
    ++groups_.back().end;
    cells_.back().end = static_cast<uint32_t>(groups_.size());
  }
  cells_.shrink_to_fit();
  groups_.shrink_to_fit();
}

}  // namespace heimweg::matching
