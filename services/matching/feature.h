// FeatureValue: how well one side of an offer fits a wish, or that nothing is
// known of it. Not a constraint: a feature never excludes (constraint.h).
#ifndef HEIMWEG_SERVICES_MATCHING_FEATURE_H_
#define HEIMWEG_SERVICES_MATCHING_FEATURE_H_

#include <cstdint>

namespace heimweg::matching {

// One, in the unit of all values and scores: millionths.
inline constexpr int32_t kOne = 1'000'000;

// What an unknown feature counts as. Below the middle, so that an offer that
// says how well it fits wins over one that is silent, and far above nothing,
// because what is not said is often fine.
inline constexpr int32_t kNeutral = 400'000;

// A value of 0 to kOne, or unknown. Thread-compatible.
class FeatureValue {
 public:
  // Unknown.
  constexpr FeatureValue() = default;
  // `millionths` outside 0 to kOne counts as the nearer end.
  constexpr explicit FeatureValue(int64_t millionths)
      : millionths_(millionths < 0      ? 0
                    : millionths > kOne ? kOne
                                        : static_cast<int32_t>(millionths)) {}

  constexpr bool known() const { return millionths_ >= 0; }
  constexpr int32_t OrNeutral() const {
    return known() ? millionths_ : kNeutral;
  }

  friend bool operator==(const FeatureValue&, const FeatureValue&) = default;

 private:
  int32_t millionths_ = -1;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_FEATURE_H_
