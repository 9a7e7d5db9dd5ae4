// packages and regions: what is asked, and what is shown of the answer.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>

#include "clients/cli/json.h"
#include "clients/cli/testing/fake_server.h"
#include "clients/cli/testing/test_console.h"

namespace heimweg::cli {
namespace {

using ::testing::HasSubstr;

matching::v1::RankPackagesResponse Packages() {
  matching::v1::RankPackagesResponse response;
  google::protobuf::util::JsonStringToMessage(
      R"({"packages": [{"scoreMillionths": 612345, "weakestPart": 1,
          "parts": [
            {"kind": "PACKAGE_PART_KIND_HOME", "match": {
              "offer": "networks/n/homes/h", "scoreMillionths": 800000,
              "card": {"title": "Haus", "municipality": "Elsterwerda"}}},
            {"kind": "PACKAGE_PART_KIND_JOB", "adult": "anna",
              "homeDistanceMeters": 9300, "commuteMinutes": 17, "match": {
              "offer": "networks/n/jobs/j", "scoreMillionths": 540000,
              "reasons": [{"key": "REASON_KEY_COMMUTE_FROM_HOME",
                "parameters": [{"name": "minutes", "value": "17"},
                  {"name": "mode", "value": "car"},
                  {"name": "km", "value": "9.3"}]},
                {"key": "REASON_KEY_HOME_BEFORE_START", "parameters": [
                  {"name": "available", "value": "2027-07-01"},
                  {"name": "start", "value": "2027-08-01"}]}],
              "card": {"title": "Koch", "organization": "Gasthof"}}}]},
         {"scoreMillionths": 200000,
          "parts": [{"kind": "PACKAGE_PART_KIND_HOME", "match": {
              "offer": "networks/n/homes/g", "scoreMillionths": 700000}}],
          "missing": [{"kind": "PACKAGE_PART_KIND_JOB", "adult": "anna",
            "requiredRelaxations": [{"constraint": "CONSTRAINT_AREA",
              "from": "60", "to": "72", "unit": "minutes"}]}]}],
        "eligibleHomes": 2})",
      &response);
  return response;
}

TEST(PackagesCommand, AsksForWhatTheFlagsSay) {
  FakeServer server;
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() +
                        "packages --profile p --region 12062 --network n "
                        "--weights salary=8 --top 3 --home-weight 7 "
                        "--people-weight 0"),
            0);
  EXPECT_EQ(ToJson(server.matching.last_packages),
            R"({"profile":"profiles/p","agsPrefixes":["12062"],)"
            R"("networks":["networks/n"],"weights":{"salary":8},)"
            R"("partWeights":{"home":7,"people":0},"limit":3})");
}

TEST(PackagesCommand, ShowsThePartsTheWayAndTheWeakestLink) {
  FakeServer server;
  server.matching.packages = Packages();
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + "--lang en packages --profile p"), 0);
  EXPECT_THAT(console.out.str(), HasSubstr("Job for anna"));
  EXPECT_THAT(console.out.str(), HasSubstr("9.3 km, 17 min"));
  EXPECT_THAT(console.out.str(),
              HasSubstr("17 minutes from home to work by car (9.3 km)."));
  EXPECT_THAT(console.out.str(),
              HasSubstr("Weakest link: Job for anna (54.0)."));
  EXPECT_THAT(console.out.str(), HasSubstr("Missing: Job for anna."));
  EXPECT_THAT(console.out.str(), HasSubstr("72 instead of 60 minutes"));
  EXPECT_THAT(console.out.str(), HasSubstr("2 homes meet every condition."));
}

TEST(PackagesCommand, SpeaksGerman) {
  FakeServer server;
  server.matching.packages = Packages();
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + "--lang de packages --profile p"), 0);
  EXPECT_THAT(console.out.str(), HasSubstr("Stelle für anna"));
  EXPECT_THAT(console.out.str(),
              HasSubstr("17 Minuten von zu Hause zur Arbeit"));
  EXPECT_THAT(console.out.str(), HasSubstr("die Arbeit beginnt am"));
  EXPECT_THAT(console.out.str(), HasSubstr("Schwächstes Glied"));
  EXPECT_THAT(console.out.str(), HasSubstr("Es fehlt: Stelle für anna."));
}

TEST(PackagesCommand, PrintsTheResponseAsProto3Json) {
  FakeServer server;
  server.matching.packages = Packages();
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + "packages --profile p --json"), 0);
  EXPECT_EQ(console.out.str(), ToJson(Packages()) + "\n");
}

TEST(RegionsCommand, AsksForMunicipalitiesAndNamesThem) {
  FakeServer server;
  matching::v1::RankedRegion& region = *server.matching.regions.add_regions();
  region.set_ags("12062124");
  region.set_display_name("Elsterwerda");
  region.set_eligible_homes(7);
  *region.mutable_best_package() = Packages().packages(0);
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() +
                        "--lang en regions --profile p --municipalities"),
            0);
  EXPECT_EQ(server.matching.last_regions.level(),
            matching::v1::REGION_LEVEL_MUNICIPALITY);
  EXPECT_THAT(console.out.str(), HasSubstr("Elsterwerda"));
  EXPECT_THAT(console.out.str(), HasSubstr("Job for anna 54.0: Koch"));
}

TEST(RegionsCommand, NeedsAHousehold) {
  FakeServer server;
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + "regions"), 2);
}

}  // namespace
}  // namespace heimweg::cli
