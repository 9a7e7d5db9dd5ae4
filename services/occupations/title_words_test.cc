#include "services/occupations/title_words.h"

#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/occupations/folded_text.h"

namespace heimweg::occupations {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

std::string Words(const std::string& title) {
  std::vector<std::string> words;
  for (const TitleWord& word : ReadTitle(title).words) {
    words.push_back(word.text);
  }
  return absl::StrJoin(words, " ");
}

TEST(FoldTest, MakesUmlautsSharpSAndCaseOne) {
  EXPECT_EQ(Fold("Bäcker"), "backer");
  EXPECT_EQ(Fold("Großküche"), "grosskuche");
  EXPECT_EQ(Fold("ÉCLAIR"), "eclair");
}

TEST(FoldTest, ReadsLatin1WhereItIsNoUtf8) {
  EXPECT_EQ(Fold("B\xE4"
                 "cker"),
            "backer");
}

TEST(FoldDigraphsTest, ReadsSpellingsWithoutUmlautsButLeavesTrueVowels) {
  EXPECT_EQ(FoldDigraphs("baecker"), "backer");
  EXPECT_EQ(FoldDigraphs("moebel"), "mobel");
  EXPECT_EQ(FoldDigraphs("bauer"), "bauer");
  EXPECT_EQ(FoldDigraphs("quelle"), "quelle");
  EXPECT_EQ(FoldDigraphs("steuer"), "steuer");
}

TEST(ReadTitleTest, CutsGenderMarks) {
  for (const std::string title :
       {"Zimmerer/in (m/w/d)", "Zimmerer:in", "Zimmerer*in", "Zimmerer_in",
        "Zimmerer (m/w/d)", "Zimmerer m/w/d", "Zimmerer/-in", "Zimmerer(in)",
        "ZimmererIn", "Zimmerer (w|m|x)", "Zimmerer (gn)", "Zimmerin",
        "Zimmerer/Zimmerin", "Zimmerer*innen", "Zimmerer (all genders)",
        "ZIMMERER/IN"}) {
    EXPECT_THAT(Words(title), ::testing::AnyOf("zimmerer", "zimmer")) << title;
  }
  EXPECT_EQ(Words("Kaufmann/-frau"), "kaufmann");
  EXPECT_EQ(Words("Kaufmann/Kauffrau"), "kaufmann");
  EXPECT_EQ(Words("Angestellte/r"), Words("Angestellter"));
  EXPECT_EQ(Words("Angestellte(r)"), Words("Angestellte"));
}

TEST(ReadTitleTest, SaysWhatItLeftOut) {
  const TitleWords read = ReadTitle("Koch (m/w/d) Vollzeit");
  EXPECT_THAT(read.left_out, Contains("(m/w/d)"));
  EXPECT_THAT(read.left_out, Contains("vollzeit"));
}

TEST(ReadTitleTest, DropsHoursAndTermsOfEmployment) {
  EXPECT_EQ(Words("Koch in Teilzeit, 20 Std./Woche, ab sofort gesucht"),
            "koch");
  EXPECT_EQ(Words("Koch unbefristet (Vollzeit/Teilzeit)"), "koch");
}

TEST(ReadTitleTest, DropsWhatCertificatesAdd) {
  EXPECT_EQ(Words("examinierte Pflegefachkraft"), "pflegefachkraft");
  EXPECT_EQ(Words("Staatlich geprüfter Techniker"), "techniker");
}

TEST(ReadTitleTest, NamesAWordOnceWhereBothGendersAreWrittenOut) {
  EXPECT_EQ(Words("Technischer Zeichner/Technische Zeichnerin"),
            "technisch zeichner");
  EXPECT_EQ(Words("Müller - Verfahrenstechnologe/Müllerin - "
                  "Verfahrenstechnologin"),
            "muller verfahrenstechnolog");
}

TEST(ReadTitleTest, WritesAbbreviationsOut) {
  EXPECT_EQ(Words("Kfz-Mechatronikerin Teilzeit"),
            "kraftfahrzeug mechatroniker");
  EXPECT_EQ(Words("MFA"), "medizinisch fachangestellt");
}

TEST(ReadTitleTest, MarksTheQualifier) {
  const TitleWords read =
      ReadTitle("Tierwirt/Tierwirtin Fachrichtung Rinderhaltung");
  ASSERT_EQ(read.words.size(), 2u);
  EXPECT_FALSE(read.words[0].qualifier);
  EXPECT_TRUE(read.words[1].qualifier);
}

TEST(ReadTitleTest, GivesTheSameKeyForTwoSpellings) {
  EXPECT_EQ(ReadTitle("Bäcker/in").Key(), ReadTitle("BAECKERIN (w/m/d)").Key());
  EXPECT_NE(ReadTitle("Bäcker").Key(), ReadTitle("Bäckereiverkäufer").Key());
}

TEST(ReadTitleTest, BearsAnything) {
  EXPECT_THAT(ReadTitle("").words, IsEmpty());
  EXPECT_THAT(ReadTitle("(m/w/d) 123 !!").words, IsEmpty());
  EXPECT_FALSE(ReadTitle(std::string(1'000'000, 'a')).words.empty());
  ReadTitle("\xFF\xFE(");
  ReadTitle("a/");
  ReadTitle("a(");
}

TEST(WithoutGenderTest, LeavesWordsThatOnlyLookFemale) {
  EXPECT_EQ(WithoutGender("medizin"), "medizin");
  EXPECT_EQ(WithoutGender("berlin"), "berlin");
  EXPECT_EQ(WithoutGender("zeichnerinnen"), "zeichner");
  EXPECT_EQ(WithoutGender("fachfrau"), "fachmann");
  EXPECT_EQ(WithoutGender("kaufleute"), "kaufmann");
  EXPECT_EQ(WithoutGender("arztin"), "arzt");
  EXPECT_EQ(WithoutGender("technologin"), WithoutGender("technologe"));
  EXPECT_EQ(WithoutGender("beauftragter"), WithoutGender("beauftragte"));
}

}  // namespace
}  // namespace heimweg::occupations
