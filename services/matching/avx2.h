// What of AVX2 several files need: 32 bytes at once. Where the processor has no
// AVX2 they go one by one, with the same result.
#ifndef HEIMWEG_SERVICES_MATCHING_AVX2_H_
#define HEIMWEG_SERVICES_MATCHING_AVX2_H_

#include <array>
#include <cstddef>
#include <cstdint>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace heimweg::matching {

// A byte by half byte, twice, as a register of 32 bytes needs it.
using ByteTable = std::array<uint8_t, 32>;

#if defined(__x86_64__)

// Of functions that are called only where HasAvx2.
#define HEIMWEG_AVX2 __attribute__((target("avx2")))

inline bool HasAvx2() {
  static const bool has = __builtin_cpu_supports("avx2") != 0;
  return has;
}

inline constexpr size_t kAvx2Bytes = 32;

HEIMWEG_AVX2 inline __m256i LoadBytes(const uint8_t* bytes) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes));
}
HEIMWEG_AVX2 inline void StoreBytes(__m256i values, uint8_t* bytes) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(bytes), values);
}

// What a table says of the lower and of the upper half bytes.
HEIMWEG_AVX2 inline __m256i OfLowHalves(const ByteTable& table, __m256i bytes) {
  return _mm256_shuffle_epi8(LoadBytes(table.data()),
                             _mm256_and_si256(bytes, _mm256_set1_epi8(0x0f)));
}
HEIMWEG_AVX2 inline __m256i OfHighHalves(const ByteTable& table,
                                         __m256i bytes) {
  return OfLowHalves(table, _mm256_srli_epi16(bytes, 4));
}

#endif

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_AVX2_H_
