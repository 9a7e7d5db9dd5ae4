#include <cstddef>
#include <cstdint>

#include "services/matching/avx2.h"
#include "services/matching/home_comparison.h"

namespace heimweg::matching {

#if defined(__x86_64__)

namespace {

constexpr size_t kEight = 8;

HEIMWEG_AVX2 inline __m256i Eight(const uint8_t* numbers) {
  return _mm256_cvtepu8_epi32(
      _mm_loadl_epi64(reinterpret_cast<const __m128i*>(numbers)));
}
HEIMWEG_AVX2 inline __m256i Eight(const uint16_t* numbers) {
  return _mm256_cvtepu16_epi32(
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(numbers)));
}
HEIMWEG_AVX2 inline __m256i Eight(const int16_t* numbers) {
  return _mm256_cvtepi16_epi32(
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(numbers)));
}
HEIMWEG_AVX2 inline __m256i Eight(const int32_t* numbers) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(numbers));
}
HEIMWEG_AVX2 inline __m256 Eight(const float* numbers) {
  return _mm256_loadu_ps(numbers);
}
HEIMWEG_AVX2 inline __m256i All(int32_t number) {
  return _mm256_set1_epi32(number);
}
HEIMWEG_AVX2 inline __m256 All(float number) { return _mm256_set1_ps(number); }

// Masks.
HEIMWEG_AVX2 inline __m256i Greater(__m256i a, __m256i b) {
  return _mm256_cmpgt_epi32(a, b);
}
HEIMWEG_AVX2 inline __m256i NoneOf(__m256i set, int32_t bits) {
  return _mm256_cmpeq_epi32(_mm256_and_si256(set, All(bits)),
                            _mm256_setzero_si256());
}

HEIMWEG_AVX2 inline __m256i LimitsMissed(const HomeComparison& by, size_t at) {
  const HomeGates& gates = by.gates;
  const GatedHome& home = by.home;
  const __m256i none = _mm256_setzero_si256();
  __m256i missed = NoneOf(Eight(&gates.tenures[at]), home.tenure);
  missed = _mm256_or_si256(
      missed, NoneOf(Eight(&gates.home_types[at]), home.home_type));
  missed = _mm256_or_si256(
      missed,
      Greater(_mm256_and_si256(Eight(&gates.needs[at]), All(home.missing)),
              none));
  missed = _mm256_or_si256(
      missed, Greater(All(home.available_day), Eight(&gates.latest_day[at])));
  missed = _mm256_or_si256(
      missed, Greater(Eight(&gates.room_halves[at]), All(home.enough_rooms)));
  const __m256i people = Eight(&gates.people[at]);
  const __m256i unfit =
      _mm256_or_si256(Greater(All(home.fewest_people), people),
                      Greater(people, All(home.most_people)));
  return _mm256_or_si256(
      missed, _mm256_andnot_si256(_mm256_cmpeq_epi32(people, none), unfit));
}

HEIMWEG_AVX2 inline __m256 PricesOf(const HomeComparison& by,
                                    const float* falls) {
  const __m256 fall = Eight(falls);
  const __m256 price = _mm256_min_ps(
      _mm256_sub_ps(All(by.kPriceOfNothing),
                    _mm256_mul_ps(All(by.home.amount_cents), fall)),
      All(by.kUnit));
  const __m256 unsaid = _mm256_cmp_ps(fall, _mm256_setzero_ps(), _CMP_EQ_OQ);
  return _mm256_blendv_ps(price, All(by.kUnsaid), unsaid);
}

