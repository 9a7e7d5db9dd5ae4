#include "services/matching/quick_distance.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "services/matching/avx2.h"
#include "services/matching/feature.h"
#include "services/matching/features/distance.h"

namespace heimweg::matching {
namespace {

// More is not lost by rounding distances to spheres to floats.
constexpr float kCut = 1 - 1e-6F;

// From one end of the Earth to the other it wraps, to the same square.
float Square(int32_t a, int32_t b) {
  const auto difference = static_cast<float>(static_cast<int32_t>(
      static_cast<uint32_t>(a) - static_cast<uint32_t>(b)));
  return difference * difference;
}

// At most ChordSquared of `from` and any point of a sphere that is not empty.
float LeastSquareTo(const EightSpheres& spheres, size_t i,
                    places::GeoPoint from) {
  const float chord =
      std::sqrt(Square(spheres.x[i], from.x) + Square(spheres.y[i], from.y) +
                Square(spheres.z[i], from.z));
  const float least = std::max(chord * kCut - spheres.radius[i], 0.0F);
  return least * least * kCut;
}

#if defined(__x86_64__)

constexpr uint32_t kLanes = 8;

struct EightPoints {
  __m256i x, y, z;
};

// Four parts of points, and those twelve further on in the upper half.
HEIMWEG_AVX2 inline __m256 Halves(const int32_t* parts) {
  const auto four = [parts](int first) HEIMWEG_AVX2 {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(parts + first));
  };
  return _mm256_castsi256_ps(_mm256_set_m128i(four(12), four(0)));
}

// 24 numbers, sorted by part.
HEIMWEG_AVX2 inline EightPoints Load(const int32_t* parts) {
  static_assert(sizeof(places::GeoPoint) == 3 * sizeof(int32_t));
  const __m256 xyzx = Halves(parts);
  const __m256 yzxy = Halves(parts + 4);
  const __m256 zxyz = Halves(parts + 8);
  const __m256 xy = _mm256_shuffle_ps(yzxy, zxyz, _MM_SHUFFLE(2, 1, 3, 2));
  const __m256 yz = _mm256_shuffle_ps(xyzx, yzxy, _MM_SHUFFLE(1, 0, 2, 1));
  return {
      _mm256_castps_si256(_mm256_shuffle_ps(xyzx, xy, _MM_SHUFFLE(2, 0, 3, 0))),
      _mm256_castps_si256(_mm256_shuffle_ps(yz, xy, _MM_SHUFFLE(3, 1, 2, 0))),
      _mm256_castps_si256(
          _mm256_shuffle_ps(yz, zxyz, _MM_SHUFFLE(3, 0, 3, 1)))};
}

HEIMWEG_AVX2 inline __m256 Squares(__m256i parts, __m256i from) {
  const __m256 difference = _mm256_cvtepi32_ps(_mm256_sub_epi32(parts, from));
  return _mm256_mul_ps(difference, difference);
}

HEIMWEG_AVX2 inline __m256i StepsOf(__m256 chords) {
  const __m256i step = _mm256_sub_epi32(
      _mm256_srli_epi32(_mm256_castps_si256(chords), ChordSteps::kFloatShift),
      _mm256_set1_epi32(ChordSteps::kBeforeFirst));
  return _mm256_min_epi32(_mm256_max_epi32(step, _mm256_setzero_si256()),
                          _mm256_set1_epi32(ChordSteps::kLast));
}

HEIMWEG_AVX2 void AddLossesByAvx2(const QuickDistance::Near& near,
                                  const BlockPoints& rows,
                                  DistanceLosses& losses) {
  const __m256i from_x = _mm256_set1_epi32(near.point.x);
  const __m256i from_y = _mm256_set1_epi32(near.point.y);
  const __m256i from_z = _mm256_set1_epi32(near.point.z);
  for (uint32_t place = 0; place < kBlockRows; place += kLanes) {
    const EightPoints points = Load(&rows.points[place].x);
    const __m256 chord = _mm256_add_ps(
        _mm256_add_ps(Squares(points.x, from_x), Squares(points.y, from_y)),
        Squares(points.z, from_z));
    auto* const sums = reinterpret_cast<__m256i*>(losses.data() + place);
    const __m256i sum = _mm256_add_epi32(
        _mm256_loadu_si256(sums),
        _mm256_i32gather_epi32(near.losses.data(), StepsOf(chord),
                               sizeof(int32_t)));
    _mm256_storeu_si256(
        sums, _mm256_min_epi32(sum, _mm256_set1_epi32(QuickDistance::kFails)));
  }
}

HEIMWEG_AVX2 inline __m256 LeastSquaresByAvx2(const EightSpheres& spheres,
                                              places::GeoPoint from) {
  const auto squares = [](const auto& parts, int32_t part) HEIMWEG_AVX2 {
    return Squares(
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(parts.data())),
        _mm256_set1_epi32(part));
  };
  const __m256 cut = _mm256_set1_ps(kCut);
  const __m256 chords = _mm256_sqrt_ps(_mm256_add_ps(
      _mm256_add_ps(squares(spheres.x, from.x), squares(spheres.y, from.y)),
      squares(spheres.z, from.z)));
  const __m256 least =
      _mm256_max_ps(_mm256_sub_ps(_mm256_mul_ps(chords, cut),
                                  _mm256_loadu_ps(spheres.radius.data())),
                    _mm256_setzero_ps());
  return _mm256_mul_ps(_mm256_mul_ps(least, least), cut);
}

