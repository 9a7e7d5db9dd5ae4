// JobPlanes: jobs in a few half bytes each, coarsely, so that most of them are
// turned down by looking half bytes up in tables (row_filter.h), many at once,
// before anything exact is read.
#ifndef HEIMWEG_SERVICES_MATCHING_JOB_PLANES_H_
#define HEIMWEG_SERVICES_MATCHING_JOB_PLANES_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "services/matching/byte_planes.h"

namespace heimweg::matching {

// What half bytes stand for: of each, the least and the greatest value.
struct HalfBytes {
  static constexpr uint8_t kCount = 16;
  static constexpr uint8_t kLast = kCount - 1;

  // Weekly minutes. The last has no end; that of the most minutes is 0 also if
  // they are not said.
  static constexpr uint32_t kMinutes = 180;
  static constexpr uint8_t Minutes(uint32_t minutes) {
    return static_cast<uint8_t>(std::min<uint32_t>(minutes / kMinutes, kLast));
  }

  // 0: not said. 1 has no beginning, the last no end.
  static constexpr int32_t kFirstCents = 900;
  static constexpr int32_t kCents = 200;
  static constexpr uint8_t Salary(int32_t hourly_cents) {
    if (hourly_cents < 0) return 0;
    const int32_t step = (hourly_cents - kFirstCents) / kCents + 1;
    return static_cast<uint8_t>(std::clamp<int32_t>(step, 1, kLast));
  }

  // By days after that of the newest job of the segment. 0: not said. 1 has no
  // beginning, the last no end.
  static constexpr int32_t kDays = 45;
  static constexpr uint8_t Date(int64_t days_after) {
    return static_cast<uint8_t>(
        std::clamp<int64_t>(days_after / kDays + 1, 1, kLast));
  }

  // How much older than the newest job of the segment, in fresh steps: that of
  // half byte i is at least kAges[i]. The last: not said.
  static constexpr int kFreshShift = 18;  // three days
  static constexpr int32_t FreshStep(uint32_t fresh) {
    return static_cast<int32_t>(fresh >> kFreshShift);
  }
  static constexpr std::array<int32_t, kCount - 1> kAges = {
      0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 19, 24, 30, 40};
  static constexpr uint8_t Age(int32_t steps) { return Step(kAges, steps); }

  // Whether a job asks for skills.
  enum SkillClass : uint8_t { kAsks, kAsksNothing };

  // The digits of an occupation's code; of several codes those that all have.
  static constexpr uint8_t kNoCode = 10;
  static constexpr uint8_t kAnyDigit = 11;

  // Tenths that may be done remotely, rounded up; 0: none or not said.
  static constexpr uint8_t Remote(int32_t percent) {
    return static_cast<uint8_t>((std::clamp(percent, 0, 100) + 9) / 10);
  }

  // The type of employment, and whether it is by an agency for certain.
  static constexpr uint8_t kOtherTypes = 7;  // that and all above
  static constexpr uint8_t kTempAgency = 8;
  static constexpr uint8_t Terms(uint8_t type, bool temp_agency) {
    return static_cast<uint8_t>(std::min(type, kOtherTypes) |
                                (temp_agency ? kTempAgency : 0));
  }

  // Not a half byte but a whole one: the reciprocal of the sum of weights and
  // rarities (skill_rarities.h) of the skills that a job asks for, cut to
  // kMostAsked, in units that make that of kLeastAsked or less fill the byte,
  // rounded up. 0: it asks for none.
  static constexpr int32_t kLeastAsked = 8;
  static constexpr int32_t kMostAsked = 510;
  static constexpr int32_t kAskedUnit = kLeastAsked * 255;
  static constexpr uint8_t Asked(int32_t sum) {
    if (sum == 0) return 0;
    const int32_t cut = std::clamp(sum, kLeastAsked, kMostAsked);
    return static_cast<uint8_t>((kAskedUnit + cut - 1) / cut);
  }

 private:
  static constexpr uint8_t Step(const std::array<int32_t, kCount - 1>& least,
                                int32_t value) {
    uint8_t step = kLast - 1;
    while (step > 0 && least[step] > value) --step;
    return step;
  }
};

inline constexpr size_t kHalves = 12;

// The half bytes of one job.
struct JobHalves {
  uint8_t fewest = 0;
  uint8_t most = 0;
  uint8_t salary = 0;
  uint8_t date = 0;
  uint8_t age = HalfBytes::kLast;
  uint8_t skills = HalfBytes::kAsksNothing;
  std::array<uint8_t, 4> digits{};
  uint8_t remote = 0;
  uint8_t terms = 0;

  // Of Bytes(), `remote` of a row.
  template <typename Block>
  static uint8_t RemoteIn(const Block& block, size_t place) {
    return block[kHalves / 2 - 1][place] & 0x0f;
  }

  // Of two half bytes the first is in the lower bits.
  std::array<uint8_t, kHalves / 2> Bytes() const {
    const auto both = [](uint8_t first, uint8_t second) {
      return static_cast<uint8_t>(first | second << 4);
    };
    return {both(fewest, most),         both(salary, date),
            both(age, skills),          both(digits[0], digits[1]),
            both(digits[2], digits[3]), both(remote, terms)};
  }
};

// In the order of JobHalves.
using JobPlanes = BytePlanes<kHalves / 2>;

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_JOB_PLANES_H_
