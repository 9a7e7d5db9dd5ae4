#include "services/matching/rare_skills.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "services/matching/job_columns.h"

namespace heimweg::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Asked = std::vector<std::vector<uint32_t>>;

RareSkills Build(const Asked& asked) {
  RareSkills skills;
  skills.Build(static_cast<uint32_t>(asked.size()), [&](uint32_t row) {
    return absl::Span<const uint32_t>(asked[row]);
  });
  return skills;
}

std::vector<uint32_t> RowsOf(const RareSkills& skills, uint32_t term) {
  std::vector<uint32_t> rows;
  skills.VisitRows(term, [&](uint32_t row) { rows.push_back(row); });
  return rows;
}

TEST(RareSkillsTest, TheRowsOfARareSkillAreFoundInEveryChunk) {
  Asked asked(200'000);
  for (const uint32_t row : {0u, 65'535u, 65'536u, 199'999u}) {
    asked[row].push_back(AskedSkill{7, true}.Packed());
  }
  asked[65'536].push_back(AskedSkill{9, false}.Packed());
  const RareSkills skills = Build(asked);
  EXPECT_THAT(RowsOf(skills, 7), ElementsAre(0, 65'535, 65'536, 199'999));
  EXPECT_THAT(RowsOf(skills, 9), ElementsAre(65'536));
  EXPECT_THAT(RowsOf(skills, 8), IsEmpty());
  EXPECT_FALSE(skills.IsCommon(7));
}

TEST(RareSkillsTest, ASkillIsCommonBeyondItsShareOfTheRows) {
  Asked asked(320);
  for (uint32_t row = 0; row < 11; ++row) {
    asked[row].push_back(AskedSkill{1, true}.Packed());
    if (row < 10) asked[row].push_back(AskedSkill{2, true}.Packed());
  }
  const RareSkills skills = Build(asked);
  EXPECT_TRUE(skills.IsCommon(1));
  EXPECT_THAT(RowsOf(skills, 1), IsEmpty());
  EXPECT_FALSE(skills.IsCommon(2));
  EXPECT_EQ(RowsOf(skills, 2).size(), 10u);
}

TEST(RareSkillsTest, NothingIsKnownOfASmallSegment) {
  EXPECT_TRUE(Build(Asked(RareSkills::kFewestRows - 1)).empty());
  EXPECT_FALSE(Build(Asked(RareSkills::kFewestRows)).empty());
}

}  // namespace
}  // namespace heimweg::matching
