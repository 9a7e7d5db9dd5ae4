// `heimweg matches`, `feedback` and `profile export|erase` against a real
// heimwegd: what is told, answered, exported and gone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/cli/testing/test_console.h"
#include "tests/integration/sample_world.h"
#include "tests/support/heimwegd.h"

namespace heimweg::testing {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int kDone = 0;
constexpr int kNotFound = 4;

constexpr char kNurse[] = R"({
  "name": "profiles/p",
  "adults": [{"id": "a", "seeksJob": true,
              "occupations": [{"kldbCode": "81302"}]}],
  "notifications": {"enabled": true, "thresholdMillionths": 500000,
                    "dailyBudget": 100}})";
constexpr char kNursing[] = R"({
  "title": "Pflegefachkraft", "state": "OFFER_STATE_PUBLISHED",
  "place": {"location": {"latitude": 51.5, "longitude": 13.5}},
  "employer": {"displayName": "Haus am See"},
  "occupations": [{"kldbCode": "81302"}]})";

class MatchCommandsTest : public ::testing::Test {
 protected:
  MatchCommandsTest() {
    console_.console.new_request_id = [this] {
      return absl::StrFormat("01234567-89ab-cdef-0123-%012d", ++requests_);
    };
  }

  // Runs a command with --json; the exit code.
  int Run(const std::string& words, const std::string& input = "") {
    return console_.Run(
        absl::StrCat("--server ", server_.address(), " --json ", words), input);
  }
  std::string Error() const { return console_.err.str(); }
  // What the last command printed, an object a line.
  Json Lines() const {
    Json lines = Json::array();
    std::istringstream out(console_.out.str());
    for (std::string line; std::getline(out, line);) {
      lines.push_back(Json::parse(line));
    }
    return lines;
  }

  void CreateNurseAndJob() {
    ASSERT_EQ(Run("profile create", kNurse), kDone) << Error();
    ASSERT_EQ(Run("profile grant-consent p --network -"), kDone) << Error();
    ASSERT_EQ(Run("jobs create --network n --id j", kNursing), kDone)
        << Error();
  }
  // Waits for the match; the test's time limit ends a wait in vain.
  Json TheMatch() {
    do {
      EXPECT_EQ(Run("matches list --profile p"), kDone) << Error();
    } while (Lines().empty());
    return Lines()[0];
  }

  const SampleWorld world_;
  Heimwegd server_{world_.Flags("stores")};
  cli::TestConsole console_;
  int requests_ = 0;
};

TEST_F(MatchCommandsTest, AMatchIsListedActedOnAndRefusedWhenStale) {
  CreateNurseAndJob();
  const Json match = TheMatch();
  EXPECT_EQ(match["match"]["offer"], "networks/n/jobs/j");
  const std::string name = match["name"];
  const std::string etag = match["etag"];
  ASSERT_EQ(Run(absl::StrCat("matches act ", name, " save --etag ", etag)),
            kDone)
      << Error();
  EXPECT_EQ(Lines()[0]["state"], "MATCH_STATE_SAVED");
  EXPECT_NE(Run(absl::StrCat("matches act ", name, " propose --etag ", etag)),
            kDone);
  EXPECT_THAT(Error(), HasSubstr("changed since it was read"));
  ASSERT_EQ(Run("matches list --profile p --state dismissed"), kDone);
  EXPECT_THAT(Lines(), IsEmpty());
}

TEST_F(MatchCommandsTest, ADismissedJobLeavesTheRankingUntilItIsTakenBack) {
  CreateNurseAndJob();
  const std::string rank = "rank --profile profiles/p --kind jobs --top 1";
  TheMatch();
  ASSERT_EQ(Run(rank), kDone) << Error();
  ASSERT_THAT(Lines()[0]["matches"], SizeIs(1));
  ASSERT_EQ(Run("feedback give p networks/n/jobs/j dismiss"), kDone) << Error();
  const std::string feedback = Lines()[0]["name"];
  ASSERT_EQ(Run(rank), kDone) << Error();
  EXPECT_FALSE(Lines()[0].contains("matches"));
  ASSERT_EQ(Run("feedback delete " + feedback), kDone) << Error();
  ASSERT_EQ(Run(rank), kDone) << Error();
  EXPECT_THAT(Lines()[0]["matches"], SizeIs(1));
}

TEST_F(MatchCommandsTest, AnExportHoldsAllAndAnErasureLeavesNothing) {
  CreateNurseAndJob();
  const Json match = TheMatch();
  ASSERT_EQ(Run("feedback give p networks/n/jobs/j save"), kDone) << Error();
  const Json feedback = Lines()[0];
  ASSERT_EQ(Run("profile export p"), kDone) << Error();
  ASSERT_THAT(Lines(), SizeIs(1));
  const Json exported = Lines()[0];
  EXPECT_EQ(exported["profile"]["name"], "profiles/p");
  EXPECT_EQ(exported["matches"], Json::array({match}));
  EXPECT_EQ(exported["feedback"], Json::array({feedback}));

  ASSERT_EQ(Run("profile erase p --yes"), kDone) << Error();
  EXPECT_EQ(Run("profile export p"), kNotFound);
  // Matching hears of it by its feed.
  do {
    ASSERT_EQ(Run("matches list --profile p --all"), kDone) << Error();
  } while (!Lines().empty());
  ASSERT_EQ(Run("feedback list p"), kDone) << Error();
  EXPECT_THAT(Lines(), IsEmpty());
}

}  // namespace
}  // namespace heimweg::testing
