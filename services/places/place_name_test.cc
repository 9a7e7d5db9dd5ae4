#include "services/places/place_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heimweg::places {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

NameAgreement Compare(absl::string_view a, absl::string_view b) {
  const NameAgreement there = Agreement(ParsePlaceName(a), ParsePlaceName(b));
  EXPECT_EQ(there, Agreement(ParsePlaceName(b), ParsePlaceName(a)));
  return there;
}

TEST(PlaceNameTest, UmlautsAndTheirLettersAreTheSame) {
  EXPECT_EQ(Compare("Münster", "MUENSTER"), NameAgreement::kSame);
  EXPECT_EQ(Compare("Gro\xc3\x9f K\xc3\xb6ris", "Gross Koeris"),
            NameAgreement::kSame);
  EXPECT_EQ(Compare("Mu\xcc\x88nster", "Münster"), NameAgreement::kSame);
}

TEST(PlaceNameTest, AVowelIsNotItsUmlaut) {
  EXPECT_EQ(Compare("Munster", "Münster"), NameAgreement::kNone);
}

TEST(PlaceNameTest, HyphensBlanksAndSaintsDoNotMatter) {
  EXPECT_EQ(Compare("Neu-Ulm", "Neu Ulm"), NameAgreement::kSame);
  EXPECT_EQ(Compare("St. Goar", "Sankt Goar"), NameAgreement::kSame);
}

TEST(PlaceNameTest, AdditionsInAnySpellingAgree) {
  for (absl::string_view other :
       {"Frankfurt a.M.", "Frankfurt (Main)", "Frankfurt/Main",
        "Frankfurt a. Main", "Frankfurt am Main, Stadt"}) {
    EXPECT_EQ(Compare("Frankfurt am Main", other), NameAgreement::kSame)
        << other;
  }
  EXPECT_EQ(Compare("Calau (Niederlausitz)", "Calau"),
            NameAgreement::kSameMain);
  EXPECT_EQ(Compare("Wahrenbrück/Elster", "Wahrenbrück"),
            NameAgreement::kSameMain);
}

TEST(PlaceNameTest, DifferentAdditionsAreDifferentPlaces) {
  EXPECT_EQ(Compare("Frankfurt am Main", "Frankfurt (Oder)"),
            NameAgreement::kNone);
  EXPECT_EQ(Compare("Halle (Saale)", "Halle (Westf.)"), NameAgreement::kNone);
}

TEST(PlaceNameTest, TitlesMayBeMissing) {
  EXPECT_EQ(Compare("Bad Liebenwerda", "Liebenwerda"), NameAgreement::kLoose);
  EXPECT_EQ(Compare("Lutherstadt Wittenberg", "Wittenberg"),
            NameAgreement::kLoose);
  EXPECT_EQ(Compare("Kiel, Landeshauptstadt", "Kiel"), NameAgreement::kSame);
}

TEST(PlaceNameTest, ASecondLanguageIsAnAddition) {
  EXPECT_EQ(Compare("Cottbus/Chóśebuz", "Cottbus"), NameAgreement::kSameMain);
  EXPECT_EQ(Compare("Cottbus - Chóśebuz", "Cottbus"), NameAgreement::kSameMain);
}

TEST(PlaceNameTest, APartAfterOtIsNotCompared) {
  EXPECT_EQ(Compare("Bad Liebenwerda OT Zobersdorf", "Bad Liebenwerda"),
            NameAgreement::kSame);
  EXPECT_EQ(Compare("Schönewalde, Ortsteil Jeßnigk", "Schönewalde"),
            NameAgreement::kSame);
}

TEST(PlaceNameTest, AnAdditionCannotBeginAName) {
  EXPECT_THAT(ParsePlaceName("Au in der Hallertau").words, ElementsAre("au"));
  EXPECT_THAT(ParsePlaceName("Im Grund").words, ElementsAre("im", "grund"));
}

TEST(PlaceNameTest, WhatIsNoNameAgreesWithNothing) {
  EXPECT_THAT(ParsePlaceName(" -/- ").words, IsEmpty());
  EXPECT_EQ(Compare("", ""), NameAgreement::kNone);
  EXPECT_EQ(Compare("\xff\xfe", "Kiel"), NameAgreement::kNone);
}

TEST(PlaceNameTest, TheFirstWordsAreANameOfTheirOwn) {
  const PlaceName dresden = FirstWords(ParsePlaceName("Dresden-Neustadt"), 1);
  EXPECT_EQ(Agreement(dresden, ParsePlaceName("Dresden")),
            NameAgreement::kSame);
}

}  // namespace
}  // namespace heimweg::places
