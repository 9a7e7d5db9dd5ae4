// Sphere: where a group of offers lies, for bounds of their distance. Not an
// exact hull: it may be larger than it has to be, never smaller.
#ifndef HEIMWEG_SERVICES_MATCHING_SPHERE_H_
#define HEIMWEG_SERVICES_MATCHING_SPHERE_H_

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "services/places/distance.h"

namespace heimweg::matching {

struct Sphere {
  places::GeoPoint centre;
  float radius = -1;  // in units of GeoPoint; below 0: it holds no point

  bool empty() const { return radius < 0; }
};

// Spheres beside each other, for what is computed of all of them at once.
struct EightSpheres {
  static constexpr size_t kCount = 8;

  std::array<int32_t, kCount> x{};
  std::array<int32_t, kCount> y{};
  std::array<int32_t, kCount> z{};
  // Those not set are empty.
  std::array<float, kCount> radius = {-1, -1, -1, -1, -1, -1, -1, -1};

  void Set(size_t i, const Sphere& sphere) {
    x[i] = sphere.centre.x;
    y[i] = sphere.centre.y;
    z[i] = sphere.centre.z;
    radius[i] = sphere.radius;
  }
};

// Holds all points that are known.
Sphere SphereOfPoints(absl::Span<const places::GeoPoint> points);
// Holds all spheres that are not empty.
Sphere SphereOfSpheres(absl::Span<const Sphere> spheres);

// Of each sphere at most ChordSquared of `from` and any of its points; of empty
// ones it means nothing. What doubles and points of the sphere are rounded by,
// and what the two formulas of ChordSquared differ in, is less than what is
// taken off here.
inline std::array<double, EightSpheres::kCount> LeastChordsSquared(
    const EightSpheres& spheres, places::GeoPoint from) {
  constexpr double kShare = 1 - 1e-7;
  std::array<double, EightSpheres::kCount> chords;
  for (size_t i = 0; i < chords.size(); ++i) {
    const double x = static_cast<double>(spheres.x[i]) - from.x;
    const double y = static_cast<double>(spheres.y[i]) - from.y;
    const double z = static_cast<double>(spheres.z[i]) - from.z;
    const double least = std::sqrt(x * x + y * y + z * z) -
                         static_cast<double>(spheres.radius[i]);
    chords[i] = least <= 0 ? 0 : least * least * kShare;
  }
  return chords;
}

// A number in which places that lie near each other are mostly near each other:
// position on a Hilbert curve through all pairs of latitude and longitude, in
// 32 bits. Only the order of rows depends on it, no score.
uint32_t HilbertPosition(places::GeoPoint point);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SPHERE_H_
