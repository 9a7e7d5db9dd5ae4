#include "services/places/gazetteer_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "services/places/averages.h"
#include "services/places/gazetteer_file.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace heimweg::places {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::heimweg::testing::TempDir;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr LatLng kFinsterwalde{51.62883, 13.71061};
constexpr LatLng kElsterwerda{51.45969, 13.52001};
constexpr LatLng kMunich{48.13743, 11.57549};

// Two towns of one region, villages around them, a city far away, and a
// namesake of one village beside it.
RawTables Rows() {
  RawTables raw;
  raw.cities = {
      {"Finsterwalde", "12062140", false, 16'000, kFinsterwalde},
      {"Elsterwerda", "12062124", false, 8'000, kElsterwerda},
      {"Munich", "09162000", false, 1'260'000, kMunich},
      {"Schwabing", "09162000", true, 1'300'000, {48.166, 11.58}},
      {"Massen", "09162999", false, 2'000, {48.2, 11.6}},
      {"Hohenau", "09162998", false, 2'000, {48.1, 11.7}},
      {"Hohenau", "12062998", false, 1'200, {51.5, 13.6}},
  };
  raw.postcodes = {
      {"03238", {"Finsterwalde", "Massen"}},
      {"03249", {"Kleinow"}},
      {"04910", {"Elsterwerda"}},
      {"04915", {"Hohenau"}},
      {"80331", {"München"}},
      {"80333", {"München"}},
      {"80801", {"München"}},
  };
  raw.stations = {{"80801", {48.165, 11.585}}, {"03238", {51.63, 13.7}}};
  raw.districts = {{"12062", "Landkreis", "Elbe-Elster"},
                   {"09162", "Kreisfreie Stadt", "München, Landeshauptstadt"},
                   {"05958", "Kreis", "Hochsauerlandkreis"}};
  return raw;
}

TEST(GazetteerBuilderTest, ThePlainCaseKeepsNameKeyAndPosition) {
  const auto gazetteer = BuildGazetteer(Rows());
  ASSERT_THAT(gazetteer, IsOk());
  const PostalCode& code = *gazetteer->FindPostalCode("04910");
  EXPECT_EQ(code.places[0].ags, "12062124");
  EXPECT_EQ(code.location, kElsterwerda);
  EXPECT_FALSE(code.inferred);
  EXPECT_EQ(gazetteer->FindDistrict("12062")->name, "Landkreis Elbe-Elster");
}

TEST(GazetteerBuilderTest, ACityGetsItsGermanNameAndKeepsItsParts) {
  const auto gazetteer = BuildGazetteer(Rows());
  ASSERT_THAT(gazetteer, IsOk());
  EXPECT_EQ(gazetteer->FindMunicipality("09162000")->name, "München");
  EXPECT_EQ(gazetteer->FindMunicipality("09162000")->population, 1'260'000);
  ASSERT_THAT(gazetteer->localities(), SizeIs(1));
  EXPECT_EQ(gazetteer->localities()[0].name, "Schwabing");
}

TEST(GazetteerBuilderTest, AHamletDoesNotTakeItsMunicipalitysKey) {
  // The table gives a hamlet the key and about the population of the town that
  // it is of; a town of the hamlet's name is elsewhere.
  RawTables raw = Rows();
  raw.cities.push_back({"Waldau", "12062469", false, 3'700, {51.5, 13.6}});
  raw.cities.push_back({"Sonnau", "12062469", false, 3'600, {51.47, 13.54}});
  raw.postcodes.insert(raw.postcodes.begin() + 3, {"04911", {"Sonnau"}});
  raw.postcodes.push_back({"80939", {"Waldau"}});
  const auto gazetteer = BuildGazetteer(std::move(raw));
  ASSERT_THAT(gazetteer, IsOk());
  EXPECT_EQ(gazetteer->FindMunicipality("12062469")->name, "Sonnau");
  const PostalCode& code = *gazetteer->FindPostalCode("80939");
  EXPECT_EQ(code.district_ags, "09162");
  EXPECT_TRUE(code.places[0].inferred);
}

TEST(GazetteerBuilderTest, AVillageIsNotItsNamesakeFarAway) {
  const auto gazetteer = BuildGazetteer(Rows());
  ASSERT_THAT(gazetteer, IsOk());
  const PostalPlace& massen = gazetteer->FindPostalCode("03238")->places[1];
  EXPECT_EQ(massen.name, "Massen");
  EXPECT_EQ(massen.ags, "12062");
  EXPECT_TRUE(massen.inferred);
  EXPECT_LT(Between(massen.location, kFinsterwalde), 5'000);
}

TEST(GazetteerBuilderTest, OfTwoNamesakesTheNearerToTheNeighboursIsMeant) {
  const auto gazetteer = BuildGazetteer(Rows());
  ASSERT_THAT(gazetteer, IsOk());
  EXPECT_EQ(gazetteer->FindPostalCode("04915")->places[0].ags, "12062998");
}

TEST(GazetteerBuilderTest, APostcodeOfUnknownNamesIsPlacedByItsNeighbours) {
  const auto gazetteer = BuildGazetteer(Rows());
  ASSERT_THAT(gazetteer, IsOk());
  const PostalCode& code = *gazetteer->FindPostalCode("03249");
  EXPECT_TRUE(code.inferred);
  EXPECT_EQ(code.district_ags, "12062");
  EXPECT_LT(Between(code.location, kFinsterwalde), 10'000);
}

TEST(GazetteerBuilderTest, AStationTellsApartThePostcodesOfACity) {
  const auto gazetteer = BuildGazetteer(Rows());
  ASSERT_THAT(gazetteer, IsOk());
  EXPECT_LT(
      Between(gazetteer->FindPostalCode("80801")->location, {48.165, 11.585}),
      100);
  EXPECT_LT(Between(gazetteer->FindPostalCode("80331")->location, kMunich),
            1'000);
}

TEST(GazetteerBuilderTest, DistrictsWithoutMunicipalitiesAreLeftOut) {
  const auto gazetteer = BuildGazetteer(Rows());
  ASSERT_THAT(gazetteer, IsOk());
  EXPECT_EQ(gazetteer->FindDistrict("05958"), nullptr);
}

TEST(GazetteerBuilderTest, TheSameRowsGiveTheSameGazetteer) {
  EXPECT_EQ(BuildGazetteer(Rows())->fingerprint(),
            BuildGazetteer(Rows())->fingerprint());
}

TEST(GazetteerBuilderTest, EmptyTablesAreRefused) {
  EXPECT_THAT(BuildGazetteer({}),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

class RawTablesTest : public ::testing::Test {
 protected:
  void Write(const std::string& name, const std::string& text) {
    ASSERT_THAT(ReplaceFile(dir_.path() + "/" + name, text), IsOk());
  }
  void WriteAll() {
    Write("cities.tsv",
          "name\talternative_name\tags\tdistrict_ags\tfeature\tpopulation\t"
          "latitude\tlongitude\n"
          "Arnsberg\t\t05958004\t05958\tPPL\t73000\t51.39606\t8.06442\n"
          "Altstadt\t\t05958004\t05958\tPPLX\t900\t51.4\t8.06\n"
          "Wüstung\t\t05958004\t05958\tPPLH\t0\t51.4\t8.06\n");
    Write("postcodes.tsv", "code\tname\n59821\tArnsberg\n59821\tRest\n");
    Write(
        "stations.tsv",
        "name\tcity\tcode\tlatitude\tlongitude\n"
        "Arnsberg\tArnsberg\t59821\t51.4\t8.06\nWien\tWien\t1010\t48.2\t16\n");
    Write("districts.tsv",
          "ags\ttype\tname\tpopulation\n"
          "05958\tKreis\tHochsauerlandkreis\t260000\n");
  }

  TempDir dir_;
};

TEST_F(RawTablesTest, ReadsTheFourTables) {
  WriteAll();
  const auto raw = ReadRawTables(dir_.path());
  ASSERT_THAT(raw, IsOk());
  ASSERT_THAT(raw->cities, SizeIs(2));
  EXPECT_TRUE(raw->cities[1].is_part);
  ASSERT_THAT(raw->postcodes, SizeIs(1));
  EXPECT_THAT(raw->postcodes[0].names, SizeIs(2));
  EXPECT_THAT(raw->stations, SizeIs(1));
  const auto gazetteer = BuildGazetteer(*raw);
  ASSERT_THAT(gazetteer, IsOk());
  EXPECT_EQ(gazetteer->FindDistrict("05958")->name, "Hochsauerlandkreis");
}

TEST_F(RawTablesTest, ABrokenRowIsNamed) {
  WriteAll();
  Write("postcodes.tsv", "code\tname\n59821\tArnsberg\n598\tRest\n");
  EXPECT_THAT(ReadRawTables(dir_.path()),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("postcodes.tsv, line 3")));
}

TEST_F(RawTablesTest, AMissingTableIsNamed) {
  WriteAll();
  std::filesystem::remove(dir_.path() + "/stations.tsv");
  EXPECT_THAT(ReadRawTables(dir_.path()),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("stations.tsv")));
}

}  // namespace
}  // namespace heimweg::places
