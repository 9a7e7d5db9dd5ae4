// QuickDistance: what DISTANCE is worth at a point at most, by looking the
// chords to the anchors up in tables that are filled as they are needed; and
// whether the point meets AREA, exactly.
#ifndef HEIMWEG_SERVICES_MATCHING_QUICK_DISTANCE_H_
#define HEIMWEG_SERVICES_MATCHING_QUICK_DISTANCE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/matching/sphere.h"
#include "services/matching/wish.h"
#include "services/places/distance.h"

namespace heimweg::matching {

// Thread-compatible. The anchors must outlive it.
class QuickDistance {
 public:
  explicit QuickDistance(const std::vector<Anchor>& anchors);

  // In millionths: at least the value of DISTANCE without a remote share, or
  // what counts if it is not known; -1: AREA fails.
  int32_t Upper(places::GeoPoint point);
  // The same for any known point of a sphere that meets AREA; -1: none does.
  int32_t UpperIn(const Sphere& sphere);

 private:
  // Eight steps for each power of two, from 200 m to 800 km.
  static constexpr int kStepBits = 3;
  static constexpr int kFirstBits = 30;
  static constexpr int kLastBits = 54;
  static constexpr size_t kSteps =
      1 + (size_t{kLastBits - kFirstBits} << kStepBits);

  struct Near {
    const Anchor* anchor = nullptr;
    std::array<int32_t, kSteps> upper{};  // -1: not computed yet
  };

  static size_t StepOf(int64_t chord_squared);
  // No chord of the step is less.
  static int64_t LeastOf(size_t step);
  static int32_t UpperOf(Near& near, int64_t chord_squared);
  // chord_to(point) is the least squared chord to an anchor.
  template <typename ChordTo>
  int32_t UpperBy(ChordTo chord_to);

  std::vector<Near> anchors_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_QUICK_DISTANCE_H_
