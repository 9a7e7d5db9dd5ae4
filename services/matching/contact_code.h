// ContactCode: what most contacts are turned down by, in a few bytes each and
// in steps (contact_losses.h).
#ifndef HEIMWEG_SERVICES_MATCHING_CONTACT_CODE_H_
#define HEIMWEG_SERVICES_MATCHING_CONTACT_CODE_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "services/matching/byte_planes.h"

namespace heimweg::matching {

struct ContactCode {
  // The bytes of a contact, by their places.
  enum Byte : size_t { kType, kEvent, kAge, kTopics };
  // Topics: a bit for the remainder of each.
  static constexpr uint32_t kTopicBits = 64;
  static constexpr uint32_t TopicBit(uint32_t term) {
    return term % kTopicBits;
  }
  // Hooks: a byte of some number for each; 0: none. If there are more than
  // bytes, the last is kMoreHooks.
  static constexpr size_t kHooks = kTopics + kTopicBits / 8;
  static constexpr size_t kHookBytes = 4;
  static constexpr uint8_t kMoreHooks = 255;
  static constexpr uint8_t HookByte(uint32_t term) {
    return static_cast<uint8_t>(1 + term % (kMoreHooks - 1));
  }
  static constexpr size_t kBytes = kHooks + kHookBytes;
  using Bytes = std::array<uint8_t, kBytes>;
  using Planes = BytePlanes<kBytes>;

  // Its type, and whether it names neither topics nor hooks. kLastType: that or
  // another one.
  static constexpr uint8_t kLastType = 127;
  static constexpr uint8_t kNoTerms = 128;
  static uint8_t Type(uint8_t type, bool no_terms) {
    return static_cast<uint8_t>(std::min(type, kLastType) |
                                (no_terms ? kNoTerms : 0));
  }

  // When it starts, by time steps after the segment's newest row; 0: no event.
  // Of those that recur and of the others apart: the first has no beginning,
  // the last no end.
  static constexpr int64_t kSteps = 5;
  static constexpr int64_t kStarts = 127;
  static constexpr uint8_t kFirstRecurring = 1 + kStarts;
  // One that does not recur and lasts for more than kSteps, whenever.
  static constexpr uint8_t kLong = 255;
  static uint8_t Event(int64_t steps_after, int64_t lasts, bool recurs) {
    if (!recurs && lasts > kSteps) return kLong;
    const int64_t start =
        steps_after < 0 ? 0 : std::min(1 + steps_after / kSteps, kStarts - 1);
    return static_cast<uint8_t>((recurs ? kFirstRecurring : 1) + start);
  }
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_CONTACT_CODE_H_
