#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/places/gazetteer.h"
#include "services/places/sample_places.h"
#include "tests/support/status_matchers.h"

namespace heimweg::places {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ResolveTest : public ::testing::Test {
 protected:
  absl::StatusOr<ResolvedPlace> Resolve(const PlaceQuery& query) const {
    return gazetteer_.Resolve(query);
  }

  // The place, or an empty one and a failed test.
  ResolvedPlace Found(const PlaceQuery& query) const {
    const auto place = Resolve(query);
    EXPECT_THAT(place, IsOk());
    return place.ok() ? *place : ResolvedPlace();
  }

  const Gazetteer gazetteer_ = *Gazetteer::Make(SampleTables());
};

MATCHER_P(Refuses, message, "is INVALID_ARGUMENT with a message that") {
  return ::testing::ExplainMatchResult(
      StatusIs(absl::StatusCode::kInvalidArgument, message), arg,
      result_listener);
}

TEST_F(ResolveTest, APostcodeOfOneMunicipalityNamesItAltogether) {
  const ResolvedPlace place = Found({.postal_code = "04924"});
  EXPECT_EQ(place.ags, "12062024");
  EXPECT_EQ(place.precision, AgsPrecision::kMunicipality);
  EXPECT_EQ(place.postal_code, "04924");
  EXPECT_EQ(place.municipality, "Bad Liebenwerda");
  EXPECT_EQ(place.district, "Landkreis Elbe-Elster");
  EXPECT_EQ(place.district_ags, "12062");
  EXPECT_EQ(place.state_ags, "12");
  EXPECT_EQ(place.location, (LatLng{51.52, 13.39}));
  EXPECT_EQ(place.point, ToGeoPoint({51.52, 13.39}));
  EXPECT_FALSE(place.inferred);
}

TEST_F(ResolveTest, APostcodeOfSeveralMunicipalitiesMeansTheGreatestAtAGuess) {
  const ResolvedPlace place = Found({.postal_code = "03238"});
  EXPECT_EQ(place.municipality, "Finsterwalde");
  EXPECT_EQ(place.location, (LatLng{51.63, 13.71}));
  EXPECT_TRUE(place.inferred);
}

TEST_F(ResolveTest, AVillageKnownOnlyByPostcodeAndNameHasAnInferredDistrict) {
  const ResolvedPlace place =
      Found({.postal_code = "03238", .municipality = "Massen-Niederlausitz"});
  EXPECT_EQ(place.ags, "12062");
  EXPECT_EQ(place.precision, AgsPrecision::kDistrict);
  EXPECT_EQ(place.municipality, "Massen-Niederlausitz");
  EXPECT_TRUE(place.inferred);
  EXPECT_EQ(Found({.municipality = "Massen-Niederlausitz"}).ags, "12062");
}

TEST_F(ResolveTest, NamesAreFoundInAnySpelling) {
  EXPECT_EQ(Found({.municipality = "FINSTERWALDE (Niederlausitz)"}).ags,
            "12062140");
  EXPECT_EQ(Found({.municipality = "Liebenwerda"}).ags, "12062024");
  EXPECT_EQ(Found({.municipality = "Frankfurt/O."}).ags, "12053000");
  EXPECT_EQ(Found({.postal_code = "60311", .municipality = "Frankfurt"}).ags,
            "06412000");
}

TEST_F(ResolveTest, PartsOfMunicipalitiesAreFound) {
  const ResolvedPlace part = Found({.municipality = "Zobersdorf"});
  EXPECT_EQ(part.ags, "12062024");
  EXPECT_EQ(part.location, (LatLng{51.505, 13.43}));
  EXPECT_EQ(
      Found({.postal_code = "04924", .municipality = "Zobersdorf"}).location,
      (LatLng{51.505, 13.43}));
  EXPECT_EQ(Found({.postal_code = "04924",
                   .municipality = "Bad Liebenwerda OT Zobersdorf"})
                .ags,
            "12062024");
}

TEST_F(ResolveTest, CityQuartersMeanTheCity) {
  EXPECT_EQ(
      Found({.postal_code = "01097", .municipality = "Dresden-Neustadt"}).ags,
      "14612000");
  const ResolvedPlace quarter = Found({.municipality = "Dresden Neustadt"});
  EXPECT_EQ(quarter.ags, "14612000");
  EXPECT_TRUE(quarter.inferred);
  EXPECT_THAT(Resolve({.municipality = "Hausen Mitte"}),
              Refuses(HasSubstr("not known")));
}

TEST_F(ResolveTest, ANameOfSeveralPlacesListsThem) {
  EXPECT_THAT(
      Resolve({.municipality = "Frankfurt"}),
      Refuses(AllOf(
          StartsWith("municipality: "),
          HasSubstr("Frankfurt am Main (Frankfurt am Main, Hessen); Frankfurt "
                    "(Oder) (Frankfurt (Oder), Brandenburg)"),
          HasSubstr("postal_code or an ags"))));
}

TEST_F(ResolveTest, NamesakesAreToldApartByAnyOtherField) {
  EXPECT_THAT(Resolve({.municipality = "Hausen"}),
              Refuses(HasSubstr("several places")));
  EXPECT_EQ(Found({.postal_code = "03238", .municipality = "Hausen"}).ags,
            "12062");
  EXPECT_EQ(Found({.municipality = "Hausen", .ags = "09271122"}).ags,
            "09271122");
  EXPECT_EQ(Found({.municipality = "Hausen", .ags = "12062"}).ags, "12062");
  EXPECT_EQ(
      Found({.municipality = "Hausen", .location = LatLng{48.7, 12.9}}).ags,
      "09271122");
}

TEST_F(ResolveTest, MoreThanFiveNamesakesAreCounted) {
  GazetteerTables tables = SampleTables();
  for (int i = 1; i <= 6; ++i) {
    tables.municipalities.push_back({"0927190" + std::to_string(i),
                                     "Neudorf",
                                     {48.7 + i * 0.01, 12.9},
                                     100 * i});
  }
  EXPECT_THAT(Gazetteer::Make(tables)->Resolve({.municipality = "Neudorf"}),
              Refuses(HasSubstr(" and 1 more;")));
}

TEST_F(ResolveTest, APostcodeAndANameOfElsewhereDoNotAgree) {
  EXPECT_THAT(Resolve({.postal_code = "03238", .municipality = "Arnsberg"}),
              Refuses(AllOf(StartsWith("municipality: lies elsewhere"),
                            HasSubstr("Finsterwalde, Massen-Niederlausitz"))));
}

TEST_F(ResolveTest, AVillageThatNoTableKnowsIsWhereItsPostcodeIs) {
  const ResolvedPlace unknown =
      Found({.postal_code = "03238", .municipality = "Nirgendheim"});
  EXPECT_EQ(unknown.ags, "12062140");
  EXPECT_EQ(unknown.location, (LatLng{51.63, 13.71}));
  EXPECT_TRUE(unknown.inferred);
  // The Hausen that is known lies in Bavaria, and is no town.
  const ResolvedPlace namesake =
      Found({.postal_code = "04924", .municipality = "Hausen"});
  EXPECT_EQ(namesake.ags, "12062024");
  EXPECT_TRUE(namesake.inferred);
}

TEST_F(ResolveTest, AnAgsNamesAMunicipalityOrADistrict) {
  const ResolvedPlace municipality = Found({.ags = "12062140"});
  EXPECT_EQ(municipality.municipality, "Finsterwalde");
  EXPECT_FALSE(municipality.inferred);
  const ResolvedPlace district = Found({.ags = "12062"});
  EXPECT_EQ(district.precision, AgsPrecision::kDistrict);
  EXPECT_EQ(district.municipality, "");
  EXPECT_EQ(district.location, (LatLng{51.62, 13.5}));
}

TEST_F(ResolveTest, AnAgsThatIsNoneOrTooCoarseIsRefused) {
  EXPECT_THAT(Resolve({.ags = "12"}), Refuses(HasSubstr("too large")));
  EXPECT_THAT(Resolve({.ags = "1206214"}), Refuses(HasSubstr("8 digits")));
  EXPECT_THAT(Resolve({.ags = "1206214x"}), Refuses(HasSubstr("8 digits")));
  EXPECT_THAT(Resolve({.ags = "16077001"}), Refuses(HasSubstr("no district")));
}

TEST_F(ResolveTest, AnAgsUnknownInAKnownDistrictNeedsAnotherField) {
  EXPECT_THAT(Resolve({.ags = "12062333"}),
              Refuses(HasSubstr("expected a postal_code or location with it")));
  const ResolvedPlace village = Found({.postal_code = "03238",
                                       .municipality = "Massen-Niederlausitz",
                                       .ags = "12062333"});
  EXPECT_EQ(village.ags, "12062333");
  EXPECT_EQ(village.precision, AgsPrecision::kMunicipality);
  EXPECT_EQ(Found({.ags = "12062333", .location = LatLng{51.6, 13.6}}).ags,
            "12062333");
}

TEST_F(ResolveTest, AnAgsAndAPostcodeMustAgree) {
  EXPECT_EQ(Found({.postal_code = "03238", .ags = "12062140"}).municipality,
            "Finsterwalde");
  EXPECT_THAT(Resolve({.postal_code = "03238", .ags = "05958004"}),
              Refuses(StartsWith("ags: does not agree with the postal_code")));
  EXPECT_THAT(Resolve({.municipality = "Arnsberg", .ags = "12062140"}),
              Refuses(StartsWith("municipality: ")));
}

TEST_F(ResolveTest, GivenCoordinatesStayThePoint) {
  const LatLng door{51.5, 13.4};
  const ResolvedPlace place = Found({.postal_code = "04924", .location = door});
  EXPECT_EQ(place.location, door);
  EXPECT_EQ(place.point, ToGeoPoint(door));
  EXPECT_EQ(place.ags, "12062024");
  EXPECT_FALSE(place.inferred);
}

TEST_F(ResolveTest, CoordinatesAloneBelongToTheNearestMunicipalityAtAGuess) {
  const ResolvedPlace place = Found({.location = LatLng{51.63, 13.7}});
  EXPECT_EQ(place.municipality, "Finsterwalde");
  EXPECT_EQ(place.postal_code, "");
  EXPECT_TRUE(place.inferred);
}

TEST_F(ResolveTest, CoordinatesFarFromGermanyAreRefused) {
  for (const LatLng where :
       {LatLng{13.7, 51.6}, LatLng{0, 0}, LatLng{60, 10}, LatLng{51, 1e300}}) {
    EXPECT_THAT(Resolve({.location = where}),
                Refuses(StartsWith("location: ")));
  }
}

TEST_F(ResolveTest, ABadOrUnknownPostcodeSaysWhatIsAccepted) {
  EXPECT_THAT(Resolve({.postal_code = "3238"}), Refuses(HasSubstr("5 digits")));
  EXPECT_THAT(Resolve({.postal_code = "99999"}),
              Refuses(AllOf(StartsWith("postal_code: not known"),
                            HasSubstr("municipality or ags"))));
}

TEST_F(ResolveTest, NothingGivenIsRefused) {
  EXPECT_THAT(Resolve({}), Refuses(HasSubstr("no place given")));
  EXPECT_THAT(Resolve({.municipality = " - "}), Refuses(HasSubstr("the name")));
}

TEST_F(ResolveTest, ErrorsDoNotRepeatWhatWasWritten) {
  const std::string secret = "Gartenweg 7 bei Erika";
  for (const PlaceQuery& query :
       {PlaceQuery{.municipality = secret}, PlaceQuery{.postal_code = secret},
        PlaceQuery{.ags = secret}}) {
    EXPECT_THAT(Resolve(query), Refuses(Not(HasSubstr("Garten"))));
  }
  EXPECT_THAT(Resolve({.postal_code = "03238", .municipality = "Arnsberg"}),
              Refuses(Not(HasSubstr("Arnsberg"))));
  EXPECT_EQ(
      Found({.postal_code = "03238", .municipality = secret}).municipality,
      "Finsterwalde");
}

}  // namespace
}  // namespace heimweg::places
