#include "services/matching/filter_rows.h"

#include <algorithm>

namespace heimweg::matching {
namespace {

constexpr uint32_t kMostLoss = 255;
constexpr uint32_t kMostShare = 255;

#if defined(__x86_64__)

HEIMWEG_AVX2 inline __m256i LossesByShares(const uint8_t* shares,
                                           const RowTables& tables) {
  const __m256i none = _mm256_setzero_si256();
  const __m256i missing = _mm256_xor_si256(
      LoadBytes(shares), _mm256_set1_epi8(static_cast<char>(kMostShare)));
  const __m256i loss =
      _mm256_set1_epi16(static_cast<int16_t>(tables.share_loss));
  // In the upper bytes, so that the upper half of the product is what is
  // wanted.
  return _mm256_packus_epi16(
      _mm256_mulhi_epu16(_mm256_unpacklo_epi8(none, missing), loss),
      _mm256_mulhi_epu16(_mm256_unpackhi_epi8(none, missing), loss));
}

// Losses by DISTANCE as bytes.
HEIMWEG_AVX2 inline __m256i DistanceBytes(const int32_t* losses, int shift) {
  const auto cut = [&](int first) HEIMWEG_AVX2 {
    const __m256i eight =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(losses + first));
    return _mm256_min_epi32(_mm256_srli_epi32(eight, shift),
                            _mm256_set1_epi32(kMostLoss));
  };
  const __m256i bytes =
      _mm256_packus_epi16(_mm256_packus_epi32(cut(0), cut(8)),
                          _mm256_packus_epi32(cut(16), cut(24)));
  // Packed within both halves of the register.
  return _mm256_permutevar8x32_epi32(bytes,
                                     _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
}

// A bit for each byte that is at most `most`.
HEIMWEG_AVX2 inline uint64_t AtMost(__m256i bytes, __m256i most) {
  const __m256i is = _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, most), bytes);
  return static_cast<uint32_t>(_mm256_movemask_epi8(is));
}

// Of the features that neither skills nor places decide.
HEIMWEG_AVX2 inline __m256i OtherLosses(const JobPlanes::Block& block,
                                        const RowTables& tables, size_t first) {
  const auto& losses = tables.losses;
  const __m256i hours = LoadBytes(block[0].data() + first);
  const __m256i pay_and_date = LoadBytes(block[1].data() + first);
  const __m256i age_and_skills = LoadBytes(block[2].data() + first);
  const __m256i digits = LoadBytes(block[3].data() + first);
  const __m256i more_digits = LoadBytes(block[4].data() + first);
  const __m256i terms = LoadBytes(block[5].data() + first);
  __m256i sum = _mm256_max_epu8(OfLowHalves(losses[0], hours),
                                OfHighHalves(losses[1], hours));
  sum = _mm256_adds_epu8(sum, OfLowHalves(losses[2], pay_and_date));
  sum = _mm256_adds_epu8(sum, OfHighHalves(losses[3], pay_and_date));
  sum = _mm256_adds_epu8(sum, OfLowHalves(losses[4], age_and_skills));
  const __m256i codes =
      _mm256_max_epu8(_mm256_max_epu8(OfLowHalves(losses[6], digits),
                                      OfHighHalves(losses[7], digits)),
                      _mm256_max_epu8(OfLowHalves(losses[8], more_digits),
                                      OfHighHalves(losses[9], more_digits)));
  sum = _mm256_adds_epu8(sum, codes);
  return _mm256_adds_epu8(sum, OfHighHalves(losses[11], terms));
}

HEIMWEG_AVX2 void FilterRowsByAvx2(const JobPlanes::Block& block,
                                   const uint8_t* shares,
                                   const DistanceLosses& distances,
                                   const RowTables& tables, uint8_t most,
                                   FilteredRows& rows) {
  const __m256i budget = _mm256_set1_epi8(static_cast<char>(most));
  rows.rows = 0;
  for (size_t first = 0; first < kBlockRows; first += kAvx2Bytes) {
    __m256i sum = OtherLosses(block, tables, first);
    StoreBytes(sum, rows.others.data() + first);
    const __m256i terms = LoadBytes(block[5].data() + first);
    sum = _mm256_adds_epu8(
        sum,
        _mm256_min_epu8(OfLowHalves(tables.losses[10], terms),
                        DistanceBytes(distances.data() + first, tables.shift)));
    const __m256i age_and_skills = LoadBytes(block[2].data() + first);
    const __m256i skills =
        _mm256_min_epu8(LossesByShares(shares + first, tables),
                        OfHighHalves(tables.losses[5], age_and_skills));
    StoreBytes(skills, rows.skills.data() + first);
    rows.rows |= AtMost(_mm256_adds_epu8(sum, skills), budget) << first;
  }
}

#endif

uint8_t CutLoss(uint32_t value) {
  return static_cast<uint8_t>(std::min(value, kMostLoss));
}

uint32_t LossByShare(uint8_t share, const RowTables& tables) {
  constexpr int kLossShift = 8;
  return (kMostShare - share) * tables.share_loss >> kLossShift;
}

}  // namespace

void FilterRowsOneByOne(const JobPlanes::Block& block, const uint8_t* shares,
                        const DistanceLosses& distances,
                        const RowTables& tables, uint8_t most,
                        FilteredRows& rows) {
  rows.rows = 0;
  for (uint32_t row = 0; row < kBlockRows; ++row) {
    std::array<uint32_t, kHalves> loss{};
    for (size_t i = 0; i < kHalves / 2; ++i) {
      loss[2 * i] = tables.losses[2 * i][block[i][row] & 0x0f];
      loss[2 * i + 1] = tables.losses[2 * i + 1][block[i][row] >> 4];
    }
    const uint32_t others =
        std::max(loss[0], loss[1]) + loss[2] + loss[3] + loss[4] +
        std::max({loss[6], loss[7], loss[8], loss[9]}) + loss[11];
    const uint32_t skills = std::min(LossByShare(shares[row], tables), loss[5]);
    const uint32_t distance = std::min<uint32_t>(
        CutLoss(static_cast<uint32_t>(distances[row]) >> tables.shift),
        loss[10]);
    if (others + distance + skills <= most) rows.rows |= uint64_t{1} << row;
    rows.others[row] = CutLoss(others);
    rows.skills[row] = CutLoss(skills);
  }
}

void FilterRows(const JobPlanes::Block& block, const uint8_t* shares,
                const DistanceLosses& distances, const RowTables& tables,
                uint8_t most, FilteredRows& rows) {
#if defined(__x86_64__)
  if (HasAvx2()) {
    return FilterRowsByAvx2(block, shares, distances, tables, most, rows);
  }
#endif
  FilterRowsOneByOne(block, shares, distances, tables, most, rows);
}

}  // namespace heimweg::matching
