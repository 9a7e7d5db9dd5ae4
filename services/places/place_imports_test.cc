// Imported registers: their files, and the gazetteer that they give.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/places/destatis_file.h"
#include "services/places/gazetteer_merge.h"
#include "services/places/geonames_file.h"
#include "services/places/sample_places.h"
#include "services/places/travel_times.h"
#include "tests/support/status_matchers.h"

namespace heimweg::places {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::SizeIs;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

// A row of GeoNames' postal code file.
std::string Row(absl::string_view code, absl::string_view name,
                absl::string_view district, absl::string_view lat,
                absl::string_view lng) {
  return absl::StrCat("DE\t", code, "\t", name, "\tBrandenburg\tBB\t\t00\tx\t",
                      district, "\t", lat, "\t", lng, "\t4\n");
}

std::string SampleGeoNames() {
  return absl::StrCat(
      Row("03238", "Finsterwalde", "12062", "51.63", "13.70"),
      Row("04924", "Bad Liebenwerda", "12062", "51.52", "13.40"),
      Row("04924", "Thalberg", "12062", "51.50", "13.35"),
      Row("10875", "Musterwerk GmbH", "12062", "51.50", "13.35"));
}

TEST(GeoNamesFile, IsReadWithItsPlaces) {
  const auto parsed = ParseGeoNames(SampleGeoNames());
  ASSERT_THAT(parsed, IsOk());
  ASSERT_THAT(parsed->places, SizeIs(4));
  EXPECT_EQ(parsed->places[2].name, "Thalberg");
  EXPECT_EQ(parsed->places[2].district_ags, "12062");
  EXPECT_EQ(parsed->places[2].location, (LatLng{51.50, 13.35}));
}

TEST(GeoNamesFile, TheGazetteerFileOfTheSameNameIsRefusedWithAHint) {
  std::string row = "2950159\tBerlin\tBerlin";
  for (int i = 3; i < 19; ++i) absl::StrAppend(&row, "\tx");
  EXPECT_THAT(ParseGeoNames(row),
              StatusIs(kInvalid, AllOf(HasSubstr("19 columns"),
                                       HasSubstr("export/zip"))));
}

TEST(GeoNamesFile, OtherFilesAreRefusedWithWhatWasExpected) {
  for (const std::string& text :
       {std::string(), std::string("PK\x03\x04..."), std::string("a\tb\n"),
        std::string("DE\t\xff\n"),
        absl::StrReplaceAll(SampleGeoNames(), {{"DE\t", "AT\t"}})}) {
    EXPECT_THAT(ParseGeoNames(text),
                StatusIs(kInvalid, HasSubstr("12 columns")));
  }
}

TEST(GeoNamesFile, AFewBadLinesAreLeftOutAndNamed) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += SampleGeoNames();
  text += Row("1234", "Kurz", "12062", "51.5", "13.4");
  text += Row("12345", "Weit", "12062", "0", "0");
  const auto parsed = ParseGeoNames(text);
  ASSERT_THAT(parsed, IsOk());
  EXPECT_THAT(parsed->places, SizeIs(800));
  EXPECT_THAT(parsed->remarks,
              ElementsAre(HasSubstr("line 801: expected a postcode"),
                          HasSubstr("line 802: expected degrees")));
}

std::string SampleRegister() {
  return "\xef\xbb\xbfsatzart,textkennzeichen,land,rb,kreis,vb,gemeinde,"
         "gemeindename,flaeche,bevoelkerung,postleitzahl,laengengrad,"
         "breitengrad\r\n"
         "10,,12,,,,,Brandenburg,,,,,\r\n"
         "40,44,12,0,62,,,Elbe-Elster,,,,,\r\n"
         "50,50,12,0,62,0140,,\"Finsterwalde, Stadt\",,,,,\r\n"
         "60,63,12,0,62,0140,140,\"Finsterwalde, Stadt\", 77.20, 16 068,03238,"
         "\"13,71061\",\"51,62883\"\r\n"
         "60,63,12,0,62,0461,333,Massen-Niederlausitz,,1 866,03238,"
         "\"13,73000\",\"51,64000\"\r\n"
         "60,63,12,0,62,0024,024,\"Bad Liebenwerda, Stadt\",,9 100,04924,,\r\n"
         "60,66,12,0,62,0999,999,Wildnis,, ,,,\r\n";
}

