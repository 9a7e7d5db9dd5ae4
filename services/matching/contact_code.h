// ContactCode: what most contacts are turned down by, in a few bytes each and
// in steps (contact_losses.h).
#ifndef HEIMWEG_SERVICES_MATCHING_CONTACT_CODE_H_
#define HEIMWEG_SERVICES_MATCHING_CONTACT_CODE_H_

#include <cstdint>

#include "services/matching/time_step.h"

namespace heimweg::matching {

struct ContactCode {
  // Terms that it names, a bit for the remainder of each; none: 0.
  static constexpr uint32_t kTermBits = 32;
  static uint64_t TopicBit(uint32_t term) {
    return uint64_t{1} << (term % kTermBits);
  }
  static uint64_t HookBit(uint32_t term) { return TopicBit(term) << kTermBits; }

  uint64_t terms = 0;
  TimeStep start;  // of an event
  TimeStep last;   // its last moment
  TimeStep fresh;
  uint8_t type = 0;
  bool recurs = false;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_CONTACT_CODE_H_
