// rank, explain and status: what is asked, and what is shown of the answer.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "clients/cli/json.h"
#include "clients/cli/match_table.h"
#include "clients/cli/status_check.h"
#include "clients/cli/testing/fake_server.h"
#include "clients/cli/testing/test_console.h"
#include "tests/support/temp_dir.h"

namespace heimweg::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

matching::v1::RankOffersResponse ARanking() {
  matching::v1::RankOffersResponse response;
  google::protobuf::util::JsonStringToMessage(
      R"({"matches": [{"offer": "networks/n/jobs/a", "scoreMillionths": 873456,
          "adult": "a", "distanceMeters": 12345, "commuteMinutes": 21,
          "reasons": [{"key": "REASON_KEY_NEAR", "parameters": [
            {"name": "anchor", "value": "parents"},
            {"name": "km", "value": "12.3"}]}],
          "card": {"title": "Koch", "municipality": "Elsterwerda",
            "postalCode": "04910", "organization": "Gasthof"}}],
        "eligibleOffers": 1234, "eligibleOffersExact": true,
        "facets": [{"key": "type", "values": [
          {"value": "EMPLOYMENT_TYPE_EMPLOYEE", "offers": 7}]}],
        "exclusions": [{"constraint": "CONSTRAINT_SALARY", "offers": 12}],
        "relaxations": [{"constraint": "CONSTRAINT_AREA", "from": "30",
          "to": "40", "unit": "minutes", "additionalOffers": 12,
          "anchor": "parents"}]})",
      &response);
  return response;
}

TEST(Rank, PrintsTheResponseAsProto3Json) {
  FakeServer server;
  server.matching.ranking = ARanking();
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + "rank --profile p --kind jobs --json"),
            0);
  EXPECT_EQ(console.out.str(), ToJson(ARanking()) + "\n");
  matching::v1::RankOffersResponse read;
  ASSERT_TRUE(
      google::protobuf::util::JsonStringToMessage(console.out.str(), &read)
          .ok());
  EXPECT_EQ(read.SerializeAsString(), ARanking().SerializeAsString());
}

TEST(Rank, AsksForWhatTheFlagsSay) {
  FakeServer server;
  const heimweg::testing::TempDir dir;
  const std::string file = absl::StrCat(dir.path(), "/p.json");
  std::ofstream(file) << R"({"adults": [{"id": "a", "seeksJob": true}]})";
  TestConsole console;
  EXPECT_EQ(console.Run(absl::StrCat(
                server.flag(), "rank --profile-file ", file,
                " --kind homes --adult a --region 12062 05958 --network n,m "
                "--weights salary=8 --at 2027-01-01 --top 3 --full --facets "
                "--count --exclusions --relaxations")),
            0);
  EXPECT_EQ(
      ToJson(server.matching.last_rank),
      R"({"inlineProfile":{"adults":[{"id":"a","seeksJob":true}]},)"
      R"("kind":"OFFER_KIND_HOME","agsPrefixes":["12062","05958"],)"
      R"("networks":["networks/n","networks/m"],"adult":"a",)"
      R"("weights":{"salary":8},"evaluationTime":"2027-01-01T00:00:00Z",)"
      R"("view":"MATCH_VIEW_FULL","limit":3,"includeFacets":true,)"
      R"("includeExclusions":true,"includeRelaxations":true,"includeEligible":true})");
}

TEST(Rank, NamesAFieldOfTheProfileThatThereIsNot) {
  FakeServer server;
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + "rank --profile-file - --kind jobs",
                        R"({"adults": [{"name": "x"}]})"),
            3);
  EXPECT_EQ(console.err.str(),
            "heimweg: standard input: this is no Profile (INVALID_ARGUMENT)\n"
            "  adults[0].name: there is no such field\n");
}

TEST(Rank, ShowsATableWithReasonsAndCounts) {
  FakeServer server;
  server.matching.ranking = ARanking();
  TestConsole console;
  const std::string rank = server.flag() + "rank --profile p --kind jobs";
  EXPECT_EQ(console.Run(rank), 0);
  EXPECT_EQ(
      console.out.str(),
      "#  Score  Title           Place                     Distance  Offer\n"
      "1   87.3  Koch – Gasthof  04910 Elsterwerda  12.3 km, 21 min  "
      "networks/n/jobs/a\n"
      "      · 12.3 km from parents.\n"
      "      · For adult a.\n"
      "\n"
      "1,234 jobs meet every condition.\n"
      "12 jobs fail only because of: salary.\n"
      "12 more jobs with 40 instead of 30 minutes (distance to the anchors, "
      "parents).\n"
      "\n"
      "Type      Offers\n"
      "employee       7\n");
  EXPECT_EQ(console.Run(rank + " --lang de"), 0);
  EXPECT_THAT(console.out.str(),
              AllOf(HasSubstr("87,3"),
                    HasSubstr("· 12,3 km von parents "
                              "entfernt."),
                    HasSubstr("1.234 Stellen erfüllen alle Bedingungen.")));
}

