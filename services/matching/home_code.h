// HomeCode: what most homes are turned down by, in a few bytes each and in
// steps (home_losses.h).
#ifndef HEIMWEG_SERVICES_MATCHING_HOME_CODE_H_
#define HEIMWEG_SERVICES_MATCHING_HOME_CODE_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "services/matching/byte_planes.h"

namespace heimweg::matching {

struct HomeCode {
  // The bytes of a home, by their places.
  enum Byte : size_t {
    kPrice,
    kSpace,
    kEquipment,
    kBroadband,
    kKind,
    kRules,
    kDay,
    kAge,
    kBytes
  };
  using Bytes = std::array<uint8_t, kBytes>;
  using Planes = BytePlanes<kBytes>;

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

  // 0: not said; the last has no end.
  static constexpr int kMbpsShift = 3;
  static uint8_t Broadband(int32_t mbps) {
    if (mbps < 0) return 0;
    return static_cast<uint8_t>(
        std::min<int32_t>(1 + (mbps >> kMbpsShift), UINT8_MAX));
  }

  // Tenure and type; kLastHalf: that or another one.
  static uint8_t Kind(uint8_t tenure, uint8_t home_type) {
    return static_cast<uint8_t>(std::min(int32_t{tenure}, kLastHalf) |
                                std::min(int32_t{home_type}, kLastHalf) << 4);
  }

  // Whether a WBS is required, whether pets are allowed, for how many at most;
  // kLastHalf: for that many or more.
  static constexpr int kPetsShift = 2;
  static constexpr uint8_t kAnswer = 3;  // a mask
  static uint8_t Rules(uint8_t wbs, uint8_t pets, uint8_t max_occupants) {
    return static_cast<uint8_t>(
        std::min(wbs, kAnswer) | std::min(pets, kAnswer) << kPetsShift |
        std::min(int32_t{max_occupants}, kLastHalf) << 4);
  }

  // By days after that of the segment's newest row. 0: not said. 1 has no
  // beginning, the last no end.
  static constexpr int32_t kDays = 4;
  static constexpr int64_t kFirstDay = 2;  // the byte of no days after
  static uint8_t Day(int64_t days_after) {
    const int64_t byte = days_after < 0 ? 1 : kFirstDay + days_after / kDays;
    return static_cast<uint8_t>(std::min<int64_t>(byte, UINT8_MAX));
  }
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_HOME_CODE_H_
