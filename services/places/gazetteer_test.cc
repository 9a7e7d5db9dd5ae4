#include "services/places/gazetteer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/places/distance.h"
#include "services/places/gazetteer_file.h"
#include "services/places/sample_places.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace heimweg::places {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::heimweg::testing::TempDir;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(GazetteerTest, FindsRowsByTheirKeys) {
  const auto gazetteer = Gazetteer::Make(SampleTables());
  ASSERT_THAT(gazetteer, IsOk());
  EXPECT_EQ(gazetteer->FindMunicipality("12062140")->name, "Finsterwalde");
  EXPECT_EQ(gazetteer->FindDistrict("12062")->name, "Landkreis Elbe-Elster");
  EXPECT_THAT(gazetteer->FindPostalCode("03238")->places, SizeIs(3));
  EXPECT_EQ(gazetteer->FindMunicipality("12062"), nullptr);
  EXPECT_EQ(gazetteer->FindPostalCode("99999"), nullptr);
  EXPECT_EQ(gazetteer->FindDistrict(""), nullptr);
}

TEST(GazetteerTest, MunicipalitiesOfATerritoryAreThoseWithItsPrefix) {
  const auto gazetteer = Gazetteer::Make(SampleTables());
  ASSERT_THAT(gazetteer, IsOk());
  EXPECT_THAT(gazetteer->MunicipalitiesOf("12062"), SizeIs(2));
  EXPECT_THAT(gazetteer->MunicipalitiesOf("12"), SizeIs(3));
  EXPECT_THAT(gazetteer->MunicipalitiesOf("12062140"), SizeIs(1));
  EXPECT_THAT(gazetteer->MunicipalitiesOf(""), SizeIs(7));
  EXPECT_THAT(gazetteer->MunicipalitiesOf("15"), IsEmpty());
}

TEST(GazetteerTest, TheNearestMunicipalityCountsItsParts) {
  const auto gazetteer = Gazetteer::Make(SampleTables());
  ASSERT_THAT(gazetteer, IsOk());
  EXPECT_EQ(gazetteer->Nearest(ToGeoPoint({51.46, 7.95}))->name, "Arnsberg");
  EXPECT_EQ(Gazetteer::Make({})->Nearest(ToGeoPoint({51, 10})), nullptr);
}

// A municipality of a district, anywhere.
Municipality AnyMunicipality(const Municipality& like, int number,
                             std::mt19937& numbers) {
  Municipality row = like;
  row.ags = absl::StrCat(like.district_ags(), number);
  row.name = absl::StrCat("Ort ", number);
  // Some lie at the same place.
  row.location = {47 + static_cast<double>(numbers() % 80) / 10,
                  6 + static_cast<double>(numbers() % 90) / 10};
  return row;
}

TEST(GazetteerTest, NoOtherMunicipalityIsNearerThanTheNearest) {
  std::mt19937 numbers(5);
  GazetteerTables tables = SampleTables();
  tables.localities.clear();
  tables.postal_codes.clear();
  const Municipality like = tables.municipalities.front();
  for (int number = 500; number < 1'000; ++number) {
    tables.municipalities.push_back(AnyMunicipality(like, number, numbers));
  }
  const auto gazetteer = Gazetteer::Make(std::move(tables));
  ASSERT_THAT(gazetteer, IsOk());
  for (int round = 0; round < 2'000; ++round) {
    // Here, or anywhere on Earth.
    const LatLng where =
        round % 4 > 0 ? LatLng{47 + static_cast<double>(numbers() % 800) / 100,
                               6 + static_cast<double>(numbers() % 900) / 100}
                      : LatLng{static_cast<double>(numbers() % 181) - 90,
                               static_cast<double>(numbers() % 360) - 180};
    const GeoPoint point = ToGeoPoint(where);
    const Municipality* expected = nullptr;
    for (const Municipality& row : gazetteer->MunicipalitiesOf("")) {
      if (expected == nullptr ||
          ChordSquared(point, ToGeoPoint(row.location)) <
              ChordSquared(point, ToGeoPoint(expected->location))) {
        expected = &row;
      }
    }
    ASSERT_EQ(gazetteer->Nearest(point), expected) << "round " << round;
  }
}

TEST(GazetteerTest, AFileGivesBackWhatWasWritten) {
  const TempDir dir;
  const std::string path = dir.path() + "/gazetteer";
  const auto written = Gazetteer::Make(SampleTables());
  ASSERT_THAT(written, IsOk());
  ASSERT_THAT(written->Write(path), IsOk());
  const auto loaded = Gazetteer::Load(path);
  ASSERT_THAT(loaded, IsOk());
  EXPECT_EQ(loaded->fingerprint(), written->fingerprint());
  EXPECT_EQ(loaded->FindPostalCode("03238")->places[1].name,
            "Massen-Niederlausitz");
  EXPECT_EQ(loaded->FindMunicipality("12062140")->location,
            written->FindMunicipality("12062140")->location);
  const std::string copy = path + ".copy";
  ASSERT_THAT(loaded->Write(copy), IsOk());
  EXPECT_EQ(*ReadFile(copy), *ReadFile(path));
}

