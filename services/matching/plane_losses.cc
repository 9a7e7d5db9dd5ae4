#include "services/matching/plane_losses.h"

#include <algorithm>
#include <bit>

#include "services/matching/avx2.h"

namespace heimweg::matching {
namespace {

constexpr uint32_t kSixteenth = 16;
constexpr int64_t kMostOfBudget = 254;
// Below this a unit is too coarse.
constexpr int64_t kLeastOfBudget = 80;

#if defined(__x86_64__)

HEIMWEG_AVX2 void AddLossesByAvx2(const BytePlane& plane,
                                  const ScaledLosses& table, LossSums& sums) {
  // What is 16 or more has its highest bit set by this, so that the shuffle
  // gives 0.
  const __m256i beyond = _mm256_set1_epi8(0x70);
  const __m256i first = LoadBytes(plane.data());
  const __m256i second = LoadBytes(plane.data() + kAvx2Bytes);
  __m256i of_first = _mm256_setzero_si256();
  __m256i of_second = _mm256_setzero_si256();
  for (uint32_t left = table.sixteenths(); left != 0; left &= left - 1) {
    const auto begin =
        static_cast<uint32_t>(std::countr_zero(left)) * kSixteenth;
    const __m256i part = _mm256_broadcastsi128_si256(_mm_loadu_si128(
        reinterpret_cast<const __m128i*>(table.losses().data() + begin)));
    const __m256i base = _mm256_set1_epi8(static_cast<char>(begin));
    const auto look_up = [&](__m256i bytes) HEIMWEG_AVX2 {
      return _mm256_shuffle_epi8(
          part, _mm256_adds_epu8(_mm256_xor_si256(bytes, base), beyond));
    };
    of_first = _mm256_or_si256(of_first, look_up(first));
    of_second = _mm256_or_si256(of_second, look_up(second));
  }
  uint8_t* const at = sums.data();
  StoreBytes(_mm256_adds_epu8(LoadBytes(at), of_first), at);
  StoreBytes(_mm256_adds_epu8(LoadBytes(at + kAvx2Bytes), of_second),
             at + kAvx2Bytes);
}

HEIMWEG_AVX2 void AddHalvesByAvx2(const BytePlane& plane,
                                  const HalfTables& tables, LossSums& sums) {
  for (size_t first = 0; first < kBlockRows; first += kAvx2Bytes) {
    const __m256i bytes = LoadBytes(plane.data() + first);
    uint8_t* const at = sums.data() + first;
    const __m256i low =
        _mm256_adds_epu8(LoadBytes(at), OfLowHalves(tables.low, bytes));
    StoreBytes(_mm256_adds_epu8(low, OfHighHalves(tables.high, bytes)), at);
  }
}

HEIMWEG_AVX2 void AddByPointsByAvx2(const LossSums& points,
                                    const BytePlane& flags,
                                    const PointLosses& losses, LossSums& sums) {
  const __m256i most = _mm256_set1_epi8(PointLosses::kMost);
  const __m256i unsaid = _mm256_set1_epi8(static_cast<char>(losses.unsaid));
  for (size_t first = 0; first < kBlockRows; first += kAvx2Bytes) {
    const __m256i cut = _mm256_min_epu8(LoadBytes(points.data() + first), most);
    const __m256i loss =
        _mm256_blendv_epi8(OfLowHalves(losses.by_points, cut), unsaid,
                           LoadBytes(flags.data() + first));
    uint8_t* const at = sums.data() + first;
    StoreBytes(_mm256_adds_epu8(LoadBytes(at), loss), at);
  }
}

HEIMWEG_AVX2 uint64_t RowsAtMostByAvx2(const LossSums& sums, uint8_t most) {
  const __m256i budget = _mm256_set1_epi8(static_cast<char>(most));
  uint64_t rows = 0;
  for (size_t first = 0; first < kBlockRows; first += kAvx2Bytes) {
    const __m256i bytes = LoadBytes(sums.data() + first);
    const __m256i is = _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, budget), bytes);
    rows |= uint64_t{static_cast<uint32_t>(_mm256_movemask_epi8(is))} << first;
  }
  return rows;
}

