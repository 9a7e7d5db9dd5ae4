#include "services/households/places.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "heimweg/profiles/v1/profile.pb.h"
#include "services/places/gazetteer.h"
#include "services/places/sample_places.h"
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

places::Gazetteer AGazetteer() {
  auto gazetteer = places::Gazetteer::Make(places::SampleTables());
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
      "anchors { id: 'a' place { postal_code: '04924' } }"
      "anchors { id: 'b' place { municipality: 'Bad Liebenwerda' } }"
      "anchors { id: 'c' place { location { latitude: 51.52"
      " longitude: 13.39 } } }");

  EXPECT_THAT(ResolvePlaces(AGazetteer(), &profile), IsEmpty());

  for (const auto& anchor : profile.anchors()) {
    EXPECT_EQ(anchor.place().resolved().ags(), "12062024") << anchor.id();
    EXPECT_EQ(anchor.place().resolved().district(), "Landkreis Elbe-Elster");
    EXPECT_EQ(anchor.place().resolved().state(), "Brandenburg");
    EXPECT_NEAR(anchor.place().resolved().location().latitude(), 51.52, 0.01);
  }
}

TEST(ResolvePlaces, ReplacesWhatTheClientSaysItResolvedTo) {
  Profile profile = Parse(
      "anchors { id: 'a' place { postal_code: '04924'"
      " resolved { ags: '09271122' } } }");
  EXPECT_THAT(ResolvePlaces(AGazetteer(), &profile), IsEmpty());
  EXPECT_EQ(profile.anchors(0).place().resolved().ags(), "12062024");
}

TEST(ResolvePlaces, RefusesUnknownPlacesAtTheirPathWithoutRepeatingThem) {
  Profile profile = Parse(
      "anchors { id: 'a' place { postal_code: '04924' } }"
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
      Parse("anchors { id: 'a' place { municipality: 'Hausen' } }");

  EXPECT_THAT(
      ResolvePlaces(AGazetteer(), &profile),
      ElementsAre(AllOf(
          Field(&server::Violation::field, "anchors[0].place.municipality"),
          Field(&server::Violation::description,
                AllOf(HasSubstr("Elbe-Elster"), HasSubstr("Deggendorf"))))));
}

TEST(ResolvePlaces, PassesOverPlacesThatBreakARuleOfForm) {
  Profile profile = Parse(
      "anchors { id: 'a' place { postal_code: 'x'"
      " resolved { ags: '12062024' } } }");

  EXPECT_THAT(ResolvePlaces(AGazetteer(), &profile), IsEmpty());
  EXPECT_FALSE(profile.anchors(0).place().has_resolved());
}

}  // namespace
}  // namespace heimweg::households
