// The decay exp(-x) in whole numbers, so that two machines agree: the exp of C
// libraries may differ in its last bits.
#ifndef HEIMWEG_SERVICES_MATCHING_EXP_TABLE_H_
#define HEIMWEG_SERVICES_MATCHING_EXP_TABLE_H_

#include <array>
#include <cstdint>

namespace heimweg::matching {

namespace exp_table {

// The table holds exp(-i/64) in units of 2^-30; from 16 on it is below half a
// millionth.
inline constexpr int64_t kStepMicros = 15'625;
inline constexpr int kSteps = 16 * 64;

constexpr std::array<uint32_t, kSteps> Make() {
  // exp(-1/64) by its series in units of 2^-62, then its powers: the errors add
  // up to less than 2^-50.
  __extension__ using Wide = unsigned __int128;
  constexpr uint64_t kUnit = uint64_t{1} << 62;
  uint64_t step = 0;
  uint64_t term = kUnit;
  for (uint64_t k = 1; term != 0; ++k) {
    step = k % 2 == 1 ? step + term : step - term;
    term = term / 64 / k;
  }
  std::array<uint32_t, kSteps> table{};
  uint64_t power = kUnit;
  for (uint32_t& entry : table) {
    entry = static_cast<uint32_t>((power + (uint64_t{1} << 31)) >> 32);
    power = static_cast<uint64_t>((static_cast<Wide>(power) * step) >> 62);
  }
  return table;
}

inline constexpr std::array<uint32_t, kSteps> kTable = Make();

}  // namespace exp_table

// exp(-x / 1,000,000) in millionths, rounded to the nearest; never rises with
// x. A negative x counts as 0.
inline int32_t ExpMillionths(int64_t x_micros) {
  using exp_table::kStepMicros;
  if (x_micros <= 0) return 1'000'000;
  const int64_t step = x_micros / kStepMicros;
  if (step >= exp_table::kSteps) return 0;
  // Within a step: 1 - f + f^2/2 - f^3/6, in units of 10^-12, cut to 10^-9.
  const int64_t f = x_micros - step * kStepMicros;
  const int64_t rest =
      (1'000'000'000'000 - f * 1'000'000 + f * f / 2 - f * f * f / 6'000'000) /
      1'000;
  constexpr int64_t kUnit = int64_t{1'000} << 30;
  const int64_t product =
      int64_t{exp_table::kTable[static_cast<size_t>(step)]} * rest;
  return static_cast<int32_t>((product + kUnit / 2) / kUnit);
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_EXP_TABLE_H_