HEIMWEG_AVX2 inline __m256 Mask(bool all) {
  return _mm256_castsi256_ps(_mm256_set1_epi32(all ? -1 : 0));
}

HEIMWEG_AVX2 void FindUppersByAvx2(
    const std::vector<QuickDistance::Near>& anchors, bool choice,
    int32_t sure_part, const EightSpheres& spheres,
    QuickDistance::Uppers& uppers) {
  __m256 passes = _mm256_cmp_ps(_mm256_loadu_ps(spheres.radius.data()),
                                _mm256_setzero_ps(), _CMP_GE_OQ);
  __m256 chosen = Mask(!choice);
  __m256i sums = _mm256_set1_epi32(sure_part);
  for (const QuickDistance::Near& near : anchors) {
    const __m256 chords = LeastSquaresByAvx2(spheres, near.point);
    const __m256 inside =
        _mm256_cmp_ps(chords, _mm256_set1_ps(near.within), _CMP_LE_OQ);
    passes = _mm256_and_ps(passes, _mm256_or_ps(inside, Mask(!near.must)));
    chosen = _mm256_or_ps(chosen, _mm256_and_ps(inside, Mask(near.choice)));
    sums = _mm256_add_epi32(
        sums, _mm256_i32gather_epi32(near.parts.data(), StepsOf(chords),
                                     sizeof(int32_t)));
  }
  sums = _mm256_min_epi32(sums, _mm256_set1_epi32(kOne));
  passes = _mm256_and_ps(passes, chosen);
  // Who does not pass has all bits set, which is -1.
  _mm256_storeu_si256(
      reinterpret_cast<__m256i*>(uppers.data()),
      _mm256_or_si256(sums, _mm256_xor_si256(_mm256_castps_si256(passes),
                                             _mm256_set1_epi32(-1))));
}

HEIMWEG_AVX2 uint64_t RowsWithinByAvx2(const DistanceLosses& losses,
                                       int32_t most) {
  uint64_t within = 0;
  for (uint32_t place = 0; place < kBlockRows; place += kLanes) {
    const __m256i beyond = _mm256_cmpgt_epi32(
        _mm256_loadu_si256(
            reinterpret_cast<const __m256i*>(losses.data() + place)),
        _mm256_set1_epi32(most));
    constexpr uint32_t kAll = (1U << kLanes) - 1;
    const auto some =
        static_cast<uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(beyond)));
    within |= uint64_t{~some & kAll} << place;
  }
  return within;
}

#endif

}  // namespace

uint64_t RowsWithin(const DistanceLosses& losses, int64_t most) {
  if (most < 0) return 0;
  const auto cut =
      static_cast<int32_t>(std::min(most, int64_t{QuickDistance::kFails} - 1));
#if defined(__x86_64__)
  if (HasAvx2()) return RowsWithinByAvx2(losses, cut);
#endif
  uint64_t within = 0;
  for (uint32_t place = 0; place < kBlockRows; ++place) {
    if (losses[place] <= cut) within |= uint64_t{1} << place;
  }
  return within;
}

