#include "services/households/places.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "heimweg/profiles/v1/profile.pb.h"
#include "services/places/gazetteer.h"
#include "services/server/errors.h"

namespace heimweg::households {
namespace {

using ::heimweg::profiles::v1::Profile;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Two villages called Neudorf, and the town of Elsterwerda.
places::Gazetteer AGazetteer() {
  places::GazetteerTables tables;
  tables.districts = {{"12062", "Elbe-Elster", {51.6, 13.5}},
                      {"14626", "Görlitz", {51.2, 14.8}}};
  tables.municipalities = {{"12062124", "Elsterwerda", {51.46, 13.52}, 7'800},
                           {"12062341", "Neudorf", {51.7, 13.4}, 300},
                           {"14626320", "Neudorf", {51.3, 14.6}, 400}};
  tables.postal_codes = {
      {"04910",
       {51.46, 13.52},
       "12062",
       false,
       {{"Elsterwerda", "12062124", {51.46, 13.52}, false}}}};
  auto gazetteer = places::Gazetteer::Make(std::move(tables));
  EXPECT_TRUE(gazetteer.ok()) << gazetteer.status();
  return *std::move(gazetteer);
}

Profile Parse(const std::string& text) {
  Profile profile;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &profile));
  return profile;
}

TEST(ResolvePlaces, FindsEachAnchorByWhatItGives) {
  Profile profile = Parse(
      "anchors { id: 'a' place { postal_code: '04910' } }"
      "anchors { id: 'b' place { municipality: 'Elsterwerda' } }"
      "anchors { id: 'c' place { location { latitude: 51.46"
      " longitude: 13.51 } } }");

  EXPECT_THAT(ResolvePlaces(AGazetteer(), &profile), IsEmpty());

  for (const auto& anchor : profile.anchors()) {
    EXPECT_EQ(anchor.place().resolved().ags(), "12062124") << anchor.id();
    EXPECT_EQ(anchor.place().resolved().district(), "Elbe-Elster");
    EXPECT_EQ(anchor.place().resolved().state(), "Brandenburg");
    EXPECT_NEAR(anchor.place().resolved().location().latitude(), 51.46, 1e-6);
  }
}

TEST(ResolvePlaces, ReplacesWhatTheClientSaysItResolvedTo) {
  Profile profile = Parse(
      "anchors { id: 'a' place { postal_code: '04910'"
      " resolved { ags: '14626320' } } }");
  EXPECT_THAT(ResolvePlaces(AGazetteer(), &profile), IsEmpty());
  EXPECT_EQ(profile.anchors(0).place().resolved().ags(), "12062124");
}

TEST(ResolvePlaces, RefusesUnknownPlacesAtTheirPathWithoutRepeatingThem) {
  Profile profile = Parse(
      "anchors { id: 'a' place { postal_code: '04910' } }"
      "anchors { id: 'b' place { postal_code: '99998' } }"
      "anchors { id: 'c' place { municipality: 'Nirgendheim' } }");

  const std::vector<server::Violation> violations =
      ResolvePlaces(AGazetteer(), &profile);

  EXPECT_THAT(
      violations,
      ElementsAre(
          AllOf(
              Field(&server::Violation::field, "anchors[1].place.postal_code"),
              Field(&server::Violation::description, Not(HasSubstr("99998")))),
          AllOf(
              Field(&server::Violation::field, "anchors[2].place.municipality"),
              Field(&server::Violation::description,
                    Not(HasSubstr("Nirgendheim"))))));
  EXPECT_TRUE(profile.anchors(0).place().has_resolved());
  EXPECT_FALSE(profile.anchors(1).place().has_resolved());
}

TEST(ResolvePlaces, NamesTheCandidatesOfAnAmbiguousName) {
  Profile profile =
      Parse("anchors { id: 'a' place { municipality: 'Neudorf' } }");

  EXPECT_THAT(
      ResolvePlaces(AGazetteer(), &profile),
      ElementsAre(AllOf(
          Field(&server::Violation::field, "anchors[0].place.municipality"),
          Field(&server::Violation::description,
                AllOf(HasSubstr("Elbe-Elster"), HasSubstr("Görlitz"))))));
}

TEST(ResolvePlaces, PassesOverPlacesThatBreakARuleOfForm) {
  Profile profile = Parse(
      "anchors { id: 'a' place { postal_code: 'x'"
      " resolved { ags: '12062124' } } }");

  EXPECT_THAT(ResolvePlaces(AGazetteer(), &profile), IsEmpty());
  EXPECT_FALSE(profile.anchors(0).place().has_resolved());
}

}  // namespace
}  // namespace heimweg::households
