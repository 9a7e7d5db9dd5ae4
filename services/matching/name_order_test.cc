#include "services/matching/name_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/matching/cards.h"

namespace heimweg::matching {
namespace {

Cards CardsOf(uint32_t rows) {
  std::mt19937 numbers(rows);
  Cards cards;
  for (uint32_t row = 0; row < rows; ++row) {
    const std::string name = absl::StrCat("networks/", numbers() % 3, "/homes/",
                                          numbers(), "-", row);
    Card card;
    card.name = name;
    cards.Append(card);
  }
  cards.Seal();
  return cards;
}

TEST(NameOrderTest, SaysOnlyWhatIsTrueOfTheOrderOfNames) {
  for (const uint32_t rows : {0U, 64U, 65U, 300U, 5'000U}) {
    const Cards cards = CardsOf(rows);
    NameOrder names;
    names.Build(cards);
    for (uint32_t row = 0; row < rows; row += 37) {
      const absl::string_view name = cards.NameAt(row);
      const uint8_t number = names.NumberOf(name);
      for (uint32_t other = 0; other < rows; ++other) {
        const bool later = cards.NameAt(other) > name;
        ASSERT_TRUE(later || names.MayBeBefore(other, number));
        ASSERT_FALSE(later && names.IsBefore(other, number));
      }
    }
  }
}

TEST(NameOrderTest, FewOfManyRowsMayBeBeforeTheFirst) {
  constexpr uint32_t kRows = 5'000;
  const Cards cards = CardsOf(kRows);
  NameOrder names;
  names.Build(cards);
  absl::string_view first = cards.NameAt(0);
  for (uint32_t row = 1; row < kRows; ++row) {
    first = std::min(first, cards.NameAt(row));
  }
  uint32_t before = 0;
  for (uint32_t row = 0; row < kRows; ++row) {
    if (names.MayBeBefore(row, names.NumberOf(first))) ++before;
  }
  EXPECT_LT(before, kRows / 50);
}

}  // namespace
}  // namespace heimweg::matching
