#include "services/matching/wish_cells.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace heimweg::matching {
namespace {

constexpr int kCubeBits = 23;
constexpr int64_t kCube = int64_t{1} << kCubeBits;
constexpr int64_t kEarth = int64_t{1} << 30;
// A point of the surface is rounded to whole units.
constexpr int64_t kRounding = 4;
// Limits beyond about 250 km would fill hundreds of cubes.
constexpr int64_t kMostChord = 25 * kCube * kCube;

uint32_t CubeOf(int64_t x, int64_t y, int64_t z) {
  constexpr int64_t kMiddle = 256;
  return static_cast<uint32_t>((x + kMiddle) << 20 | (y + kMiddle) << 10 |
                               (z + kMiddle));
}

uint32_t CubeAt(places::GeoPoint point) {
  return CubeOf(point.x >> kCubeBits, point.y >> kCubeBits,
                point.z >> kCubeBits);
}

// One side of a cube against a coordinate.
struct Side {
  int64_t first;

  // The least distance to `at`.
  int64_t Least(int64_t at) const {
    return std::max<int64_t>({first - at, at - (first + kCube - 1), 0});
  }
  int64_t Most(int64_t at) const {
    return std::max(std::abs(first - at), std::abs(first + kCube - 1 - at));
  }
};

// Whether the cube has a part of the Earth's surface within the limit.
bool Reaches(const Anchor& anchor, Side x, Side y, Side z) {
  const auto squared = [](int64_t a, int64_t b, int64_t c) {
    return a * a + b * b + c * c;
  };
  const places::GeoPoint& from = anchor.point;
  if (squared(x.Least(from.x), y.Least(from.y), z.Least(from.z)) >
      anchor.chord_within) {
    return false;
  }
  constexpr int64_t kInside = kEarth - kRounding;
  constexpr int64_t kOutside = kEarth + kRounding;
  return squared(x.Least(0), y.Least(0), z.Least(0)) <= kOutside * kOutside &&
         squared(x.Most(0), y.Most(0), z.Most(0)) >= kInside * kInside;
}

void AddCubes(const Anchor& anchor, std::vector<uint32_t>& cubes) {
  if (anchor.chord_within < 0) return;  // nothing lies within
  const auto reach = static_cast<int64_t>(
                         std::sqrt(static_cast<double>(anchor.chord_within))) +
                     kRounding;
  const auto first = [reach](int32_t at) { return (at - reach) >> kCubeBits; };
  const auto last = [reach](int32_t at) { return (at + reach) >> kCubeBits; };
  const places::GeoPoint& p = anchor.point;
  for (int64_t x = first(p.x); x <= last(p.x); ++x) {
    for (int64_t y = first(p.y); y <= last(p.y); ++y) {
      for (int64_t z = first(p.z); z <= last(p.z); ++z) {
        if (Reaches(anchor, {x * kCube}, {y * kCube}, {z * kCube})) {
          cubes.push_back(CubeOf(x, y, z));
        }
      }
    }
  }
}

// The cubes in which the profile stands; false: it looks everywhere.
bool CubesOf(const std::vector<Anchor>& anchors, std::vector<uint32_t>& cubes) {
  const Anchor* smallest = nullptr;
  bool far = false;
  bool limited = false;
  for (const Anchor& anchor : anchors) {
    if (anchor.limit == Anchor::Limit::kNone) continue;
    limited = true;
    if (!anchor.required) {
      far = far || anchor.chord_within > kMostChord;
    } else if (smallest == nullptr ||
               anchor.chord_within < smallest->chord_within) {
      smallest = &anchor;
    }
  }
  if (!limited) return false;
  if (smallest != nullptr) {
    if (smallest->chord_within > kMostChord) return false;
    AddCubes(*smallest, cubes);
    return true;
  }
  if (far) return false;
  for (const Anchor& anchor : anchors) {
    if (anchor.limit != Anchor::Limit::kNone) AddCubes(anchor, cubes);
  }
  std::sort(cubes.begin(), cubes.end());
  cubes.erase(std::unique(cubes.begin(), cubes.end()), cubes.end());
  return true;
}

}  // namespace

WishSettings WishSettingsOf(const profiles::v1::Profile& profile) {
  const auto& notifications = profile.notifications();
  return {notifications.enabled(), notifications.has_threshold_millionths()
                                       ? notifications.threshold_millionths()
                                       : kStandardWishThreshold};
}

WishCells::Cell& WishCells::Own(std::shared_ptr<Cell>& cell) {
  if (cell == nullptr) {
    cell = std::make_shared<Cell>();
    own_.insert(cell.get());
  } else if (!own_.contains(cell.get())) {
    cell = std::make_shared<Cell>(*cell);
    own_.insert(cell.get());
  }
  return *cell;
}

template <typename Change>
void WishCells::ChangeCells(const StoredWish& wish, Change change) {
  std::vector<uint32_t> cubes;
  if (!CubesOf(wish.anchors, cubes)) {
    change(Own(everywhere_));
    return;
  }
  for (const uint32_t cube : cubes) change(Own(cells_[cube]));
}

void WishCells::Insert(const StoredWish& wish) {
  ChangeCells(wish, [&wish](Cell& cell) { cell.push_back(wish.slot); });
}

void WishCells::Erase(const StoredWish& wish) {
  ChangeCells(wish, [&wish](Cell& cell) {
    const auto found = std::find(cell.begin(), cell.end(), wish.slot);
    if (found == cell.end()) return;
    *found = cell.back();
    cell.pop_back();
  });
}

absl::Span<const uint32_t> WishCells::Near(places::GeoPoint point) const {
  const auto found = cells_.find(CubeAt(point));
  if (found == cells_.end()) return {};
  return *found->second;
}

absl::Span<const uint32_t> WishCells::Everywhere() const {
  if (everywhere_ == nullptr) return {};
  return *everywhere_;
}

}  // namespace heimweg::matching