HEIMWEG_AVX2 inline __m256 SpacesOf(const HomeComparison& by, size_t at) {
  const GatedHome& home = by.home;
  const __m256i wished = Eight(&by.gates.room_halves[at]);
  const __m256 rooms = _mm256_castsi256_ps(
      _mm256_and_si256(Greater(wished, All(-1)),
                       Greater(All(home.room_halves), _mm256_setzero_si256())));
  const __m256 rise = Eight(&by.gates.area_rise[at]);
  const __m256 area = _mm256_and_ps(
      _mm256_cmp_ps(rise, _mm256_setzero_ps(), _CMP_GT_OQ),
      _mm256_cmp_ps(All(home.area_centi_sqm), _mm256_setzero_ps(), _CMP_GT_OQ));
  const __m256 more =
      _mm256_cvtepi32_ps(_mm256_sub_epi32(All(home.room_halves), wished));
  const __m256 of_rooms =
      _mm256_min_ps(_mm256_add_ps(All(by.kRoomsAreEnough),
                                  _mm256_mul_ps(All(by.kHalfRoom), more)),
                    All(by.kUnit));
  const __m256 of_area = _mm256_min_ps(
      _mm256_mul_ps(All(home.area_centi_sqm), rise), All(by.kUnit));
  const __m256 sum = _mm256_add_ps(_mm256_and_ps(rooms, of_rooms),
                                   _mm256_and_ps(area, of_area));
  const __m256 mean = _mm256_blendv_ps(sum, _mm256_mul_ps(sum, All(by.kHalf)),
                                       _mm256_and_ps(rooms, area));
  return _mm256_blendv_ps(All(by.kUnsaid), mean, _mm256_or_ps(rooms, area));
}

// The number of bits below the ninth.
HEIMWEG_AVX2 inline __m256i Bits(__m256i sets) {
  const __m256i counts =
      _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,  //
                       0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
  const __m256i lower = _mm256_and_si256(sets, All(0x0f));
  const __m256i upper = _mm256_srli_epi32(sets, 4);
  return _mm256_add_epi32(_mm256_shuffle_epi8(counts, lower),
                          _mm256_shuffle_epi8(counts, upper));
}

HEIMWEG_AVX2 inline __m256 EquipmentsOf(const HomeComparison& by, size_t at) {
  const GatedHome& home = by.home;
  const __m256i wished = Eight(&by.gates.equipment[at]);
  const __m256i mbps = Eight(&by.gates.mbps[at]);
  // Masks are -1.
  const __m256i asked = _mm256_and_si256(Greater(mbps, All(-1)),
                                         Greater(All(home.mbps), All(-1)));
  const __m256i fast =
      _mm256_andnot_si256(Greater(mbps, All(home.mbps)), asked);
  const __m256i there = _mm256_sub_epi32(
      Bits(_mm256_and_si256(wished, All(home.has_equipment))), fast);
  const __m256i said = _mm256_sub_epi32(
      Bits(_mm256_and_si256(wished, All(home.said_equipment))), asked);
  const __m256 share =
      _mm256_div_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(there), All(by.kUnit)),
                    _mm256_cvtepi32_ps(said));
  const __m256i unsaid = _mm256_cmpeq_epi32(said, _mm256_setzero_si256());
  return _mm256_blendv_ps(share, All(by.kUnsaid), _mm256_castsi256_ps(unsaid));
}

HEIMWEG_AVX2 inline __m256 SquaredTo(int32_t from, const int32_t* parts) {
  const __m256 part =
      _mm256_cvtepi32_ps(_mm256_sub_epi32(All(from), Eight(parts)));
  return _mm256_mul_ps(part, part);
}

HEIMWEG_AVX2 inline __m256 ChordsSquared(const HomeComparison& by, size_t at) {
  const places::GeoPoint& from = by.home.point;
  const __m256 sum =
      _mm256_add_ps(_mm256_add_ps(SquaredTo(from.x, &by.gates.x[at]),
                                  SquaredTo(from.y, &by.gates.y[at])),
                    SquaredTo(from.z, &by.gates.z[at]));
  return _mm256_mul_ps(sum, All(by.home.place_known));
}

HEIMWEG_AVX2 inline __m256 DistancesOf(const HomeComparison& by, size_t at,
                                       __m256 chords_squared) {
  const __m256 chord = _mm256_max_ps(
      _mm256_sub_ps(_mm256_sqrt_ps(chords_squared), All(by.kRoundedBy)),
      _mm256_setzero_ps());
  const __m256 way = _mm256_mul_ps(chord, Eight(&by.gates.fall[at]));
  const auto next = [way](float part, __m256 rest) HEIMWEG_AVX2 {
    return _mm256_add_ps(All(part), _mm256_mul_ps(rest, way));
  };
  __m256 exp = next(by.kTerm5, All(by.kTerm6));
  exp = next(by.kTerm4, exp);
  exp = next(by.kTerm3, exp);
  exp = next(by.kTerm2, exp);
  exp = next(1, exp);
  exp = next(1, exp);
  return _mm256_max_ps(
      _mm256_add_ps(Eight(&by.gates.rest[at]),
                    _mm256_div_ps(Eight(&by.gates.near[at]), exp)),
      All(by.home.distance_at_least));
}

