// A code of the German classification of occupations (KldB 2010) as a number.
#ifndef HEIMWEG_SERVICES_MATCHING_OCCUPATION_CODE_H_
#define HEIMWEG_SERVICES_MATCHING_OCCUPATION_CODE_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace heimweg::matching {

struct OccupationCode {
  // The digits, zeros appended up to five.
  uint32_t digits = 0;
  // How many there are, 2 to 5; 0: no code.
  uint32_t length = 0;

  // `text` as of KldB: 2 to 5 digits. Anything else is no code.
  static OccupationCode Of(absl::string_view text) {
    OccupationCode code;
    if (text.size() < 2 || text.size() > 5) return code;
    for (size_t i = 0; i < 5; ++i) {
      if (i < text.size() && (text[i] < '0' || text[i] > '9')) return {};
      code.digits = code.digits * 10 +
                    static_cast<uint32_t>(i < text.size() ? text[i] - '0' : 0);
    }
    code.length = static_cast<uint32_t>(text.size());
    return code;
  }

  // In 20 bits, for columns.
  uint32_t Packed() const { return digits * 8 + length; }
  static OccupationCode Unpacked(uint32_t packed) {
    return {packed / 8, packed % 8};
  }

  std::string Text() const {
    std::string text(length, '0');
    uint32_t rest = digits;
    for (size_t i = 5; i-- > 0; rest /= 10) {
      if (i < length) text[i] = static_cast<char>('0' + rest % 10);
    }
    return text;
  }

  friend bool operator==(const OccupationCode&,
                         const OccupationCode&) = default;
};

// Leading digits that both codes have in common, 0 to 5.
inline uint32_t CommonDigits(OccupationCode a, OccupationCode b) {
  constexpr std::array<uint32_t, 6> kBelow = {100'000, 10'000, 1'000,
                                              100,     10,     1};
  const uint32_t most = a.length < b.length ? a.length : b.length;
  for (uint32_t n = most; n > 0; --n) {
    if (a.digits / kBelow[n] == b.digits / kBelow[n]) return n;
  }
  return 0;
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_OCCUPATION_CODE_H_
