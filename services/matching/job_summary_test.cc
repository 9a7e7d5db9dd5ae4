#include "services/matching/job_summary.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "services/matching/occupation_code.h"

namespace heimweg::matching {
namespace {

OccupationCode SomeCode(std::mt19937_64& numbers) {
  constexpr std::array<uint32_t, 6> kBelow = {100'000, 10'000, 1'000,
                                              100,     10,     1};
  const auto length = static_cast<uint32_t>(2 + numbers() % 4);
  const auto digits = static_cast<uint32_t>(10'000 + numbers() % 90'000);
  return {digits / kBelow[length] * kBelow[length], length};
}

TEST(SiblingCodesTest, NoCodeSharesMoreThanIsSaidByEitherWay) {
  std::mt19937_64 numbers(11);
  for (int round = 0; round < 500; ++round) {
    SiblingCodes siblings;
    std::array<std::vector<OccupationCode>, kFanOut> codes;
    for (size_t i = 0; i < codes.size(); ++i) {
      RoughCode rough;
      codes[i].resize(numbers() % 4);
      for (OccupationCode& code : codes[i]) {
        code = SomeCode(numbers);
        rough.Add(RoughCode(code));
      }
      siblings.Set(i, rough);
    }
    const OccupationCode wished = SomeCode(numbers);
    SiblingCodes::Digits digits;
    siblings.MostCommonDigits(RoughCode(wished), digits);
    SiblingCodes::Digits one_by_one;
    siblings.MostCommonDigitsOneByOne(RoughCode(wished), one_by_one);
    ASSERT_EQ(digits, one_by_one);
    for (size_t i = 0; i < codes.size(); ++i) {
      for (const OccupationCode code : codes[i]) {
        ASSERT_GE(digits[i], CommonDigits(code, wished));
      }
      if (codes[i].empty()) {
        ASSERT_EQ(digits[i], 1U);
      }
    }
  }
}

}  // namespace
}  // namespace heimweg::matching
