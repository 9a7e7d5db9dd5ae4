// The lists and bits of skills, and the sums made of them. That no job shares
// more than they say: skill_rarities_test.cc.
#include "services/matching/skill_shares.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <vector>

#include "services/matching/byte_planes.h"
#include "services/matching/job_columns.h"
#include "services/matching/job_planes.h"
#include "services/matching/skill_index.h"

namespace heimweg::matching::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr uint32_t kRows = SkillIndex::kGroup + 3 * kBlockRows + 5;

SkillIndex IndexOf(const std::vector<std::vector<uint32_t>>& asked) {
  SkillIndex index;
  index.Build(
      static_cast<uint32_t>(asked.size()),
      [&](uint32_t row) { return absl::Span<const uint32_t>(asked[row]); },
      [&](uint32_t row) { return static_cast<uint8_t>(asked[row].size()); });
  return index;
}

TEST(SkillIndexTest, ListsTheJobsThatAskForARareSkill) {
  std::vector<std::vector<uint32_t>> asked(kRows);
  for (const uint32_t row : {3U, 70U, SkillIndex::kGroup + 9}) {
    asked[row].push_back(AskedSkill{7, row != 70}.Packed());
    asked[row].push_back(AskedSkill{130, false}.Packed());
  }
  const SkillIndex index = IndexOf(asked);
  const auto skill = index.Find(7);
  ASSERT_TRUE(skill.has_value());
  EXPECT_THAT(index.Asking(*skill, 0),
              ElementsAre(SkillIndex::EntryOf(3, true),
                          SkillIndex::EntryOf(70, false)));
  EXPECT_THAT(index.Asking(*skill, 1),
              ElementsAre(SkillIndex::EntryOf(9, true)));
  const auto other = index.Find(130);
  ASSERT_TRUE(other.has_value());
  EXPECT_THAT(index.Asking(*other, 1),
              ElementsAre(SkillIndex::EntryOf(9, false)));
  for (const uint32_t nobody_asks : {6U, 8U, 129U, 131U, 1'000U}) {
    EXPECT_FALSE(index.Find(nobody_asks).has_value());
  }
  EXPECT_THAT(index.common(), IsEmpty());
  EXPECT_EQ(index.asked()[70], 2);
  EXPECT_EQ(index.asked()[71], 0);
}

TEST(SkillIndexTest, HasABitOfEachJobForTheMostCommonSkills) {
  constexpr uint32_t kTerms = SkillIndex::kMostCommon + 2;
  std::vector<std::vector<uint32_t>> asked(kRows);
  // The greater its number, the more jobs ask for a term.
  for (uint32_t row = 0; row < kRows; ++row) {
    for (uint32_t term = 1; term <= kTerms; ++term) {
      if (row % (2 * kTerms - term) == 0) {
        asked[row].push_back(AskedSkill{term, row % 2 == 0}.Packed());
      }
    }
  }
  const SkillIndex index = IndexOf(asked);
  EXPECT_THAT(index.common(), ElementsAre(10, 9, 8, 7, 6, 5, 4, 3));
  EXPECT_FALSE(index.Find(3).has_value());
  const auto skill = index.Find(2);
  ASSERT_TRUE(skill.has_value());
  EXPECT_EQ(index.Asking(*skill, 0).size() + index.Asking(*skill, 1).size(),
            (kRows + 17) / 18);
  // Row 10 is asked for what is in every tenth one.
  EXPECT_EQ(index.common_of()[10], 1);
  EXPECT_EQ(index.common_of()[11], 2);
  EXPECT_EQ(index.common_of()[0], 255);
}

// Random bytes and tables.
TEST(SkillSharesTest, TheProcessorsWayGivesWhatOneByOneGives) {
  std::mt19937 numbers(1);
  for (int round = 0; round < 2'000; ++round) {
    const uint32_t greatest = 1 + numbers() % 256;
    ShareTables tables;
    tables.gain = static_cast<uint16_t>(numbers() >> (numbers() % 16));
    for (ByteTable* const table : {&tables.low, &tables.high}) {
      for (size_t i = 0; i < HalfBytes::kCount; ++i) {
        (*table)[i] = (*table)[i + HalfBytes::kCount] =
            static_cast<uint8_t>(numbers() % greatest);
      }
    }
    BytePlane asked;
    BytePlane common;
    BytePlane one;
    for (uint32_t row = 0; row < kBlockRows; ++row) {
      asked[row] = static_cast<uint8_t>(numbers() % 3 == 0 ? 0 - numbers() % 2
                                                           : numbers());
      common[row] = static_cast<uint8_t>(numbers() % greatest);
      one[row] = static_cast<uint8_t>(numbers() % greatest);
    }
    BytePlane other = one;
    const uint8_t most =
        FindShares(tables, {asked.data(), common.data(), one.data()});
    EXPECT_EQ(most, *std::max_element(one.begin(), one.end()));
    EXPECT_EQ(
        FindSharesOneByOne(tables, {asked.data(), common.data(), other.data()}),
        most);
    ASSERT_EQ(one, other);
  }
}

}  // namespace
}  // namespace heimweg::matching::testing
