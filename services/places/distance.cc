#include "services/places/distance.h"

namespace heimweg::places {
namespace {

constexpr double kRadiansPerDegree = 3.14159265358979323846 / 180;
constexpr double kUnitsPerRadius = 1 << 30;

// Sine and cosine of `x` in [-pi/4, pi/4] radians by their series, whose first
// term left out is below 2^-60.
double SmallSine(double x) {
  const double z = x * x;
  double sum = 1;
  for (int n = 16; n >= 2; n -= 2) sum = 1 - sum * z / (n * (n + 1));
  return x * sum;
}

double SmallCosine(double x) {
  const double z = x * x;
  double sum = 1;
  for (int n = 17; n >= 1; n -= 2) sum = 1 - sum * z / (n * (n + 1));
  return sum;
}

struct SineAndCosine {
  double sine;
  double cosine;
};

// `degrees` in [-180, 180]. Whole quarter turns are taken off in degrees,
// where that is exact, so that poles and the date line come out exactly.
SineAndCosine OfDegrees(double degrees) {
  const int quarters =
      static_cast<int>(degrees / 90 + (degrees < 0 ? -0.5 : 0.5));
  const double x = (degrees - 90 * quarters) * kRadiansPerDegree;
  const double sine = SmallSine(x);
  const double cosine = SmallCosine(x);
  switch (quarters) {
    case 0:
      return {sine, cosine};
    case 1:
      return {cosine, -sine};
    case -1:
      return {-cosine, sine};
    default:
      return {-sine, -cosine};
  }
}

int32_t ToUnits(double part) {
  return static_cast<int32_t>(part * kUnitsPerRadius + (part < 0 ? -0.5 : 0.5));
}

}  // namespace

bool IsOnEarth(LatLng where) {
  // Comparisons with a NaN are false.
  return where.lat_deg >= -90 && where.lat_deg <= 90 && where.lng_deg >= -180 &&
         where.lng_deg <= 180;
}

GeoPoint ToGeoPoint(LatLng where) {
  const SineAndCosine lat = OfDegrees(where.lat_deg);
  const SineAndCosine lng = OfDegrees(where.lng_deg);
  return {ToUnits(lat.cosine * lng.cosine), ToUnits(lat.cosine * lng.sine),
          ToUnits(lat.sine)};
}

int64_t ChordSquaredWithin(int32_t radius_m) {
  if (radius_m < 0) return -1;
  int64_t inside = 0;
  int64_t limit = kAntipodes + 1;  // half-open: not known to be inside
  while (limit - inside > 1) {
    const int64_t middle = inside + (limit - inside) / 2;
    if (DistanceMeters(middle) <= radius_m) {
      inside = middle;
    } else {
      limit = middle;
    }
  }
  return inside;
}

}  // namespace heimweg::places
