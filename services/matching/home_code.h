// HomeCode: what most homes are turned down by, in a few bytes each and in
// steps (home_losses.h).
#ifndef HEIMWEG_SERVICES_MATCHING_HOME_CODE_H_
#define HEIMWEG_SERVICES_MATCHING_HOME_CODE_H_

#include <algorithm>
#include <cstdint>

#include "services/matching/time_step.h"

namespace heimweg::matching {

struct HomeCode {
  // 0: not said. Rents from 1 on, prices from kFirstPrice on, by steps; the
  // last steps have no end.
  static constexpr int kRentShift = 11;   // 20.48 euros
  static constexpr int kPriceShift = 19;  // 5,242.88 euros
  static constexpr uint8_t kFirstPrice = 128;
  static constexpr int64_t kRentSteps = kFirstPrice - 1;
  static constexpr int64_t kPriceSteps = 256 - kFirstPrice;
  static uint8_t Rent(int64_t cents) {
    return static_cast<uint8_t>(1 +
                                std::min(cents >> kRentShift, kRentSteps - 1));
  }
  static uint8_t Price(int64_t cents) {
    return static_cast<uint8_t>(
        kFirstPrice + std::min(cents >> kPriceShift, kPriceSteps - 1));
  }

  // Two half bytes. 0: not said; the last has no end.
  static constexpr int32_t kLastHalf = 15;
  static constexpr int32_t kArea = 1'200;  // hundredths of a square metre
  static uint8_t Space(int32_t room_halves, int32_t area_centi_sqm) {
    const int32_t rooms = std::min(room_halves, kLastHalf);
    const int32_t area = area_centi_sqm == 0
                             ? 0
                             : std::min(area_centi_sqm / kArea + 1, kLastHalf);
    return static_cast<uint8_t>(rooms | area << 4);
  }

  // What it has and what it lacks: the bits 1 to 4 of each.
  static uint8_t Equipment(uint8_t has, uint8_t lacks) {
    constexpr uint32_t kItems = 0x0f;
    return static_cast<uint8_t>((uint32_t{has} >> 1U & kItems) |
                                (uint32_t{lacks} >> 1U & kItems) << 4U);
  }

  // Tenure and type; kLastHalf: that or another one.
  static uint8_t Kind(uint8_t tenure, uint8_t home_type) {
    return static_cast<uint8_t>(std::min(int32_t{tenure}, kLastHalf) |
                                std::min(int32_t{home_type}, kLastHalf) << 4);
  }

  // 0: not said.
  static uint16_t Day(int32_t day) {
    return static_cast<uint16_t>(std::clamp(day, 1, int32_t{UINT16_MAX}));
  }

  uint8_t price = 0;
  uint8_t space = 0;
  uint8_t equipment = 0;
  uint8_t kind = 0;
  uint16_t day = 0;  // since 1970
  TimeStep fresh;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_HOME_CODE_H_
