// returnees: what is asked, and what is shown of the answer.
#include <gmock/gmock.h>

#include "clients/cli/json.h"
#include "clients/cli/testing/fake_server.h"
#include "clients/cli/testing/test_console.h"

namespace heimweg::cli {
namespace {

using ::testing::HasSubstr;

TEST(ReturneesCommand, AsksForWhatTheFlagsSay) {
  FakeServer server;
  TestConsole console;
  EXPECT_EQ(
      console.Run(server.flag() + "returnees networks/n/jobs/j --network m "
                                  "--threshold 72.5 --top 3 --at 2027-01-01"),
      0);
  EXPECT_EQ(ToJson(server.matching.last_returnees),
            R"({"offer":"networks/n/jobs/j","network":"networks/m",)"
            R"("thresholdMillionths":725000,)"
            R"("evaluationTime":"2027-01-01T00:00:00Z","limit":3})");
}

TEST(ReturneesCommand, ShowsBothSides) {
  FakeServer server;
  auto& returnee = *server.matching.returnees.add_returnees();
  returnee.set_profile("profiles/kranich");
  returnee.set_score_millionths(700'000);
  returnee.set_offer_score_millionths(700'000);
  returnee.mutable_match()->set_score_millionths(812'000);
  returnee.mutable_match()->set_adult("a");
  server.matching.returnees.set_eligible_profiles(1);
  server.matching.returnees.set_threshold_millionths(600'000);
  TestConsole console;
  EXPECT_EQ(
      console.Run(server.flag() + "--lang en returnees networks/n/jobs/j"), 0);
  EXPECT_THAT(console.out.str(), HasSubstr("profiles/kranich (a)"));
  EXPECT_THAT(console.out.str(), HasSubstr("81.2"));
  EXPECT_THAT(
      console.out.str(),
      HasSubstr("1 household that consented reaches 60.0 on both sides."));
}

TEST(ReturneesCommand, RefusesWhatIsNoOffer) {
  FakeServer server;
  TestConsole console;
  EXPECT_NE(console.Run(server.flag() + "returnees profiles/p"), 0);
  EXPECT_EQ(ToJson(server.matching.last_returnees), "{}");
}

}  // namespace
}  // namespace heimweg::cli
