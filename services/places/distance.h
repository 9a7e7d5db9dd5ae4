// Points on the Earth and the great-circle distance between them, computed so
// that every machine gets the same bits. Not travel distance: see commute.h.
//
// Only + - * / and square root of IEEE 754 doubles and integer arithmetic are
// used, because the libraries' sine, cosine and arc sine differ between
// machines in their last bits.
#ifndef HEIMWEG_SERVICES_PLACES_DISTANCE_H_
#define HEIMWEG_SERVICES_PLACES_DISTANCE_H_

#include <cmath>
#include <cstdint>

namespace heimweg::places {

// Mean radius of the Earth (IUGG, R1), in metres.
inline constexpr double kEarthRadiusMeters = 6371008.8;

// The greatest value that DistanceMeters returns: half the circumference.
inline constexpr int32_t kMaxDistanceMeters = 20015114;

// WGS84 degrees.
struct LatLng {
  double lat_deg = 0;  // [-90, 90], north positive
  double lng_deg = 0;  // [-180, 180], east positive

  friend bool operator==(const LatLng&, const LatLng&) = default;
};

// True if both numbers are finite and within their ranges.
bool IsOnEarth(LatLng where);

// A point of the unit sphere: its vector from the centre in units of 2^-30,
// each part rounded to the nearest integer. On the ground a unit is 6 mm.
struct GeoPoint {
  int32_t x = 0;  // towards 0 N 0 E
  int32_t y = 0;  // towards 0 N 90 E
  int32_t z = 0;  // towards the north pole

  friend bool operator==(const GeoPoint&, const GeoPoint&) = default;
};

// `where` must be on Earth.
GeoPoint ToGeoPoint(LatLng where);

// Chords squared are in units of 2^-60, exact integers in [0, kAntipodes].
inline constexpr int64_t kAntipodes = int64_t{1} << 62;
inline constexpr int64_t kQuarterTurn = int64_t{1} << 61;

// The squared length of the straight line between two points. It grows with
// the distance, so that it can be compared in its place. Up to a quarter turn
// (10,000 km) it is dx*dx + dy*dy + dz*dz; a scan for a radius below that may
// use this sum alone. Beyond it is what the antipode of `b` leaves, because
// there the sum says too little about the distance.
inline int64_t ChordSquared(GeoPoint a, GeoPoint b) {
  const auto squared = [](int64_t x, int64_t y, int64_t z) {
    return x * x + y * y + z * z;
  };
  const int64_t near =
      squared(int64_t{a.x} - b.x, int64_t{a.y} - b.y, int64_t{a.z} - b.z);
  if (near <= kQuarterTurn) return near;
  const int64_t rest =
      kAntipodes -
      squared(int64_t{a.x} + b.x, int64_t{a.y} + b.y, int64_t{a.z} + b.z);
  return rest > kQuarterTurn ? rest : kQuarterTurn + 1;
}

// Arc sine of `x` in [0, 0.8], in radians; error below 1e-12.
inline double ArcSine(double x) {
  // The series converges fast for small x (all of Germany); a greater angle is
  // halved first: sin(a/2) = sin(a) / sqrt(2 + 2 cos(a)).
  double turns = 1;
  while (x >= 0.125) {
    x = x / std::sqrt(2 + 2 * std::sqrt(1 - x * x));
    turns = turns * 2;
  }
  const double z = x * x;
  double series = 63.0 / 2816;
  series = series * z + 35.0 / 1152;
  series = series * z + 5.0 / 112;
  series = series * z + 3.0 / 40;
  series = series * z + 1.0 / 6;
  series = series * z + 1;
  return turns * x * series;
}

// The great-circle distance that belongs to a value of ChordSquared, in whole
// metres; at most 1 m from the exact one anywhere. It never falls when the
// chord grows: the chord is cut to whole units of 2^-30, and one such unit
// outweighs every rounding after it.
inline int32_t DistanceMeters(int64_t chord_squared) {
  const bool far = chord_squared > kQuarterTurn;
  const int64_t squared = far ? kAntipodes - chord_squared : chord_squared;
  const auto chord =
      static_cast<int64_t>(std::sqrt(static_cast<double>(squared)));
  constexpr double kHalfUnit = 1.0 / (int64_t{1} << 31);
  constexpr double kPi = 3.14159265358979323846;
  const double angle = 2 * ArcSine(static_cast<double>(chord) * kHalfUnit);
  const double radians = far ? kPi - angle : angle;
  const double to_be_cut = radians * kEarthRadiusMeters + 0.5;
  return static_cast<int32_t>(to_be_cut);
}

inline int32_t DistanceMeters(GeoPoint a, GeoPoint b) {
  return DistanceMeters(ChordSquared(a, b));
}

// The greatest chord squared that lies within `radius_m`:
//   ChordSquared(a, b) <= ChordSquaredWithin(r)
// exactly if DistanceMeters(a, b) <= r. -1, which no chord is within, for a
// negative radius. About 1 us: once for each query, not for each offer.
int64_t ChordSquaredWithin(int32_t radius_m);

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_DISTANCE_H_