TEST(Rank, SpeaksTheLanguageOfTheEnvironment) {
  FakeServer server;
  TestConsole console;
  console.console.locale = "de_DE.UTF-8";
  EXPECT_EQ(console.Run(server.flag() + "rank --profile p --kind homes"), 0);
  EXPECT_THAT(console.out.str(), HasSubstr("erfüllen alle Bedingungen"));
}

TEST(Explain, ShowsConditionsFeaturesAndWhatWouldHaveToGive) {
  FakeServer server;
  google::protobuf::util::JsonStringToMessage(
      R"({"match": {"offer": "networks/n/homes/h", "scoreMillionths": 500000,
            "card": {"title": "Haus"}, "features": [
              {"feature": "FEATURE_PRICE", "known": true,
               "valueMillionths": 700000, "weight": 5,
               "contributionMillionths": 350000},
              {"feature": "FEATURE_SPACE", "valueMillionths": 400000,
               "weight": 4, "contributionMillionths": 160000}]},
          "constraints": [{"constraint": "CONSTRAINT_BUDGET",
            "outcome": "OUTCOME_FAILED", "asked": "at most 90000 cents",
            "found": "95000 cents"}],
          "requiredRelaxations": [{"constraint": "CONSTRAINT_BUDGET",
            "from": "90000", "to": "95000", "unit": "cents"}]})",
      &server.matching.explanation);
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() +
                        "explain --profile p --offer networks/n/homes/h"),
            0);
  EXPECT_THAT(
      console.out.str(),
      AllOf(HasSubstr("Score 50.0, does not meet every condition"),
            HasSubstr("budget     failed   at most 90000 cents  95000 cents"),
            HasSubstr("price    ███████░░░     70.0       5          35.0"),
            HasSubstr("space    ████░░░░░░  unknown       4          16.0"),
            HasSubstr("· budget: €950.00 instead of €900.00")));
}

TEST(Bar, FillsByTheValue) {
  EXPECT_EQ(Bar(0), "░░░░░░░░░░");
  EXPECT_EQ(Bar(1'000'000), "██████████");
}

class StatusTest : public ::testing::Test {
 protected:
  StatusTest() {
    for (int i = 0; i < kAreas; ++i) {
      server_.SetServing(std::string(ServiceName(static_cast<Area>(i))), true);
    }
    google::protobuf::util::JsonStringToMessage(
        R"({"revisions": [{"store": "jobs", "revision": 5}],
            "kinds": [{"kind": "OFFER_KIND_JOB", "offers": 1200,
                       "scoringBytes": 4096, "cardBytes": 8192}],
            "ready": true})",
        &server_.matching.index);
  }

  FakeServer server_;
  TestConsole console_;
};

TEST_F(StatusTest, IsFineIfEverythingServesAndTheIndexIsReady) {
  EXPECT_EQ(console_.Run(server_.flag() + "status"), 0);
  EXPECT_THAT(console_.out.str(),
              AllOf(HasSubstr("matching   SERVING"), HasSubstr("1,200"),
                    HasSubstr("The index is ready.")));
  EXPECT_EQ(console_.Run(server_.flag() + "status --json"), 0);
  EXPECT_THAT(console_.out.str(), AllOf(HasSubstr("{\"ok\":true,"),
                                        HasSubstr("\"offers\":\"1200\"")));
}

TEST_F(StatusTest, FailsIfAServiceDoesNotServe) {
  server_.SetServing("heimweg.housing.v1.HomeService", false);
  EXPECT_EQ(console_.Run(server_.flag() + "status"), 5);
  EXPECT_THAT(console_.out.str(), HasSubstr("homes      NOT_SERVING"));
}

TEST_F(StatusTest, FailsIfTheIndexIsNotReady) {
  server_.matching.index.set_ready(false);
  EXPECT_EQ(console_.Run(server_.flag() + "status"), 5);
}

TEST_F(StatusTest, WaitsForTheRevisionThatIsAskedFor) {
  EXPECT_EQ(console_.Run(server_.flag() + "status --revision jobs=8"), 5);
  EXPECT_THAT(console_.out.str(), HasSubstr("Behind: jobs"));
  server_.matching.index_moves = true;
  EXPECT_EQ(console_.Run(server_.flag() + "status --wait 9 --revision jobs=8"),
            0);
  EXPECT_THAT(console_.slept, ::testing::SizeIs(3));
}

TEST_F(StatusTest, GivesUpWhenTheTimeIsOver) {
  EXPECT_EQ(console_.Run(server_.flag() + "status --wait 1 --revision jobs=8"),
            5);
  EXPECT_THAT(console_.slept, ::testing::SizeIs(5));
}

TEST(Status, ShowsThatThereIsNoServer) {
  const std::string flag = FakeServer().flag();
  TestConsole console;
  EXPECT_EQ(console.Run(flag + "status"), 5);
  EXPECT_THAT(console.out.str(),
              AllOf(HasSubstr("UNAVAILABLE"), HasSubstr("no server answers")));
}

}  // namespace
}  // namespace heimweg::cli