TEST(GazetteerTest, OtherContentsHaveAnotherFingerprint) {
  GazetteerTables other = SampleTables();
  other.municipalities[0].location.lat_deg += 0.001;
  EXPECT_NE(Gazetteer::Make(std::move(other))->fingerprint(),
            Gazetteer::Make(SampleTables())->fingerprint());
}

TEST(GazetteerTest, AMissingFileIsNotFound) {
  EXPECT_THAT(Gazetteer::Load("/nowhere/gazetteer"),
              StatusIs(absl::StatusCode::kNotFound));
}

// The file of the sample with one piece of its text replaced.
absl::Status LoadWith(const std::string& from, const std::string& to) {
  const TempDir dir;
  std::string text = FormatGazetteer(SampleTables());
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  const std::string path = dir.path() + "/gazetteer";
  EXPECT_THAT(ReplaceFile(path, text), IsOk());
  return Gazetteer::Load(path).status();
}

TEST(GazetteerTest, AFileOfANewerHeimwegIsRefused) {
  EXPECT_THAT(LoadWith("heimweg-gazetteer\t1", "heimweg-gazetteer\t2"),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("line 1"), HasSubstr("newer"))));
}

TEST(GazetteerTest, ABrokenFileIsRefusedWithTheLineAndWhatWasExpected) {
  const auto is_data_loss = [](const std::string& message) {
    return StatusIs(absl::StatusCode::kDataLoss, HasSubstr(message));
  };
  EXPECT_THAT(LoadWith("heimweg-gazetteer", "something"),
              is_data_loss("line 1: expected \"heimweg-gazetteer\""));
  EXPECT_THAT(LoadWith("districts\t7", "districts\tmany"),
              is_data_loss("line 2: expected the section \"districts\""));
  EXPECT_THAT(LoadWith("districts\t7", "districts\t8"),
              is_data_loss("line 10: expected ags, name"));
  EXPECT_THAT(LoadWith("51.35000", "here"),
              is_data_loss("line 3: expected latitude"));
  EXPECT_THAT(LoadWith("16000", "-1"), is_data_loss("population"));
  EXPECT_THAT(LoadWith("Finsterwalde", "Finsterwalda"),
              is_data_loss("checksum"));
}

TEST(GazetteerTest, AFileCutAnywhereIsRefused) {
  const std::string text = FormatGazetteer(SampleTables());
  for (size_t size = 0; size < text.size(); ++size) {
    EXPECT_THAT(ParseGazetteer(text.substr(0, size)),
                StatusIs(absl::StatusCode::kDataLoss))
        << size;
  }
  EXPECT_THAT(ParseGazetteer(text + "x"),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST(GazetteerTest, RowsThatContradictEachOtherAreRefused) {
  const auto make_with = [](auto change) {
    GazetteerTables tables = SampleTables();
    change(tables);
    return Gazetteer::Make(std::move(tables)).status();
  };
  const auto names = [](const std::string& message) {
    return StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(message));
  };
  EXPECT_THAT(make_with([](auto& t) { t.municipalities[0].ags = "1206214"; }),
              names("8 digits"));
  EXPECT_THAT(make_with([](auto& t) { t.municipalities[0].ags = "16099001"; }),
              names("municipality \"16099001\": expected its district"));
  EXPECT_THAT(make_with([](auto& t) { t.municipalities[0].ags = "12062024"; }),
              names("one row, not two"));
  EXPECT_THAT(make_with([](auto& t) { t.municipalities[0].name = "a\tb"; }),
              names("a name without tabs"));
  EXPECT_THAT(make_with([](auto& t) { t.localities[0].ags = "12062999"; }),
              names("its municipality among"));
  EXPECT_THAT(make_with([](auto& t) { t.postal_codes[0].places.clear(); }),
              names("at least one place"));
  EXPECT_THAT(make_with([](auto& t) { t.districts[0].ags = "17001"; }),
              names("a state's AGS"));
  EXPECT_THAT(make_with([](auto& t) {
                t.municipalities[0].location = {40, 10};
              }),
              names("in or near Germany"));
}

TEST(GermanyTest, ThereAreSixteenStates) {
  std::set<std::string> keys;
  for (const State& state : States()) keys.insert(std::string(state.ags));
  EXPECT_THAT(keys, SizeIs(16));
  EXPECT_EQ(StateName("12062140"), "Brandenburg");
  EXPECT_EQ(StateName("17"), "");
}

}  // namespace
}  // namespace heimweg::places
