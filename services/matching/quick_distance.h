// QuickDistance: what DISTANCE is worth at most, and what a job loses by it at
// least, by looking chords to the anchors up in tables; and whether a place may
// meet AREA.
#ifndef HEIMWEG_SERVICES_MATCHING_QUICK_DISTANCE_H_
#define HEIMWEG_SERVICES_MATCHING_QUICK_DISTANCE_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "services/matching/block_tree.h"
#include "services/matching/sphere.h"
#include "services/matching/wish.h"
#include "services/places/distance.h"

namespace heimweg::matching {

// The points of a block's rows.
struct BlockPoints {
  const places::GeoPoint* points = nullptr;
  uint32_t count = 0;  // at most kBlockRows
};

// Weight times what a row's DISTANCE misses to kOne, by row of a block.
using DistanceLosses = std::array<int32_t, kBlockRows>;

// The rows, a bit for each, that lose at most `most`; those that fail AREA for
// certain (QuickDistance::kFails) are never among them.
uint64_t RowsWithin(const DistanceLosses& losses, int64_t most);

// Squared chords in steps, eight for each power of two, from 400 m to 400 km.
struct ChordSteps {
  static constexpr int kBits = 3;
  static constexpr int kFirstBits = 32;
  static constexpr int kLastBits = 52;
  static constexpr int32_t kLast = (kLastBits - kFirstBits) << kBits;
  static constexpr size_t kCount = kLast + 1;

  // Exponent and leading bits of a float, taken as a number, grow with it.
  static constexpr int kFloatShift = 23 - kBits;
  static constexpr int32_t kBeforeFirst = ((127 + kFirstBits) << kBits) - 1;
  static size_t Of(float chord_squared) {
    const int32_t step =
        (std::bit_cast<int32_t>(chord_squared) >> kFloatShift) - kBeforeFirst;
    return static_cast<size_t>(std::clamp(step, 0, kLast));
  }
  // No chord of the step is less.
  static int64_t LeastOf(int32_t step);
};

// Thread-safe, as it is const. The anchors must outlive it.
class QuickDistance {
 public:
  // `weight` is that of DISTANCE.
  QuickDistance(const std::vector<Anchor>& anchors, int32_t weight);

  // In millionths, by sphere: at least DISTANCE, without a remote share, of any
  // known point of it that meets AREA; -1: none does.
  // The two give the same; the first takes what the processor has.
  using Uppers = std::array<int32_t, EightSpheres::kCount>;
  void UppersIn(const EightSpheres& spheres, Uppers& uppers) const;
  void UppersOneByOne(const EightSpheres& spheres, Uppers& uppers) const;

  // No row loses less without a remote share; kFails or nearly so: it fails
  // AREA for certain. Rows whose place is not known lose less than is said. The
  // two give the same; the first takes what the processor has.
  static constexpr int32_t kFails = 1 << 29;
  void Losses(const BlockPoints& rows, DistanceLosses& losses) const;
  void LossesOneByOne(const BlockPoints& rows, DistanceLosses& losses) const;
  // Of a row at a point.
  int32_t LossOf(places::GeoPoint point) const;

  // What is known of one anchor.
  struct Near {
    const Anchor* anchor = nullptr;
    places::GeoPoint point;
    // Squared, rounded up; without a limit: everywhere.
    float within = std::numeric_limits<float>::infinity();
    bool must = false;    // who is not inside fails AREA
    bool choice = false;  // one of several of which one has to be met
    // By step of the chord: its part of DISTANCE, rounded up, and what a row
    // loses.
    std::array<int32_t, ChordSteps::kCount> parts{};
    std::array<int32_t, ChordSteps::kCount> losses{};
  };

 private:
  void Fill(int32_t weight, Near& near) const;

  std::vector<Near> anchors_;
  int64_t weights_ = 0;    // their sum
  int32_t sure_part_ = 0;  // of DISTANCE
  int32_t sure_loss_ = 0;  // of every row
  bool choice_ = false;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_QUICK_DISTANCE_H_