QuickDistance::QuickDistance(const std::vector<Anchor>& anchors, int32_t weight)
    : anchors_(anchors.size()) {
  const auto choices =
      std::count_if(anchors.begin(), anchors.end(), [](const Anchor& anchor) {
        return anchor.limit != Anchor::Limit::kNone && !anchor.required;
      });
  choice_ = choices > 1;
  for (const Anchor& anchor : anchors) weights_ += anchor.weight;
  if (weights_ == 0) {
    sure_part_ = kNeutral;
    sure_loss_ = weight * (kOne - kNeutral);
  }
  for (size_t i = 0; i < anchors.size(); ++i) {
    Near& near = anchors_[i];
    near.anchor = &anchors[i];
    near.point = anchors[i].point;
    if (anchors[i].limit != Anchor::Limit::kNone) {
      near.within = std::nextafter(static_cast<float>(anchors[i].chord_within),
                                   std::numeric_limits<float>::infinity());
      near.must = anchors[i].required || !choice_;
      near.choice = !near.must;
    }
    Fill(weight, near);
  }
}

void QuickDistance::Fill(int32_t weight, Near& near) const {
  for (int32_t step = 0; step <= ChordSteps::kLast; ++step) {
    const auto at = static_cast<size_t>(step);
    const int64_t least = ChordSteps::LeastOf(step);
    if (near.must && least > near.anchor->chord_within) {
      std::fill(near.losses.begin() + step, near.losses.end(), kFails);
      return;
    }
    if (near.anchor->weight == 0) continue;
    const int32_t upper =
        AnchorFeature(*near.anchor, places::DistanceMeters(least)).OrNeutral();
    const int64_t own = near.anchor->weight;
    near.parts[at] =
        static_cast<int32_t>((own * upper + weights_ - 1) / weights_);
    near.losses[at] =
        static_cast<int32_t>(weight * own * (kOne - upper) / weights_);
  }
}

int64_t ChordSteps::LeastOf(int32_t step) {
  if (step == 0) return 0;
  constexpr int32_t kPower = 1 << kBits;
  const int32_t above = step - 1;
  const int64_t least = int64_t{kPower + above % kPower}
                        << (kFirstBits - kBits + above / kPower);
  // What floats are rounded by is less than this.
  constexpr int kRounding = 18;
  return least - (least >> kRounding);
}

void QuickDistance::UppersIn(const EightSpheres& spheres,
                             Uppers& uppers) const {
#if defined(__x86_64__)
  if (HasAvx2()) {
    return FindUppersByAvx2(anchors_, choice_, sure_part_, spheres, uppers);
  }
#endif
  UppersOneByOne(spheres, uppers);
}

void QuickDistance::UppersOneByOne(const EightSpheres& spheres,
                                   Uppers& uppers) const {
  for (size_t i = 0; i < uppers.size(); ++i) {
    bool passes = spheres.radius[i] >= 0;
    bool chosen = !choice_;
    int32_t upper = sure_part_;
    for (const Near& near : anchors_) {
      const float chord = LeastSquareTo(spheres, i, near.point);
      const bool inside = chord <= near.within;
      passes = passes && (inside || !near.must);
      chosen = chosen || (inside && near.choice);
      upper += near.parts[ChordSteps::Of(chord)];
    }
    uppers[i] = passes && chosen ? std::min(upper, kOne) : -1;
  }
}

int32_t QuickDistance::LossOf(places::GeoPoint point) const {
  int32_t loss = sure_loss_;
  for (const Near& near : anchors_) {
    const float chord = Square(point.x, near.point.x) +
                        Square(point.y, near.point.y) +
                        Square(point.z, near.point.z);
    loss = std::min(loss + near.losses[ChordSteps::Of(chord)], kFails);
  }
  return loss;
}

void QuickDistance::LossesOneByOne(const BlockPoints& rows,
                                   DistanceLosses& losses) const {
  for (uint32_t place = 0; place < rows.count; ++place) {
    losses[place] = LossOf(rows.points[place]);
  }
}

void QuickDistance::Losses(const BlockPoints& rows,
                           DistanceLosses& losses) const {
#if defined(__x86_64__)
  if (HasAvx2() && rows.count == kBlockRows) {
    losses.fill(sure_loss_);
    for (const Near& near : anchors_) AddLossesByAvx2(near, rows, losses);
    return;
  }
#endif
  LossesOneByOne(rows, losses);
}

}  // namespace heimweg::matching
