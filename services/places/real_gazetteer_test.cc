// Tests of the gazetteer that set-up made from the npm packages. They are
// skipped unless HEIMWEG_GAZETTEER names its file, and the comparison with
// GeoNames' postcodes unless HEIMWEG_TEST_DATA names the folder that holds
// places/zipcodes_de_geonames.csv.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/places/averages.h"
#include "services/places/gazetteer.h"
#include "services/places/gazetteer_file.h"
#include "tests/support/status_matchers.h"

namespace heimweg::places {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string Environment(const char* name) {
  const char* value = getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr ? "" : value;
}

class RealGazetteerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string path = Environment("HEIMWEG_GAZETTEER");
    if (path.empty()) GTEST_SKIP() << "HEIMWEG_GAZETTEER is not set";
    auto loaded = Gazetteer::Load(path);
    ASSERT_THAT(loaded, IsOk());
    gazetteer_ = std::make_unique<Gazetteer>(*std::move(loaded));
  }

  ResolvedPlace Found(const PlaceQuery& query) const {
    const auto place = gazetteer_->Resolve(query);
    EXPECT_THAT(place.status(), IsOk());
    return place.ok() ? *place : ResolvedPlace();
  }

  std::unique_ptr<Gazetteer> gazetteer_;
};

TEST_F(RealGazetteerTest, KnowsTheCountry) {
  EXPECT_GE(gazetteer_->municipalities().size(), 6'300u);
  EXPECT_THAT(gazetteer_->districts(), SizeIs(401));
  EXPECT_GE(gazetteer_->postal_codes().size(), 8'150u);
}

TEST_F(RealGazetteerTest, FindsPlacesAsPeopleWriteThem) {
  EXPECT_EQ(Found({.municipality = "Finsterwalde"}).ags, "12062140");
  EXPECT_EQ(Found({.postal_code = "04924"}).district_ags, "12062");
  EXPECT_EQ(Found({.municipality = "Muenchen"}).ags, "09162000");
  EXPECT_EQ(Found({.municipality = "Frankfurt/Main"}).ags, "06412000");
  EXPECT_EQ(Found({.municipality = "Berlin-Kreuzberg"}).ags, "11000000");
  EXPECT_EQ(Found({.postal_code = "59821", .municipality = "Arnsberg"}).ags,
            "05958004");
}

TEST_F(RealGazetteerTest, AHamletsNamesakeKeepsItsOwnKey) {
  // 12062469 is Sonnewalde's, which has a hamlet Schönewalde.
  EXPECT_EQ(gazetteer_->FindMunicipality("12062469")->name, "Sonnewalde");
  const ResolvedPlace place =
      Found({.postal_code = "04916", .municipality = "Schönewalde"});
  EXPECT_EQ(place.district_ags, "12062");
  EXPECT_NE(place.ags, "12062469");
}

TEST_F(RealGazetteerTest, NamesakesAreRefusedWithAChoice) {
  EXPECT_THAT(gazetteer_->Resolve({.municipality = "Neustadt"}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("several places")));
}

TEST_F(RealGazetteerTest, EveryPlaceOfEveryPostcodeResolves) {
  for (const PostalCode& code : gazetteer_->postal_codes()) {
    EXPECT_THAT(gazetteer_->Resolve({.postal_code = code.code}), IsOk());
    for (const PostalPlace& place : code.places) {
      const auto found = gazetteer_->Resolve(
          {.postal_code = code.code, .municipality = place.name});
      ASSERT_THAT(found, IsOk()) << code.code;
      EXPECT_EQ(found->municipality, place.name);
    }
  }
}

TEST_F(RealGazetteerTest, EveryMunicipalityResolvesByItsKey) {
  for (const Municipality& row : gazetteer_->municipalities()) {
    EXPECT_EQ(Found({.ags = row.ags}).municipality, row.name);
    EXPECT_EQ(Found({.municipality = row.name, .ags = row.ags}).ags, row.ags);
  }
}

// Postcode -> the middle of GeoNames' places of it.
std::map<std::string, LatLng> PostcodesOf(const std::string& text) {
  std::map<std::string, std::vector<LatLng>> points;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    // Columns are counted from the end: names may contain commas.
    const std::vector<absl::string_view> f =
        absl::StrSplit(absl::StripSuffix(line, "\r"), ',');
    LatLng where;
    if (f.size() < 11 || !absl::SimpleAtod(f[f.size() - 2], &where.lat_deg) ||
        !absl::SimpleAtod(f[f.size() - 1], &where.lng_deg)) {
      continue;
    }
    points[std::string(f[1])].push_back(where);
  }
  std::map<std::string, LatLng> middles;
  for (const auto& [code, where] : points) middles[code] = Mean(where);
  return middles;
}

TEST_F(RealGazetteerTest, PostcodesAreWhereGeoNamesHasThem) {
  const std::string data = Environment("HEIMWEG_TEST_DATA");
  if (data.empty()) GTEST_SKIP() << "HEIMWEG_TEST_DATA is not set";
  const auto text = ReadFile(data + "/places/zipcodes_de_geonames.csv");
  ASSERT_THAT(text, IsOk());
  const std::map<std::string, LatLng> truth = PostcodesOf(*text);
  std::vector<int32_t> errors_m;
  for (const PostalCode& code : gazetteer_->postal_codes()) {
    const auto known = truth.find(code.code);
    if (known == truth.end()) continue;
    errors_m.push_back(Between(known->second, code.location));
  }
  ASSERT_GE(errors_m.size(), 8'100u);
  std::sort(errors_m.begin(), errors_m.end());
  const auto percentile = [&](size_t percent) {
    return errors_m[errors_m.size() * percent / 100];
  };
  RecordProperty("placed", static_cast<int>(gazetteer_->postal_codes().size()));
  RecordProperty("median_m", percentile(50));
  RecordProperty("p90_m", percentile(90));
  RecordProperty("p99_m", percentile(99));
  std::cout << "placed " << gazetteer_->postal_codes().size() << ", compared "
            << errors_m.size() << ", median " << percentile(50) << " m, p90 "
            << percentile(90) << " m, p99 " << percentile(99) << " m\n";
  EXPECT_GE(gazetteer_->postal_codes().size(), 8'150u);
  EXPECT_LE(percentile(50), 1'000);
  EXPECT_LE(percentile(90), 11'000);
  EXPECT_LE(percentile(99), 22'000);
}

}  // namespace
}  // namespace heimweg::places
