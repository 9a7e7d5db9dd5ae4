// Space: a home's rooms and living space against those that are wished.
//
// Unit: millionths; rooms in halves, areas in hundredths of a square metre.
// Range: 0 to 1,000,000. The mean of the parts that are known:
// rooms: 0.7 + 0.3 (q - m), cut, for q rooms where at least m are wished: as
// many as wished is good, one more is best; area: a / wish, cut.
// Unknown: if no part is both wished and said.
// Says: "There is enough space" (SPACE_FIT).
#ifndef HEIMWEG_SERVICES_MATCHING_FEATURES_SPACE_H_
#define HEIMWEG_SERVICES_MATCHING_FEATURES_SPACE_H_

#include <cstdint>
#include <optional>

#include "services/matching/feature.h"

namespace heimweg::matching {

inline constexpr int32_t kEnoughRooms = 700'000;
inline constexpr int32_t kEachHalfRoom = 150'000;

// Offered values of 0: not said.
inline FeatureValue SpaceFeature(std::optional<int32_t> min_room_halves,
                                 int32_t room_halves,
                                 std::optional<int64_t> area_centi_sqm_wish,
                                 int64_t area_centi_sqm) {
  int64_t sum = 0;
  int64_t parts = 0;
  if (min_room_halves && room_halves > 0) {
    const int64_t more = room_halves - *min_room_halves;
    sum += FeatureValue(kEnoughRooms + kEachHalfRoom * more).OrNeutral();
    ++parts;
  }
  if (area_centi_sqm_wish && area_centi_sqm > 0) {
    sum +=
        FeatureValue(area_centi_sqm * kOne / *area_centi_sqm_wish).OrNeutral();
    ++parts;
  }
  return parts == 0 ? FeatureValue() : FeatureValue(sum / parts);
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_FEATURES_SPACE_H_
