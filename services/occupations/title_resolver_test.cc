#include "services/occupations/title_resolver.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/occupations/compound_splitter.h"
#include "services/occupations/part_translation.h"
#include "services/occupations/weight_learner.h"

namespace heimweg::occupations {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

EscoOccupation Occupation(const std::string& preferred,
                          std::vector<std::string> others,
                          const std::string& group,
                          const std::string& description = "") {
  EscoOccupation one;
  one.uri = "http://data.europa.eu/esco/occupation/" + preferred;
  one.preferred_label = preferred;
  one.other_labels = std::move(others);
  one.isco_group = group;
  one.description = description;
  return one;
}

const TitleResolver& Resolver() {
  static const TitleResolver* const resolver =
      new TitleResolver(std::vector<EscoOccupation>{
          Occupation("Zimmerer/Zimmerin", {"Zimmermann", "Holzbauer"}, "7115",
                     "Zimmerer richten Dachstühle aus Holz."),
          Occupation("Tischler/Tischlerin", {"Möbeltischler", "Schreiner"},
                     "7522", "Tischler bauen Möbel."),
          Occupation("Pflegefachkraft", {"Krankenpfleger", "Krankenpflegerin"},
                     "2221", "Sie pflegen Kranke in Kliniken."),
          Occupation("Kraftfahrzeugmechatroniker", {"Automechaniker"}, "7231",
                     "Sie warten und reparieren Kraftfahrzeuge."),
          Occupation("Baumaschinenführer", {"Baggerführer"}, "8342",
                     "Sie bedienen Maschinen auf dem Bau."),
          Occupation("Koch/Köchin", {"Küchenchef"}, "5120",
                     "Köche bereiten Speisen zu."),
      });
  return *resolver;
}

std::string Best(const std::string& title) {
  const TitleResolution resolution = Resolver().Resolve(title, 3);
  if (resolution.matches.empty()) return "";
  return Resolver()
      .occupations()[resolution.matches[0].occupation]
      .preferred_label;
}

TEST(TitleResolverTest, FindsTitlesAsPeopleWriteThem) {
  EXPECT_EQ(Best("Zimmerer/in (m/w/d)"), "Zimmerer/Zimmerin");
  EXPECT_EQ(Best("Kfz-Mechatronikerin Teilzeit"), "Kraftfahrzeugmechatroniker");
  EXPECT_EQ(Best("examinierte Pflegefachkraft"), "Pflegefachkraft");
  EXPECT_EQ(Best("KOECHIN"), "Koch/Köchin");
}

TEST(TitleResolverTest, BearsTypos) {
  EXPECT_EQ(Best("Tischller"), "Tischler/Tischlerin");
  EXPECT_EQ(Best("Baumaschienenführer"), "Baumaschinenführer");
}

TEST(TitleResolverTest, SaysThatATitleIsOneOfTheNames) {
  const TitleResolution resolution = Resolver().Resolve("Schreinerin", 3);
  ASSERT_FALSE(resolution.matches.empty());
  EXPECT_EQ(resolution.matches[0].reason, MatchReason::kSameTitle);
  EXPECT_EQ(Resolver().LabelOf(resolution.matches[0]), "Schreiner");
  EXPECT_TRUE(resolution.sure);
}

TEST(TitleResolverTest, GivesAtMostTheLimitLikeliestFirst) {
  const TitleResolution resolution = Resolver().Resolve("Koch im Holzbau", 2);
  ASSERT_THAT(resolution.matches, SizeIs(2));
  EXPECT_GE(resolution.matches[0].probability,
            resolution.matches[1].probability);
}

TEST(TitleResolverTest, IsNotSureOfWhatItCannotKnow) {
  EXPECT_FALSE(Resolver().Resolve("Xyzzy Quux", 3).sure);
  EXPECT_THAT(Resolver().Resolve("", 3).matches, IsEmpty());
  EXPECT_FALSE(Resolver().Resolve("(m/w/d)", 3).sure);
}

TEST(TitleResolverTest, BearsNoOccupations) {
  const TitleResolver empty({});
  EXPECT_THAT(empty.Resolve("Koch", 3).matches, IsEmpty());
}

TEST(CompoundSplitterTest, SplitsAtLinkingElements) {
  CompoundSplitter splitter;
  for (int i = 0; i < 20; ++i) {
    for (const char* word : {"bau", "maschinen", "fuhrer", "arbeit", "amt"}) {
      splitter.Add(word);
    }
  }
  EXPECT_THAT(splitter.Split("baumaschinenfuhrer"),
              ElementsAre("bau", "maschinen", "fuhrer"));
  EXPECT_THAT(splitter.Split("arbeitsamt"), ElementsAre("arbeit", "amt"));
  EXPECT_THAT(splitter.Split("xyzfuhrer"), ElementsAre("xyz", "fuhrer"));
  EXPECT_THAT(splitter.Split("fuhrer"), ElementsAre("fuhrer"));
}

TEST(LearnTranslationsTest, FindsPartsThatStandForEachOther) {
  // 1 and 2 mean the same; 3, 4 and 5 stand beside them on both sides.
  std::vector<PartPair> pairs;
  for (const PartId beside : {3, 4, 5}) {
    pairs.push_back({{1, beside}, {2, beside}});
    pairs.push_back({{2, beside}, {1, beside}});
  }
  const auto learned = LearnTranslations(pairs, 5, 0.3F);
  ASSERT_FALSE(learned.empty());
  EXPECT_EQ(learned[0].from, 1u);
  EXPECT_EQ(learned[0].to, 2u);
}

TEST(LearnWeightsTest, WeighsUpWhatTellsTheRightOneFromTheOthers) {
  std::vector<JudgedTitle> titles;
  for (int i = 0; i < 30; ++i) {
    JudgedTitle title;
    TitleFeatures right = {};
    right[kBestParts] = 0.9F;
    right[kLabelCount] = 1;
    TitleFeatures wrong = {};
    wrong[kBestParts] = 0.1F;
    wrong[kLabelCount] = 1;
    title.candidates = {wrong, right};
    title.right = {false, true};
    titles.push_back(title);
  }
  const TitleFeatures weights = LearnWeights(titles, 1);
  EXPECT_GT(weights[kBestParts], 0.5F);
  EXPECT_NEAR(weights[kLabelCount], 0, 1e-3);
}

}  // namespace
}  // namespace heimweg::occupations
