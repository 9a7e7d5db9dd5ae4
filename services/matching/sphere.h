// Sphere: where a group of offers lies, for bounds of their distance. Not an
// exact hull: it may be larger than it has to be, never smaller.
#ifndef HEIMWEG_SERVICES_MATCHING_SPHERE_H_
#define HEIMWEG_SERVICES_MATCHING_SPHERE_H_

#include <cmath>
#include <cstdint>

#include "absl/types/span.h"
#include "services/places/distance.h"

namespace heimweg::matching {

struct Sphere {
  places::GeoPoint centre;
  float radius = -1;  // in units of GeoPoint; below 0: it holds no point

  bool empty() const { return radius < 0; }
};

// Holds all points that are known.
Sphere SphereOfPoints(absl::Span<const places::GeoPoint> points);
// Holds all spheres that are not empty.
Sphere SphereOfSpheres(absl::Span<const Sphere> spheres);

// At most ChordSquared of `from` and any point of the sphere, which is not
// empty. The rounding of doubles and of points of the sphere, and what the two
// formulas of ChordSquared differ in, is less than what is taken off here.
inline int64_t LeastChordSquared(const Sphere& sphere, places::GeoPoint from) {
  const double x = static_cast<double>(sphere.centre.x) - from.x;
  const double y = static_cast<double>(sphere.centre.y) - from.y;
  const double z = static_cast<double>(sphere.centre.z) - from.z;
  const double least =
      std::sqrt(x * x + y * y + z * z) - static_cast<double>(sphere.radius);
  if (least <= 0) return 0;
  constexpr double kShare = 1 - 1e-7;
  return static_cast<int64_t>(least * least * kShare);
}

// A number in which places that lie near each other are mostly near each other:
// position on a Hilbert curve through all pairs of latitude and longitude, in
// 32 bits. Only the order of rows depends on it, no score.
uint32_t HilbertPosition(places::GeoPoint point);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_SPHERE_H_
