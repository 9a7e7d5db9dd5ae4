#include "services/matching/sphere.h"

#include <algorithm>
#include <utility>

#include "services/matching/common_columns.h"

namespace heimweg::matching {
namespace {

// The sum of vectors, and their mean as a point.
struct Mean {
  double x = 0;
  double y = 0;
  double z = 0;
  int64_t count = 0;

  void Add(places::GeoPoint point) {
    x += point.x;
    y += point.y;
    z += point.z;
    ++count;
  }
  places::GeoPoint Point() const {
    const auto n = static_cast<double>(count);
    return {static_cast<int32_t>(x / n), static_cast<int32_t>(y / n),
            static_cast<int32_t>(z / n)};
  }
};

double Chord(places::GeoPoint a, places::GeoPoint b) {
  const double x = static_cast<double>(a.x) - b.x;
  const double y = static_cast<double>(a.y) - b.y;
  const double z = static_cast<double>(a.z) - b.z;
  return std::sqrt(x * x + y * y + z * z);
}

// Rounded up, also where a float cannot hold it.
float RadiusAbove(double chord) {
  constexpr double kShare = 1 + 1e-6;
  return static_cast<float>(chord * kShare + 1);
}

}  // namespace

Sphere SphereOfPoints(absl::Span<const places::GeoPoint> points) {
  Mean mean;
  for (const places::GeoPoint point : points) {
    if (IsKnown(point)) mean.Add(point);
  }
  Sphere sphere;
  if (mean.count == 0) return sphere;
  sphere.centre = mean.Point();
  double farthest = 0;
  for (const places::GeoPoint point : points) {
    if (!IsKnown(point)) continue;
    farthest = std::max(farthest, Chord(sphere.centre, point));
  }
  sphere.radius = RadiusAbove(farthest);
  return sphere;
}

Sphere SphereOfSpheres(absl::Span<const Sphere> spheres) {
  Mean mean;
  for (const Sphere& one : spheres) {
    if (!one.empty()) mean.Add(one.centre);
  }
  Sphere sphere;
  if (mean.count == 0) return sphere;
  sphere.centre = mean.Point();
  double farthest = 0;
  for (const Sphere& one : spheres) {
    if (one.empty()) continue;
    farthest = std::max(farthest, Chord(sphere.centre, one.centre) +
                                      static_cast<double>(one.radius));
  }
  sphere.radius = RadiusAbove(farthest);
  return sphere;
}

uint32_t HilbertPosition(places::GeoPoint point) {
  constexpr double kPi = 3.14159265358979323846;
  constexpr double kUnit = 1 << 30;
  constexpr uint32_t kSide = 1U << 16;
  const double latitude =
      std::asin(std::clamp(static_cast<double>(point.z) / kUnit, -1.0, 1.0));
  const double longitude =
      std::atan2(static_cast<double>(point.y), static_cast<double>(point.x));
  const auto cell = [](double part) {
    return static_cast<uint32_t>(std::clamp(part, 0.0, 1.0) * (kSide - 1));
  };
  uint32_t x = cell(longitude / (2 * kPi) + 0.5);
  uint32_t y = cell(latitude / kPi + 0.5);
  // Quadrant by quadrant, each turned so that the curve stays in one piece
  // (Hilbert 1891).
  uint32_t position = 0;
  for (uint32_t side = kSide / 2; side > 0; side /= 2) {
    const uint32_t right = (x & side) != 0 ? 1 : 0;
    const uint32_t upper = (y & side) != 0 ? 1 : 0;
    position += side * side * ((3 * right) ^ upper);
    if (upper != 0) continue;
    if (right != 0) {
      x = kSide - 1 - x;
      y = kSide - 1 - y;
    }
    std::swap(x, y);
  }
  return position;
}

}  // namespace heimweg::matching
