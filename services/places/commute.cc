#include "services/places/commute.h"

#include <algorithm>
#include <array>

#include "services/places/distance.h"

namespace heimweg::places {
namespace {

constexpr int64_t kMillisPerMinute = 60'000;
constexpr int64_t kMillisPerHour = 3'600'000;
constexpr int64_t kNoEnd = INT64_MAX;

// The part of the way up to `end_m` metres of route that is not in an earlier
// tier.
struct SpeedTier {
  int64_t end_m;
  int64_t meters_per_hour;
};

struct CommuteModel {
  int64_t access_minutes;  // what does not depend on the distance
  int64_t detour_percent;  // route length per great-circle length
  std::array<SpeedTier, 3> tiers;
};

// By car: 3 minutes to the car and from the parking place. Roads are about 1.3
// times as long as the straight line in Central Europe's dense network. The
// first 4 km are village and town streets, up to 25 km country roads through
// places, from there on federal roads and motorway.
constexpr CommuteModel kCar = {
    3, 130, {{{4'000, 32'000}, {25'000, 60'000}, {kNoEnd, 85'000}}}};

// By bus and train: 16 minutes for walking at both ends, waiting and one
// change, which is what makes transit slow in the country. Lines wind more
// than roads. The bus sets the pace up to 10 km, the regional train with its
// feeders up to 50 km, the express beyond.
constexpr CommuteModel kTransit = {
    16, 140, {{{10'000, 25'000}, {50'000, 50'000}, {kNoEnd, 80'000}}}};

// By bicycle: 2 minutes to unlock and lock; 15 km/h is an everyday cyclist's
// pace over hills and lights, and 13 km/h is kept on long ways. Paths cut
// corners that roads do not.
constexpr CommuteModel kBicycle = {
    2, 125, {{{15'000, 15'000}, {40'000, 14'000}, {kNoEnd, 13'000}}}};

// On foot: no access, 4.8 km/h, less when the way gets long.
constexpr CommuteModel kWalk = {
    0, 125, {{{5'000, 4'800}, {15'000, 4'500}, {kNoEnd, 4'000}}}};

const CommuteModel& ModelOf(CommuteMode mode) {
  switch (mode) {
    case CommuteMode::kTransit:
      return kTransit;
    case CommuteMode::kBicycle:
      return kBicycle;
    case CommuteMode::kWalk:
      return kWalk;
    case CommuteMode::kCar:
      break;
  }
  return kCar;
}

}  // namespace

int32_t CommuteMinutes(int32_t distance_m, CommuteMode mode) {
  const CommuteModel& model = ModelOf(mode);
  const int64_t distance = std::clamp(distance_m, 0, kMaxDistanceMeters);
  const int64_t route_m = distance * model.detour_percent / 100;
  int64_t millis = model.access_minutes * kMillisPerMinute;
  int64_t begin_m = 0;
  for (const SpeedTier& tier : model.tiers) {
    const int64_t part_m = std::min(route_m, tier.end_m) - begin_m;
    if (part_m <= 0) break;
    millis += part_m * kMillisPerHour / tier.meters_per_hour;
    begin_m = tier.end_m;
  }
  return static_cast<int32_t>((millis + kMillisPerMinute - 1) /
                              kMillisPerMinute);
}

int32_t ReachMeters(int32_t minutes, CommuteMode mode) {
  if (CommuteMinutes(0, mode) > minutes) return -1;
  int32_t within = 0;
  int32_t limit = kMaxDistanceMeters + 1;  // half-open
  while (limit - within > 1) {
    const int32_t middle = within + (limit - within) / 2;
    if (CommuteMinutes(middle, mode) <= minutes) {
      within = middle;
    } else {
      limit = middle;
    }
  }
  return within;
}

}  // namespace heimweg::places
