#include "clients/generator/towns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "clients/generator/generator.h"
#include "services/places/distance.h"
#include "services/places/gazetteer.h"

namespace heimweg::generator {
namespace {

using ::testing::AllOf;
using ::testing::Gt;
using ::testing::Le;
using ::testing::Lt;

places::Gazetteer SmallGazetteer() {
  places::GazetteerTables tables;
  tables.districts = {{"12062", "Elbe-Elster", {51.6, 13.5}}};
  tables.municipalities = {
      {"12062124", "Elsterwerda", {51.46, 13.52}, 8'000},
      {"12062140", "Finsterwalde", {51.63, 13.71}, 16'000}};
  tables.postal_codes = {
      {"03238",
       {51.63, 13.71},
       "12062",
       false,
       {{"Finsterwalde", "12062140", {51.63, 13.71}, false}}},
      {"04910",
       {51.46, 13.52},
       "12062",
       false,
       {{"Elsterwerda", "12062124", {51.46, 13.52}, false}}}};
  return *places::Gazetteer::Make(std::move(tables));
}

places::PlaceQuery ToQuery(const type::v1::Place& place) {
  places::PlaceQuery query{place.postal_code(), place.municipality(),
                           place.ags(), std::nullopt};
  if (place.has_location()) {
    query.location = {place.location().latitude(),
                      place.location().longitude()};
  }
  return query;
}

void ExpectResolvesAlike(const places::Gazetteer& gazetteer,
                         const type::v1::Place& place) {
  const auto resolved = gazetteer.Resolve(ToQuery(place));
  ASSERT_TRUE(resolved.ok()) << resolved.status();
  EXPECT_EQ(resolved->ags, place.resolved().ags());
  EXPECT_EQ(resolved->municipality, place.resolved().municipality());
  const places::LatLng filled{place.resolved().location().latitude(),
                              place.resolved().location().longitude()};
  EXPECT_THAT(
      places::DistanceMeters(resolved->point, places::ToGeoPoint(filled)),
      Le(1));
}

TEST(TownsTest, PlacesComeFromTheGazetteerByPopulation) {
  const places::Gazetteer gazetteer = SmallGazetteer();
  GeneratorOptions options;
  options.as_stored = true;
  const Generator generator(&gazetteer, 7, options);
  int larger = 0, by_code = 0, by_point = 0;
  for (int64_t i = 0; i < 3'000; ++i) {
    const jobs::v1::Job job = generator.MakeJob(i);
    ExpectResolvesAlike(gazetteer, job.place());
    larger += job.place().resolved().ags() == "12062140";
    by_code += !job.place().postal_code().empty();
    by_point += job.place().has_location();
  }
  EXPECT_THAT(larger, AllOf(Gt(1'850), Lt(2'150)));
  EXPECT_THAT(by_code, AllOf(Gt(1'300), Lt(1'700)));
  EXPECT_THAT(by_point, AllOf(Gt(800), Lt(1'300)));
}

TEST(TownsTest, EveryPlaceResolvesInTheRealGazetteer) {
  const char* path = std::getenv("HEIMWEG_GAZETTEER");
  if (path == nullptr) GTEST_SKIP() << "HEIMWEG_GAZETTEER names no file";
  const auto gazetteer = places::Gazetteer::Load(path);
  ASSERT_TRUE(gazetteer.ok()) << gazetteer.status();
  GeneratorOptions options;
  options.as_stored = true;
  const Generator generator(&*gazetteer, 7, options);
  std::set<std::string> towns;
  for (int64_t i = 0; i < 3'000; ++i) {
    const housing::v1::Home home = generator.MakeHome(i);
    ExpectResolvesAlike(*gazetteer, home.place());
    towns.insert(home.place().resolved().ags());
  }
  EXPECT_THAT(towns.size(), Gt(800u));
}

}  // namespace
}  // namespace heimweg::generator
