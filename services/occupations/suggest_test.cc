#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/occupations/skill_finder.h"
#include "services/occupations/title_suggester.h"

namespace heimweg::occupations {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<EscoOccupation> Occupations() {
  std::vector<EscoOccupation> all(3);
  all[0].preferred_label = "Bäcker/Bäckerin";
  all[0].other_labels = {"Brotbäcker"};
  all[1].preferred_label = "Backofenbediener";
  all[2].preferred_label = "Leiter einer Bäckerei";
  return all;
}

TEST(TitleSuggesterTest, SuggestsNamesByTheirBeginThenByLaterWords) {
  const TitleSuggester suggester(Occupations());
  EXPECT_THAT(suggester.Suggest("backer", 5),
              ElementsAre(TitleSuggestion{0, 0}, TitleSuggestion{2, 0}));
  EXPECT_THAT(suggester.Suggest("Baecker", 1),
              ElementsAre(TitleSuggestion{0, 0}));
  EXPECT_THAT(suggester.Suggest("BROT", 5), ElementsAre(TitleSuggestion{0, 1}));
}

TEST(TitleSuggesterTest, SuggestsNothingForNothing) {
  const TitleSuggester suggester(Occupations());
  EXPECT_THAT(suggester.Suggest("", 5), IsEmpty());
  EXPECT_THAT(suggester.Suggest("  ", 5), IsEmpty());
  EXPECT_THAT(suggester.Suggest("zzz", 5), IsEmpty());
  EXPECT_THAT(suggester.Suggest("b", 0), IsEmpty());
}

TEST(SkillFinderTest, FindsSkillsInSentencesOfAText) {
  const SkillFinder finder({{"s1", "Holz sägen", {"Bretter zuschneiden"}, ""},
                            {"s2", "Englisch sprechen", {}, ""},
                            {"s3", "Haskell", {}, ""}});
  const auto found = finder.Find(
      "Du kannst Holz sägen. Erfahrung mit Haskell ist von Vorteil!", 5);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_FLOAT_EQ(found[0].covered, 1);
  EXPECT_THAT((std::vector<uint32_t>{found[0].skill, found[1].skill}),
              ::testing::UnorderedElementsAre(0, 2));
  EXPECT_EQ(finder.Find("Bretter zuschneiden", 5)[0].label, 1u);
}

TEST(SkillFinderTest, DoesNotMixWordsOfDifferentSentences) {
  const SkillFinder finder({{"s1", "Holz sägen", {}, ""}});
  EXPECT_THAT(finder.Find("Wir haben Holz. Andere sägen.", 5), IsEmpty());
  EXPECT_THAT(finder.Find("", 5), IsEmpty());
}

}  // namespace
}  // namespace heimweg::occupations
