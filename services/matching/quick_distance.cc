#include "services/matching/quick_distance.h"

#include <algorithm>
#include <bit>

#include "services/matching/feature.h"
#include "services/matching/features/distance.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace heimweg::matching {
namespace {

#if defined(__x86_64__)

__attribute__((target("avx2"))) void LossesByAvx2(
    const std::vector<QuickDistance::Near>& anchors, int32_t sure_loss,
    const BlockPoints& rows, DistanceLosses& losses) {
  static_assert(sizeof(places::GeoPoint) == 3 * sizeof(int32_t));
  constexpr uint32_t kLanes = 8;
  constexpr int kScale = sizeof(int32_t);
  const int32_t* const x = &rows.points->x;
  for (uint32_t place = 0; place < kBlockRows; place += kLanes) {
    const __m256i row =
        rows.order == nullptr
            ? _mm256_add_epi32(
                  _mm256_set1_epi32(static_cast<int32_t>(rows.first + place)),
                  _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7))
            : _mm256_loadu_si256(reinterpret_cast<const __m256i*>(
                  rows.order + rows.first + place));
    const __m256i at = _mm256_add_epi32(row, _mm256_slli_epi32(row, 1));
    const __m256i xs = _mm256_i32gather_epi32(x, at, kScale);
    const __m256i ys = _mm256_i32gather_epi32(x + 1, at, kScale);
    const __m256i zs = _mm256_i32gather_epi32(x + 2, at, kScale);
    __m256i loss = _mm256_set1_epi32(sure_loss);
    for (const QuickDistance::Near& near : anchors) {
      const __m256 dx = _mm256_cvtepi32_ps(
          _mm256_sub_epi32(xs, _mm256_set1_epi32(near.point.x)));
      const __m256 dy = _mm256_cvtepi32_ps(
          _mm256_sub_epi32(ys, _mm256_set1_epi32(near.point.y)));
      const __m256 dz = _mm256_cvtepi32_ps(
          _mm256_sub_epi32(zs, _mm256_set1_epi32(near.point.z)));
      const __m256 chord = _mm256_add_ps(
          _mm256_add_ps(_mm256_mul_ps(dx, dx), _mm256_mul_ps(dy, dy)),
          _mm256_mul_ps(dz, dz));
      __m256i step =
          _mm256_sub_epi32(_mm256_srli_epi32(_mm256_castps_si256(chord),
                                             ChordSteps::kFloatShift),
                           _mm256_set1_epi32(ChordSteps::kBeforeFirst));
      step = _mm256_max_epi32(step, _mm256_setzero_si256());
      step = _mm256_min_epi32(step, _mm256_set1_epi32(ChordSteps::kLast));
      loss = _mm256_add_epi32(
          loss, _mm256_i32gather_epi32(near.losses.data(), step, kScale));
      loss = _mm256_min_epi32(loss, _mm256_set1_epi32(QuickDistance::kFails));
    }
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(losses.data() + place),
                        loss);
  }
}

#endif

}  // namespace

QuickDistance::QuickDistance(const std::vector<Anchor>& anchors, int32_t weight)
    : anchors_(anchors.size()) {
  const auto choices =
      std::count_if(anchors.begin(), anchors.end(), [](const Anchor& anchor) {
        return anchor.limit != Anchor::Limit::kNone && !anchor.required;
      });
  choice_ = choices > 1;
  for (const Anchor& anchor : anchors) weights_ += anchor.weight;
  if (weights_ == 0) sure_loss_ = weight * (kOne - kNeutral);
  for (size_t i = 0; i < anchors.size(); ++i) {
    Near& near = anchors_[i];
    near.anchor = &anchors[i];
    near.point = anchors[i].point;
    if (anchors[i].limit != Anchor::Limit::kNone) {
      near.chord_within = anchors[i].chord_within;
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
    if (near.must && least > near.chord_within) {
      std::fill(near.losses.begin() + step, near.losses.end(), kFails);
      return;
    }
    if (near.anchor->weight == 0) continue;
    near.upper[at] =
        AnchorFeature(*near.anchor, places::DistanceMeters(least)).OrNeutral();
    near.losses[at] =
        static_cast<int32_t>(int64_t{weight} * near.anchor->weight *
                             (kOne - near.upper[at]) / weights_);
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

int32_t QuickDistance::UpperIn(const Sphere& sphere) const {
  if (sphere.empty()) return -1;
  int64_t sum = 0;
  bool chosen = !choice_;
  for (const Near& near : anchors_) {
    const int64_t chord = LeastChordSquared(sphere, near.point);
    const bool inside = chord <= near.chord_within;
    if (near.must && !inside) return -1;
    chosen = chosen || (near.choice && inside);
    sum += int64_t{near.anchor->weight} *
           near.upper[ChordSteps::Of(static_cast<float>(chord))];
  }
  if (!chosen) return -1;
  return weights_ == 0 ? kNeutral : static_cast<int32_t>(sum / weights_);
}

void QuickDistance::LossesOneByOne(const BlockPoints& rows,
                                   DistanceLosses& losses) const {
  // From one end of the Earth to the other it wraps, to the same square.
  const auto squared = [](int32_t a, int32_t b) {
    const auto difference = static_cast<float>(static_cast<int32_t>(
        static_cast<uint32_t>(a) - static_cast<uint32_t>(b)));
    return difference * difference;
  };
  for (uint32_t place = 0; place < rows.count; ++place) {
    const places::GeoPoint point = rows.points[rows.RowAt(place)];
    int32_t loss = sure_loss_;
    for (const Near& near : anchors_) {
      const float chord = squared(point.x, near.point.x) +
                          squared(point.y, near.point.y) +
                          squared(point.z, near.point.z);
      loss = std::min(loss + near.losses[ChordSteps::Of(chord)], kFails);
    }
    losses[place] = loss;
  }
}

void QuickDistance::Losses(const BlockPoints& rows,
                           DistanceLosses& losses) const {
#if defined(__x86_64__)
  static const bool avx2 = __builtin_cpu_supports("avx2") != 0;
  if (avx2 && rows.count == kBlockRows) {
    return LossesByAvx2(anchors_, sure_loss_, rows, losses);
  }
#endif
  LossesOneByOne(rows, losses);
}

}  // namespace heimweg::matching
