#include "services/matching/quick_distance.h"

#include <algorithm>
#include <bit>

#include "services/matching/common_columns.h"
#include "services/matching/feature.h"
#include "services/matching/features/distance.h"

namespace heimweg::matching {
namespace {

constexpr int kExponentShift = 52;
constexpr int64_t kExponentBias = 1023;

}  // namespace

QuickDistance::QuickDistance(const std::vector<Anchor>& anchors)
    : anchors_(anchors.size()) {
  for (size_t i = 0; i < anchors.size(); ++i) {
    anchors_[i].anchor = &anchors[i];
    anchors_[i].upper.fill(-1);
  }
}

size_t QuickDistance::StepOf(int64_t chord_squared) {
  // Exponent and leading bits of a double, taken as a number, grow with it.
  constexpr int64_t kFirst = (kExponentBias + kFirstBits) << kStepBits;
  const auto bits =
      std::bit_cast<int64_t>(static_cast<double>(chord_squared)) >>
      (kExponentShift - kStepBits);
  return static_cast<size_t>(
      std::clamp<int64_t>(bits - kFirst + 1, 0, kSteps - 1));
}

int64_t QuickDistance::LeastOf(size_t step) {
  if (step == 0) return 0;
  const auto above = static_cast<int64_t>(step - 1);
  constexpr int64_t kPower = int64_t{1} << kStepBits;
  const int64_t least = (kPower + above % kPower)
                        << (kFirstBits - kStepBits + above / kPower);
  // What a double is rounded by is less than this.
  constexpr int kRounding = 40;
  return least - (least >> kRounding);
}

int32_t QuickDistance::UpperOf(Near& near, int64_t chord_squared) {
  const size_t step = StepOf(chord_squared);
  int32_t& upper = near.upper[step];
  if (upper < 0) {
    upper = AnchorFeature(*near.anchor, places::DistanceMeters(LeastOf(step)))
                .OrNeutral();
  }
  return upper;
}

template <typename ChordTo>
int32_t QuickDistance::UpperBy(ChordTo chord_to) {
  int64_t sum = 0;
  int64_t weights = 0;
  bool choice = false;
  bool chosen = false;
  for (Near& near : anchors_) {
    const Anchor& anchor = *near.anchor;
    const int64_t chord = chord_to(anchor.point);
    if (anchor.limit != Anchor::Limit::kNone) {
      const bool inside = chord <= anchor.chord_within;
      if (anchor.required && !inside) return -1;
      choice = choice || !anchor.required;
      chosen = chosen || (!anchor.required && inside);
    }
    if (anchor.weight == 0) continue;
    sum += int64_t{anchor.weight} * UpperOf(near, chord);
    weights += anchor.weight;
  }
  if (choice && !chosen) return -1;
  if (weights == 0) return kNeutral;
  return static_cast<int32_t>(sum / weights);
}

int32_t QuickDistance::Upper(places::GeoPoint point) {
  if (!IsKnown(point)) return kNeutral;
  return UpperBy([point](places::GeoPoint anchor) {
    return places::ChordSquared(anchor, point);
  });
}

int32_t QuickDistance::UpperIn(const Sphere& sphere) {
  if (sphere.empty()) return -1;
  return UpperBy([&sphere](places::GeoPoint anchor) {
    return LeastChordSquared(sphere, anchor);
  });
}

}  // namespace heimweg::matching
