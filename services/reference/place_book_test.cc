#include "services/reference/place_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/places/sample_places.h"
#include "services/server/errors.h"
#include "tests/support/status_matchers.h"

namespace heimweg::reference {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PlaceBookTest : public ::testing::Test {
 protected:
  // Imports a file into the data set as DataSetBook does.
  void Import(const std::string& data_set, const std::string& bytes) {
    for (DataSet* one : data_sets_.data_sets()) {
      if (one->id() != data_set) continue;
      const DataSetFile file{"file", bytes};
      const auto prepared = one->Prepare(bytes.empty() ? nullptr : &file);
      ASSERT_THAT(prepared, IsOk());
      prepared->install();
    }
  }

  places::v1::ComputeCommuteResponse Commute(const std::string& from,
                                             const std::string& to) const {
    places::v1::ComputeCommuteRequest request;
    request.mutable_from()->set_ags(from);
    request.mutable_to()->set_ags(to);
    places::v1::ComputeCommuteResponse response;
    EXPECT_THAT(book_.Commute({}, request, &response), IsOk());
    return response;
  }

  const places::Gazetteer base_ =
      *places::Gazetteer::Make(places::SampleTables());
  PlaceDataSets data_sets_{base_};
  const PlaceBook book_{data_sets_};
};

TEST_F(PlaceBookTest, ALookedUpPlaceHasWhatTellsItFromNamesakes) {
  places::v1::LookupPlaceRequest request;
  request.mutable_place()->set_municipality("finsterwalde");
  places::v1::LookupPlaceResponse response;
  ASSERT_THAT(book_.Lookup({}, request, &response), IsOk());
  EXPECT_EQ(response.place().name(), "Finsterwalde");
  EXPECT_EQ(response.place().ags(), "12062140");
  EXPECT_EQ(response.place().district(), "Landkreis Elbe-Elster");
  EXPECT_EQ(response.place().state(), "Brandenburg");
  EXPECT_EQ(response.place().population(), 16'000);
  EXPECT_THAT(response.place().postal_codes(), ElementsAre("03238"));
}

TEST_F(PlaceBookTest, AnUnknownPlaceIsAViolationOfItsField) {
  places::v1::ComputeDistanceRequest request;
  request.mutable_from()->set_postal_code("99998");
  request.mutable_to()->set_municipality("Nirgendheim");
  places::v1::ComputeDistanceResponse response;
  const absl::Status status = book_.Distance({}, request, &response);
  const auto wrong = server::ViolationsOf(status);
  ASSERT_THAT(wrong, SizeIs(2));
  EXPECT_EQ(wrong[0].field, "from.postal_code");
  EXPECT_EQ(wrong[1].field, "to.municipality");
}

TEST_F(PlaceBookTest, SuggestionsShowDistrictAndState) {
  places::v1::SuggestPlacesRequest request;
  request.set_text("hausen");
  places::v1::SuggestPlacesResponse response;
  ASSERT_THAT(book_.Suggest({}, request, &response), IsOk());
  ASSERT_THAT(response.suggestions(), SizeIs(2));
  EXPECT_EQ(response.suggestions(0).place().state(), "Bayern");
  EXPECT_EQ(response.suggestions(1).place().district(),
            "Landkreis Elbe-Elster");
  request.set_limit(101);
  EXPECT_THAT(book_.Suggest({}, request, &response),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(PlaceBookTest, ATerritoryListsItsDistrictsAndMunicipalities) {
  places::v1::ListDistrictsRequest districts;
  districts.add_ags_prefixes("12");
  places::v1::ListDistrictsResponse found;
  ASSERT_THAT(book_.ListDistricts({}, districts, &found), IsOk());
  ASSERT_THAT(found.districts(), SizeIs(2));
  EXPECT_EQ(found.districts(1).ags(), "12062");
  EXPECT_EQ(found.districts(1).municipalities(), 2);
  districts.add_ags_prefixes("x");
  EXPECT_THAT(book_.ListDistricts({}, districts, &found),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(PlaceBookTest, MunicipalitiesComeInPages) {
  places::v1::ListMunicipalitiesRequest request;
  request.add_ags_prefixes("12062");
  request.set_page_size(1);
  places::v1::ListMunicipalitiesResponse first;
  ASSERT_THAT(book_.ListMunicipalities({}, request, &first), IsOk());
  ASSERT_THAT(first.municipalities(), SizeIs(1));
  EXPECT_EQ(first.municipalities(0).ags(), "12062024");
  request.set_page_token(first.next_page_token());
  places::v1::ListMunicipalitiesResponse last;
  ASSERT_THAT(book_.ListMunicipalities({}, request, &last), IsOk());
  ASSERT_THAT(last.municipalities(), SizeIs(1));
  EXPECT_EQ(last.municipalities(0).ags(), "12062140");
  EXPECT_THAT(last.next_page_token(), IsEmpty());
}

TEST_F(PlaceBookTest, ImportedTravelTimesAnswerInsteadOfTheModel) {
  const auto model = Commute("12062140", "12062024");
  EXPECT_EQ(model.source(), places::v1::COMMUTE_SOURCE_MODEL);
  EXPECT_GT(model.distance_m(), 20'000);
  Import("travel-times", "from,to,mode,minutes\n12062140,12062024,car,99\n");
  const auto imported = Commute("12062140", "12062024");
  EXPECT_EQ(imported.minutes(), 99);
  EXPECT_EQ(imported.source(), places::v1::COMMUTE_SOURCE_TRAVEL_TIMES);
  EXPECT_EQ(Commute("12062024", "12062140").source(),
            places::v1::COMMUTE_SOURCE_TRAVEL_TIMES_REVERSED);
  Import("travel-times", "");
  EXPECT_EQ(Commute("12062140", "12062024").minutes(), model.minutes());
}

TEST_F(PlaceBookTest, AnImportAnswersAtOnceAndCanBeTakenBack) {
  places::v1::LookupPlaceRequest request;
  request.mutable_place()->set_postal_code("03238");
  places::v1::LookupPlaceResponse before;
  ASSERT_THAT(book_.Lookup({}, request, &before), IsOk());
  Import("geonames",
         "DE\t03238\tFinsterwalde\t\t\t\t\t\t12062\t51.7\t13.8\t4\n");
  places::v1::LookupPlaceResponse after;
  ASSERT_THAT(book_.Lookup({}, request, &after), IsOk());
  EXPECT_EQ(after.place().location().latitude(), 51.7);
  Import("geonames", "");
  places::v1::LookupPlaceResponse again;
  ASSERT_THAT(book_.Lookup({}, request, &again), IsOk());
  EXPECT_EQ(again.SerializeAsString(), before.SerializeAsString());
}

}  // namespace
}  // namespace heimweg::reference