// Masks of those for whom both sums of weights times values may be enough.
HEIMWEG_AVX2 inline __m256 SumsReached(const HomeComparison& by, size_t at,
                                       __m256 price, __m256 chords_squared) {
  const GatedHome& home = by.home;
  const LetterWeights& letter = by.letter;
  const __m256 space = SpacesOf(by, at);
  __m256 sum = _mm256_setzero_ps();
  __m256 of = _mm256_setzero_ps();
  const auto add = [&](size_t feature, __m256 value) HEIMWEG_AVX2 {
    const __m256 weight =
        _mm256_cvtepi32_ps(Eight(&by.gates.weights[feature][at]));
    sum = _mm256_add_ps(sum, _mm256_mul_ps(weight, value));
    of = _mm256_add_ps(of, weight);
  };
  add(0, DistancesOf(by, at, chords_squared));
  add(1, All(home.dates));
  add(2, price);
  add(3, space);
  add(4, EquipmentsOf(by, at));
  add(5, All(home.freshness));
  const __m256 needed = _mm256_sub_ps(
      _mm256_max_ps(All(by.least),
                    _mm256_mul_ps(Eight(&by.gates.threshold[at]), All(by.own))),
      All(by.kSlack));
  const __m256 own_sum =
      _mm256_add_ps(_mm256_add_ps(All(letter.dates * home.dates),
                                  _mm256_mul_ps(All(letter.price), price)),
                    _mm256_mul_ps(All(letter.space), space));
  return _mm256_and_ps(
      _mm256_cmp_ps(sum, _mm256_mul_ps(needed, _mm256_max_ps(of, All(1.0F))),
                    _CMP_GE_OQ),
      _mm256_cmp_ps(own_sum,
                    _mm256_mul_ps(needed, All(letter.dates + letter.price +
                                              letter.space)),
                    _CMP_GE_OQ));
}

HEIMWEG_AVX2 inline uint64_t EightThatMayBeEnough(const HomeComparison& by,
                                                  const float* falls,
                                                  size_t at) {
  const __m256 price = PricesOf(by, falls);
  const __m256 chords = ChordsSquared(by, at);
  const __m256 missed = _mm256_or_ps(
      _mm256_castsi256_ps(LimitsMissed(by, at)),
      _mm256_or_ps(
          _mm256_cmp_ps(price, All(by.kLeastPrice), _CMP_LT_OQ),
          _mm256_cmp_ps(chords, Eight(&by.gates.within[at]), _CMP_GT_OQ)));
  constexpr int kAllMissed = (1 << kEight) - 1;
  if (_mm256_movemask_ps(missed) == kAllMissed) return 0;
  const __m256 enough =
      _mm256_andnot_ps(missed, SumsReached(by, at, price, chords));
  return static_cast<uint64_t>(_mm256_movemask_ps(enough));
}

HEIMWEG_AVX2 void LeaveOutEightByEight(const HomeComparison& by,
                                       const ChunkBits& open,
                                       ChunkBits& wishes) {
  constexpr uint64_t kLowest = (1 << kEight) - 1;
  const HomeGates::Field<float>& falls = by.Falls();
  for (size_t at = 0; at < kChunkSlots; at += kEight) {
    uint64_t& word = wishes[at / 64];
    if ((word >> (at % 64) & kLowest) == 0) continue;
    const uint64_t enough = EightThatMayBeEnough(by, &falls[at], at);
    word &= ~(kLowest << (at % 64)) | enough << (at % 64) | open[at / 64];
  }
}

}  // namespace

#undef HEIMWEG_AVX2

bool LeaveOutByAvx2(const HomeComparison& by, const ChunkBits& open,
                    ChunkBits& wishes) {
  const bool avx2 = HasAvx2();
  if (avx2) LeaveOutEightByEight(by, open, wishes);
  return avx2;
}

#else

bool LeaveOutByAvx2(const HomeComparison& /*by*/, const ChunkBits& /*open*/,
                    ChunkBits& /*wishes*/) {
  return false;
}

#endif

}  // namespace heimweg::matching
