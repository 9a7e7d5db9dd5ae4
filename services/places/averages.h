// Middles of points on the ground, for areas small enough (below 500 km) that
// latitude and longitude can be averaged on their own.
#ifndef HEIMWEG_SERVICES_PLACES_AVERAGES_H_
#define HEIMWEG_SERVICES_PLACES_AVERAGES_H_

#include <cstdint>
#include <vector>

#include "services/places/distance.h"

namespace heimweg::places {

struct Weighted {
  double weight = 1;  // greater than 0
  LatLng location;
};

// Great-circle distance in metres.
int32_t Between(LatLng a, LatLng b);

// None of these takes an empty vector.
LatLng Mean(const std::vector<Weighted>& points);
LatLng Mean(const std::vector<LatLng>& points);
LatLng Median(const std::vector<LatLng>& points);

// The mean of those points that lie within `scatter_m` metres of the most
// central one, which is the one with the least sum of weighted distances.
LatLng MeanWithoutStrays(const std::vector<Weighted>& points,
                         int32_t scatter_m);

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_AVERAGES_H_
