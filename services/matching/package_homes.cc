#include "services/matching/package_homes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace heimweg::matching {
namespace {

// False if AreaConstraint fails for every point of the box.
bool AreaMayHold(const std::vector<Anchor>& anchors, const PointBox& box) {
  bool choice = false;
  bool chosen = false;
  for (const Anchor& anchor : anchors) {
    if (anchor.limit == Anchor::Limit::kNone) continue;
    const bool inside = LeastChordSquared({anchor.point, anchor.point}, box) <=
                        anchor.chord_within;
    if (anchor.required && !inside) return false;
    choice = choice || !anchor.required;
    chosen = chosen || (!anchor.required && inside);
  }
  return !choice || chosen;
}

}  // namespace

PackageHomes::PackageHomes(const Snapshot& snapshot, const Wish& wish,
                           Variety variety)
    : snapshot_(snapshot),
      wish_(wish),
      variety_(variety),
      query_(*snapshot.homes, wish),
      weights_(WeightsOf(wish, HomeQuery::kFeatures)) {}

bool PackageHomes::Collect(absl::FunctionRef<bool()> cancelled) {
  const ShelfView<HomeColumns>& view = *snapshot_.homes;
  for (size_t segment = 0; segment < view.segments.size(); ++segment) {
    const SegmentView<HomeColumns>& rows = view.segments[segment];
    const CellGrid& grid = rows.segment->columns.grid();
    for (const CellGrid::Cell& cell : grid.cells()) {
      if (cell.key != CellGrid::kNowhere &&
          !AreaMayHold(wish_.anchors, cell.box)) {
        continue;
      }
      if (cancelled()) return false;
      for (const CellGrid::Group& group : grid.Groups(cell)) {
        for (const uint32_t row : grid.Rows(group)) {
          if (rows.IsLive(row)) Add(RowOf(view, segment, row));
        }
      }
    }
  }
  if (cancelled()) return false;
  MakeCells();
  return true;
}

void PackageHomes::Add(const HomeQuery::Row& at) {
  ++scored_;
  const std::optional<Ranked> ranked = BestSeeker(query_, weights_, at);
  if (!ranked) return;
  HomeAt home;
  home.score = ranked->score;
  home.segment = at.segment;
  home.row = at.row;
  home.spot.point = at.columns.common.point[at.row];
  home.spot.available_day = at.columns.available_day[at.row];
  if (variety_ != Variety::kPackages && RegionOf(home) == 0) return;
  homes_.push_back(home);
}

uint32_t PackageHomes::RegionOf(const HomeAt& home) const {
  if (variety_ == Variety::kPackages) return 0;
  const AgsCode code =
      AgsCode::Unpacked(snapshot_.homes->segments[home.segment]
                            .segment->columns.common.ags[home.row]);
  const uint32_t digits = RegionDigits(variety_);
  return code.length < digits ? 0 : code.Leading(digits);
}

void PackageHomes::MakeCells() {
  std::vector<std::pair<uint64_t, size_t>> by_cell;
  by_cell.reserve(homes_.size());
  for (size_t i = 0; i < homes_.size(); ++i) {
    by_cell.emplace_back(CellGrid::KeyOf(homes_[i].spot.point), i);
  }
  std::sort(by_cell.begin(), by_cell.end());
  for (size_t i = 0; i < by_cell.size(); ++i) {
    const auto& [key, home] = by_cell[i];
    if (i == 0 || by_cell[i - 1].first != key) cells_.emplace_back();
    HomeCell& cell = cells_.back();
    cell.area.known = key != CellGrid::kNowhere;
    if (cell.area.known) cell.area.box.Add(homes_[home].spot.point);
    cell.homes.push_back(home);
  }
  for (HomeCell& cell : cells_) {
    std::stable_sort(cell.homes.begin(), cell.homes.end(),
                     [this](size_t a, size_t b) {
                       return homes_[a].score > homes_[b].score;
                     });
  }
}

HomeArea PackageHomes::everywhere() const {
  HomeArea everywhere;
  for (const HomeCell& cell : cells_) {
    everywhere.known = everywhere.known && cell.area.known;
    if (cell.area.known) everywhere.box.Add(cell.area.box);
  }
  return everywhere;
}

// To find out what is in reach of a part costs as much as some tens of
// packages.
bool PackageHomes::IsWorthSplitting(const HomeCell& cell) const {
  constexpr size_t kFewHomes = 32;
  constexpr int64_t kNear = int64_t{1} << 18;  // 1.6 km
  const PointBox& box = cell.area.box;
  const int64_t side = std::max({int64_t{box.high.x} - box.low.x,
                                 int64_t{box.high.y} - box.low.y,
                                 int64_t{box.high.z} - box.low.z});
  return cell.area.known && cell.homes.size() > kFewHomes && side > kNear;
}

std::vector<size_t> PackageHomes::Split(size_t at) {
  const HomeCell& whole = cells_[at];
  const PointBox& box = whole.area.box;
  const auto half = [](int32_t low, int32_t high, int32_t part) -> size_t {
    return 2 * int64_t{part} > int64_t{low} + high ? 1 : 0;
  };
  std::array<size_t, 8> parts{};
  parts.fill(kNoCell);
  for (const size_t home : whole.homes) {
    const places::GeoPoint& point = homes_[home].spot.point;
    size_t& part = parts[half(box.low.x, box.high.x, point.x) * 4 +
                         half(box.low.y, box.high.y, point.y) * 2 +
                         half(box.low.z, box.high.z, point.z)];
    if (part == kNoCell) {
      part = cells_.size();
      cells_.emplace_back().whole = at;
    }
    cells_[part].area.box.Add(point);
    cells_[part].homes.push_back(home);
  }
  std::vector<size_t> added;
  for (const size_t part : parts) {
    if (part != kNoCell) added.push_back(part);
  }
  return added;
}

}  // namespace heimweg::matching
