// How long the daily way between two places takes: a documented model of the
// great-circle distance, not a timetable or a routing. A table of real travel
// times can take its place for pairs that it knows.
//
// minutes = access + (detour x distance) at speeds that rise with the length
// of the way, rounded up to whole minutes. Integers only, so that every machine
// agrees, and never falling with the distance, so that a limit in minutes can
// be checked as one in metres. The constants stand in commute.cc.
#ifndef HEIMWEG_SERVICES_PLACES_COMMUTE_H_
#define HEIMWEG_SERVICES_PLACES_COMMUTE_H_

#include <cstdint>

namespace heimweg::places {

enum class CommuteMode { kCar, kTransit, kBicycle, kWalk };

// Minutes from door to door for places `distance_m` metres apart (great
// circle, 0 to kMaxDistanceMeters of distance.h; what is outside counts as the
// nearer end).
int32_t CommuteMinutes(int32_t distance_m, CommuteMode mode);

// The greatest distance, up to kMaxDistanceMeters, that takes no more than
// `minutes`:
//   d <= ReachMeters(m, mode) exactly if CommuteMinutes(d, mode) <= m.
// -1 if even a distance of 0 takes longer.
int32_t ReachMeters(int32_t minutes, CommuteMode mode);

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_COMMUTE_H_