#endif

uint8_t Sum(uint32_t a, uint32_t b) {
  return static_cast<uint8_t>(std::min<uint32_t>(a + b, UINT8_MAX));
}

}  // namespace

bool LossUnit::Fit(int64_t budget) {
  const int64_t units = budget >> shift_;
  if (units <= kMostOfBudget && (units >= kLeastOfBudget || shift_ == 0)) {
    return false;
  }
  // The finest unit by which the budget is a byte below 255.
  const auto width =
      static_cast<int>(std::bit_width(static_cast<uint64_t>(budget)));
  shift_ = std::max(width - 8, 0);
  if ((budget >> shift_) > kMostOfBudget) ++shift_;
  return true;
}

void ScaledLosses::Set(size_t byte, uint8_t loss) {
  losses_[byte] = loss;
  if (loss != 0) sixteenths_ |= 1U << (byte / kSixteenth);
}

void ScaledLosses::Scale(const std::array<int32_t, 256>& unscaled,
                         LossUnit unit) {
  sixteenths_ = 0;
  for (size_t i = 0; i < losses_.size(); ++i) Set(i, unit.Of(unscaled[i]));
}

void AddLossesOneByOne(const BytePlane& plane, const ScaledLosses& table,
                       LossSums& sums) {
  for (size_t row = 0; row < kBlockRows; ++row) {
    sums[row] = Sum(sums[row], table.losses()[plane[row]]);
  }
}

void AddHalvesOneByOne(const BytePlane& plane, const HalfTables& tables,
                       LossSums& sums) {
  for (size_t row = 0; row < kBlockRows; ++row) {
    sums[row] = Sum(sums[row], tables.low[plane[row] & 0x0f]);
    sums[row] = Sum(sums[row], tables.high[plane[row] >> 4]);
  }
}

void AddByPointsOneByOne(const LossSums& points, const BytePlane& flags,
                         const PointLosses& losses, LossSums& sums) {
  constexpr uint8_t kUnsaid = 0x80;
  for (size_t row = 0; row < kBlockRows; ++row) {
    const uint8_t cut = std::min(points[row], PointLosses::kMost);
    sums[row] =
        Sum(sums[row], (flags[row] & kUnsaid) != 0 ? losses.unsaid
                                                   : losses.by_points[cut]);
  }
}

void AddLosses(const BytePlane& plane, const ScaledLosses& table,
               LossSums& sums) {
#if defined(__x86_64__)
  if (HasAvx2()) return AddLossesByAvx2(plane, table, sums);
#endif
  AddLossesOneByOne(plane, table, sums);
}

void AddHalves(const BytePlane& plane, const HalfTables& tables,
               LossSums& sums) {
#if defined(__x86_64__)
  if (HasAvx2()) return AddHalvesByAvx2(plane, tables, sums);
#endif
  AddHalvesOneByOne(plane, tables, sums);
}

void AddByPoints(const LossSums& points, const BytePlane& flags,
                 const PointLosses& losses, LossSums& sums) {
#if defined(__x86_64__)
  if (HasAvx2()) return AddByPointsByAvx2(points, flags, losses, sums);
#endif
  AddByPointsOneByOne(points, flags, losses, sums);
}

uint64_t RowsAtMostOneByOne(const LossSums& sums, uint8_t most) {
  uint64_t rows = 0;
  for (size_t row = 0; row < kBlockRows; ++row) {
    if (sums[row] <= most) rows |= uint64_t{1} << row;
  }
  return rows;
}

uint64_t RowsAtMost(const LossSums& sums, uint8_t most) {
#if defined(__x86_64__)
  if (HasAvx2()) return RowsAtMostByAvx2(sums, most);
#endif
  return RowsAtMostOneByOne(sums, most);
}

}  // namespace heimweg::matching
