#include "services/places/averages.h"

#include <algorithm>
#include <cstddef>

namespace heimweg::places {

int32_t Between(LatLng a, LatLng b) {
  return DistanceMeters(ToGeoPoint(a), ToGeoPoint(b));
}

LatLng Mean(const std::vector<Weighted>& points) {
  Weighted sum{0, {}};
  for (const Weighted& p : points) {
    sum.weight += p.weight;
    sum.location.lat_deg += p.weight * p.location.lat_deg;
    sum.location.lng_deg += p.weight * p.location.lng_deg;
  }
  return {sum.location.lat_deg / sum.weight, sum.location.lng_deg / sum.weight};
}

LatLng Mean(const std::vector<LatLng>& points) {
  std::vector<Weighted> weighted;
  weighted.reserve(points.size());
  for (LatLng p : points) weighted.push_back({1, p});
  return Mean(weighted);
}

LatLng Median(const std::vector<LatLng>& points) {
  std::vector<double> lat;
  std::vector<double> lng;
  for (LatLng p : points) {
    lat.push_back(p.lat_deg);
    lng.push_back(p.lng_deg);
  }
  const auto middle = [](std::vector<double>& values) {
    const auto at = values.begin() + static_cast<ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), at, values.end());
    return *at;
  };
  return {middle(lat), middle(lng)};
}

LatLng MeanWithoutStrays(const std::vector<Weighted>& points,
                         int32_t scatter_m) {
  const auto detour = [&](const Weighted& from) {
    double sum = 0;
    for (const Weighted& to : points) {
      sum += to.weight * Between(from.location, to.location);
    }
    return sum;
  };
  const Weighted& central = *std::min_element(
      points.begin(), points.end(), [&](const Weighted& a, const Weighted& b) {
        return detour(a) < detour(b);
      });
  std::vector<Weighted> near;
  for (const Weighted& p : points) {
    if (Between(p.location, central.location) <= scatter_m) near.push_back(p);
  }
  return Mean(near);
}

}  // namespace heimweg::places
