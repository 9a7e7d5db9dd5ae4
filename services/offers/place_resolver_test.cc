#include "services/offers/place_resolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "services/places/sample_places.h"

namespace heimweg::offers {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using type::v1::Place;

class PlaceResolverTest : public ::testing::Test {
 protected:
  std::vector<server::Violation> Resolve(Place& place) {
    server::FieldChecks checks;
    resolver_.Resolve("place", place, checks);
    return std::move(checks).Take();
  }

  std::vector<std::string> Wrong(Place place) {
    std::vector<std::string> paths;
    for (const auto& violation : Resolve(place)) {
      paths.push_back(violation.field);
    }
    EXPECT_FALSE(place.has_resolved());
    return paths;
  }

  const places::Gazetteer gazetteer_ =
      *places::Gazetteer::Make(places::SampleTables());
  const PlaceResolver resolver_{gazetteer_};
};

TEST_F(PlaceResolverTest, FillsInWhatTheGazetteerKnows) {
  // Twice: the second answer is remembered.
  for (int i = 0; i < 2; ++i) {
    Place place;
    place.set_postal_code("04924");
    EXPECT_THAT(Resolve(place), IsEmpty());
    EXPECT_EQ(place.resolved().ags(), "12062024");
    EXPECT_EQ(place.resolved().municipality(), "Bad Liebenwerda");
    EXPECT_EQ(place.resolved().district(), "Landkreis Elbe-Elster");
    EXPECT_EQ(place.resolved().state(), "Brandenburg");
    EXPECT_NEAR(place.resolved().location().latitude(), 51.52, 0.01);
  }
}

TEST(PlaceResolverSourceTest, AnswersFromTheGazetteerThatAnswersNow) {
  places::GazetteerTables tables = places::SampleTables();
  auto now = std::make_shared<const places::Gazetteer>(
      *places::Gazetteer::Make(tables));
  const PlaceResolver resolver{places::GazetteerSource([&now] { return now; })};
  const auto latitude = [&resolver] {
    Place place;
    place.set_postal_code("01097");
    server::FieldChecks checks;
    resolver.Resolve("place", place, checks);
    return place.resolved().location().latitude();
  };
  const double before = latitude();
  tables.postal_codes[2].places[0].location.lat_deg += 0.01;
  tables.postal_codes[2].location.lat_deg += 0.01;
  now = std::make_shared<const places::Gazetteer>(
      *places::Gazetteer::Make(tables));
  EXPECT_NEAR(latitude(), before + 0.01, 1e-6);
}

TEST_F(PlaceResolverTest, KeepsTheLocationThatIsGiven) {
  for (const double latitude : {51.63, 51.64}) {
    Place place;
    place.mutable_location()->set_latitude(latitude);
    place.mutable_location()->set_longitude(13.7);
    EXPECT_THAT(Resolve(place), IsEmpty());
    EXPECT_EQ(place.resolved().location().latitude(), latitude);
    EXPECT_EQ(place.resolved().ags(), "12062140");
  }
}

TEST_F(PlaceResolverTest, DoesNotBelieveTheClientsResolution) {
  Place place;
  place.set_postal_code("04924");
  place.mutable_resolved()->set_ags("99999999");
  EXPECT_THAT(Resolve(place), IsEmpty());
  EXPECT_EQ(place.resolved().ags(), "12062024");
}

TEST_F(PlaceResolverTest, NamesEveryFieldOfTheWrongShape) {
  Place place;
  place.set_postal_code("4924");
  place.set_ags("1206");
  place.set_municipality(std::string(101, 'x'));
  place.set_street_address(std::string(201, 'x'));
  place.mutable_location()->set_latitude(91);
  place.mutable_location()->set_longitude(
      std::numeric_limits<double>::quiet_NaN());
  EXPECT_THAT(Wrong(place),
              UnorderedElementsAre("place.postal_code", "place.ags",
                                   "place.municipality", "place.street_address",
                                   "place.location.latitude",
                                   "place.location.longitude"));
}

TEST_F(PlaceResolverTest, APlaceSaysSomething) {
  EXPECT_THAT(Wrong(Place()), ElementsAre("place"));
  Place street;
  street.set_street_address("Hauptstr. 1");
  EXPECT_THAT(Wrong(street), ElementsAre("place"));
}

TEST_F(PlaceResolverTest, AnUnknownPlaceIsAViolationOfItsField) {
  Place place;
  place.set_postal_code("99999");
  EXPECT_THAT(Wrong(place), ElementsAre("place.postal_code"));
}

TEST_F(PlaceResolverTest, AnAmbiguousNameTellsTheCandidates) {
  Place place;
  place.set_municipality("Frankfurt");
  const auto violations = Resolve(place);
  ASSERT_THAT(violations, ::testing::SizeIs(1));
  EXPECT_EQ(violations[0].field, "place.municipality");
  EXPECT_THAT(violations[0].description, AllOf(HasSubstr("Frankfurt (Oder)"),
                                               HasSubstr("Frankfurt am Main")));
}

}  // namespace
}  // namespace heimweg::offers