TEST(DestatisFile, IsReadWithKeysNamesAndNumbers) {
  const auto parsed = ParseDestatis(SampleRegister());
  ASSERT_THAT(parsed, IsOk());
  ASSERT_THAT(parsed->districts, SizeIs(1));
  EXPECT_EQ(parsed->districts[0].ags, "12062");
  ASSERT_THAT(parsed->municipalities, SizeIs(3));  // not the uninhabited one
  const RegisteredMunicipality& first = parsed->municipalities[0];
  EXPECT_EQ(first.ags, "12062140");
  EXPECT_EQ(first.name, "Finsterwalde");
  EXPECT_EQ(first.population, 16'068);
  EXPECT_THAT(first.location, Optional(Eq(LatLng{51.62883, 13.71061})));
  EXPECT_EQ(parsed->municipalities[2].location, std::nullopt);
}

TEST(DestatisFile, OtherSeparatorsDoAndAMissingColumnIsNamed) {
  EXPECT_THAT(ParseDestatis("satzart;textkennzeichen;land;rb;kreis;gemeinde;"
                            "gemeindename;bevoelkerung\n"
                            "60;63;12;0;62;140;Finsterwalde;16068\n"),
              IsOk());
  EXPECT_THAT(ParseDestatis("satzart,land\n60,12\n"),
              StatusIs(kInvalid, HasSubstr("no column textkennzeichen")));
  EXPECT_THAT(ParseDestatis("PK\x03\x04"),
              StatusIs(kInvalid, HasSubstr("spreadsheet")));
}

class MergeTest : public ::testing::Test {
 protected:
  Gazetteer Merged(bool geonames, bool destatis) const {
    GazetteerImports imports;
    if (geonames) imports.geonames = &geonames_;
    if (destatis) imports.municipalities = &register_;
    auto merged = MergeGazetteer(base_, imports);
    EXPECT_THAT(merged.status(), IsOk());
    return std::move(merged->gazetteer);
  }

  const Gazetteer base_ = *Gazetteer::Make(SampleTables());
  const GeoNamesPostcodes geonames_ = *ParseGeoNames(SampleGeoNames());
  const DestatisRegister register_ = *ParseDestatis(SampleRegister());
};

TEST_F(MergeTest, GeoNamesSayWherePostcodesAndVillagesAre) {
  const Gazetteer merged = Merged(true, false);
  const auto village =
      merged.Resolve({.postal_code = "04924", .municipality = "Thalberg"});
  ASSERT_THAT(village, IsOk());
  EXPECT_EQ(village->location, (LatLng{51.50, 13.35}));
  EXPECT_EQ(village->ags, "12062024");  // the only one of the postcode
  EXPECT_TRUE(village->inferred);
  // What the file lacks stays, and companies are no places.
  EXPECT_NE(merged.FindPostalCode("60311"), nullptr);
  EXPECT_EQ(merged.FindPostalCode("10875"), nullptr);
}

TEST_F(MergeTest, TheRegisterGivesVillagesTheirKey) {
  EXPECT_EQ(base_.Resolve({.municipality = "Massen-Niederlausitz"})->ags,
            "12062");
  const Gazetteer merged = Merged(false, true);
  const auto village = merged.Resolve(
      {.postal_code = "03238", .municipality = "Massen-Niederlausitz"});
  ASSERT_THAT(village, IsOk());
  EXPECT_EQ(village->ags, "12062333");
  EXPECT_FALSE(village->inferred);
  EXPECT_EQ(merged.FindMunicipality("12062140")->population, 16'068);
  // Without a position of its own it keeps the one that was known.
  EXPECT_EQ(merged.FindMunicipality("12062024")->location,
            base_.FindMunicipality("12062024")->location);
}

TEST_F(MergeTest, BothTogetherKnowBoth) {
  const Gazetteer merged = Merged(true, true);
  EXPECT_EQ(
      merged.Resolve({.postal_code = "04924", .municipality = "Thalberg"})->ags,
      "12062024");
  EXPECT_EQ(merged.Resolve({.municipality = "Massen-Niederlausitz"})->ags,
            "12062333");
}

TEST(TravelTimesFile, KnowsItsPairsInTheirDirection) {
  const auto times = TravelTimes::Parse(
      "minutes,mode,from,to\n25,car,12062140,12062024\n70,transit,03238,"
      "04924\n");
  ASSERT_THAT(times, IsOk());
  EXPECT_EQ(times->size(), 2);
  EXPECT_THAT(times->Find("12062140", "12062024", CommuteMode::kCar),
              Optional(25));
  EXPECT_EQ(times->Find("12062024", "12062140", CommuteMode::kCar),
            std::nullopt);
  EXPECT_EQ(times->Find("12062140", "12062024", CommuteMode::kWalk),
            std::nullopt);
  EXPECT_THAT(times->Find("03238", "04924", CommuteMode::kTransit),
              Optional(70));
}

TEST(TravelTimesFile, AWrongLineIsNamedAndNothingTaken) {
  const auto refuses = [](absl::string_view rows, absl::string_view what) {
    EXPECT_THAT(
        TravelTimes::Parse(absl::StrCat("from,to,mode,minutes\n", rows)),
        StatusIs(kInvalid, HasSubstr(std::string(what))));
  };
  refuses("03238,04924,car,5\n03238,04924,plane,5\n", "line 3");
  refuses("3238,04924,car,5\n", "line 2: expected an AGS");
  refuses("03238,04924,car,-5\n", "0 to 1440");
  refuses("03238,04924,car\n", "as many fields");
  refuses("03238,04924,car,5\n03238,04924,car,6\n", "two lines");
  refuses("", "at least one row");
  EXPECT_THAT(TravelTimes::Parse("a,b\n"), StatusIs(kInvalid));
}

}  // namespace
}  // namespace heimweg::places
