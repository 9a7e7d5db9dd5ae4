// What rows of a block lose against the best there could be, by their bytes
// (byte_planes.h): looked up in tables, all rows at once where the processor
// has AVX2 and one by one elsewhere, with the same result.
#ifndef HEIMWEG_SERVICES_MATCHING_PLANE_LOSSES_H_
#define HEIMWEG_SERVICES_MATCHING_PLANE_LOSSES_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "services/matching/avx2.h"
#include "services/matching/byte_planes.h"

namespace heimweg::matching {

// The unit in which losses are bytes: 2^shift weights times what is missing to
// kOne. Thread-compatible.
class LossUnit {
 public:
  // Before rows are asked for that lose no more than `budget`, 0 or more. True
  // if the unit is another one now.
  bool Fit(int64_t budget);
  // Cut to whole units and to a byte.
  uint8_t Of(int64_t loss) const {
    return static_cast<uint8_t>(std::min<int64_t>(loss >> shift_, UINT8_MAX));
  }

 private:
  int shift_ = 31;  // At first all is below the unit.
};

// By byte, in a LossUnit. Thread-compatible.
class ScaledLosses {
 public:
  bool any() const { return sixteenths_ != 0; }
  // Those of which not all are 0, a bit for each.
  uint32_t sixteenths() const { return sixteenths_; }
  const std::array<uint8_t, 256>& losses() const { return losses_; }

  void Set(size_t byte, uint8_t loss);
  void Scale(const std::array<int32_t, 256>& unscaled, LossUnit unit);

 private:
  std::array<uint8_t, 256> losses_{};
  uint32_t sixteenths_ = 0;
};

// By row, each cut to 255.
using LossSums = std::array<uint8_t, kBlockRows>;
// What each row loses by a plane.
void AddLosses(const BytePlane& plane, const ScaledLosses& table,
               LossSums& sums);
void AddLossesOneByOne(const BytePlane& plane, const ScaledLosses& table,
                       LossSums& sums);

// A table by lower and one by upper half byte.
struct HalfTables {
  ByteTable low{};
  ByteTable high{};
};
// What both say of a plane.
void AddHalves(const BytePlane& plane, const HalfTables& tables,
               LossSums& sums);
void AddHalvesOneByOne(const BytePlane& plane, const HalfTables& tables,
                       LossSums& sums);

// What rows lose by points.
struct PointLosses {
  static constexpr uint8_t kMost = 15;
  ByteTable by_points{};  // of kMost points and more by the last
  uint8_t unsaid = 0;     // if the highest bit of a row's flags is set
};
void AddByPoints(const LossSums& points, const BytePlane& flags,
                 const PointLosses& losses, LossSums& sums);
void AddByPointsOneByOne(const LossSums& points, const BytePlane& flags,
                         const PointLosses& losses, LossSums& sums);

// The rows, a bit for each, that lose at most `most`, 0 to 254.
uint64_t RowsAtMost(const LossSums& sums, uint8_t most);
uint64_t RowsAtMostOneByOne(const LossSums& sums, uint8_t most);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_PLANE_LOSSES_H_
