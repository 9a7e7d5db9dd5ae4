// `heimweg batch rank --format csv`: what it writes, and that it goes on where
// it ended.
#include "clients/cli/rank_output.h"

#include <gmock/gmock.h>

#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/testing/fake_server.h"
#include "clients/cli/testing/test_console.h"
#include "tests/support/temp_dir.h"

namespace heimweg::cli {
namespace {

using heimweg::testing::ContentsOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

matching::v1::RankOffersResponse TwoJobs() {
  matching::v1::RankOffersResponse ranking;
  matching::v1::Match& first = *ranking.add_matches();
  first.set_offer("networks/n/jobs/a");
  first.set_score_millionths(870'000);
  first.set_distance_meters(1200);
  first.mutable_card()->set_title("Koch; \"Zur\nLinde\"");
  first.mutable_card()->set_amount_cents(1'450);
  auto& reason = *first.add_reasons();
  reason.set_key(matching::v1::REASON_KEY_REMOTE);
  auto& percent = *reason.add_parameters();
  percent.set_name("percent");
  percent.set_value("40");
  auto& skills = *first.add_features();
  skills.set_feature(matching::v1::FEATURE_SKILLS);
  skills.set_known(true);
  skills.set_value_millionths(7);
  first.add_features()->set_feature(matching::v1::FEATURE_SALARY);
  ranking.add_matches()->set_offer("networks/n/jobs/b");
  return ranking;
}

class BatchRankCsv : public ::testing::Test {
 protected:
  BatchRankCsv() {
    server_.matching.ranking = TwoJobs();
    for (int i = 10; i < 30; ++i) {
      server_.matching.ranked_profiles.push_back(absl::StrCat("profiles/p", i));
    }
  }

  std::string Command(const std::string& options = "") const {
    return absl::StrCat(server_.flag(), "batch rank --kind jobs --format csv ",
                        "--at 2027-01-01T00:00:00Z --out ", path_, " ",
                        options);
  }
  int Run(const std::string& options = "") {
    return console_.Run(Command(options));
  }
  // Rows of the output, without their line ends.
  std::vector<std::string> Rows() const {
    return absl::StrSplit(ContentsOf(path_), "\r\n", absl::SkipEmpty());
  }

  FakeServer server_;
  const heimweg::testing::TempDir dir_;
  const std::string path_ = absl::StrCat(dir_.path(), "/out.csv");
  TestConsole console_;
};

TEST_F(BatchRankCsv, HasARowForEachMatchWithItsReasonsAsSentences) {
  ASSERT_EQ(Run("--lang de"), 0) << console_.err.str();
  EXPECT_THAT(console_.err.str(), HasSubstr("20 of 20 profiles, "));
  EXPECT_THAT(console_.err.str(), HasSubstr(" a second, 0 s left"));
  const std::vector<std::string> rows = Rows();
  ASSERT_THAT(rows, SizeIs(1 + 2 * 20));
  EXPECT_THAT(rows[0], StartsWith("profile;matches;rank;offer;"));
  EXPECT_THAT(rows[0], EndsWith(";card.visibility;reasons;error"));
  EXPECT_THAT(rows[1],
              StartsWith("profiles/p10;2;1;networks/n/jobs/a;870000;;;1200;;"
                         "\"Koch; \"\"Zur Linde\"\"\";"));
  EXPECT_THAT(rows[1], HasSubstr(";14,50;"));
  EXPECT_THAT(rows[1], HasSubstr("40 %"));
  EXPECT_THAT(rows[2], StartsWith("profiles/p10;2;2;networks/n/jobs/b;"));
  EXPECT_THAT(ContentsOf(path_ + ".run"), HasSubstr("\"language\":\"de\""));
}

TEST_F(BatchRankCsv, TheFullViewHasAColumnForEachFeature) {
  ASSERT_EQ(Run("--full"), 0) << console_.err.str();
  const std::vector<std::string> rows = Rows();
  EXPECT_THAT(rows[0], HasSubstr(";features.occupation;features.skills;"));
  EXPECT_THAT(rows[1], EndsWith(";;7;;;;;;;;;;"));
}

TEST_F(BatchRankCsv, AHouseholdWithoutMatchesHasARow) {
  server_.matching.ranking.Clear();
  ASSERT_EQ(Run(), 0) << console_.err.str();
  ASSERT_THAT(Rows(), SizeIs(1 + 20));
  EXPECT_THAT(Rows()[1], StartsWith("profiles/p10;0;0;;"));
}

TEST_F(BatchRankCsv, CutAnywhereItEndsAsIfNothingHadHappened) {
  ASSERT_EQ(Run(), 0) << console_.err.str();
  const std::string whole = ContentsOf(path_);
  const std::string run = ContentsOf(path_ + ".run");

  for (size_t size = 0; size < whole.size(); size += 97) {
    std::ofstream(path_, std::ios::binary | std::ios::trunc)
        << whole.substr(0, size);
    ASSERT_EQ(Run(), 0) << console_.err.str();
    EXPECT_EQ(ContentsOf(path_), whole) << size;
    EXPECT_EQ(ContentsOf(path_ + ".run"), run) << size;
  }
}

TEST_F(BatchRankCsv, GoesOnOnlyWithTheSameOptions) {
  ASSERT_EQ(Run(), 0) << console_.err.str();
  const std::string whole = ContentsOf(path_);
  for (const char* options : {"--top 7", "--full", "--lang de"}) {
    EXPECT_NE(Run(options), 0) << options;
    EXPECT_THAT(console_.err.str(), HasSubstr("--out: ")) << options;
  }
  EXPECT_NE(console_.Run(absl::StrCat(server_.flag(),
                                      "batch rank --kind jobs --out ", path_)),
            0);
  EXPECT_EQ(ContentsOf(path_), whole);
}

TEST_F(BatchRankCsv, RefusesAFileWithoutItsRun) {
  ASSERT_EQ(Run(), 0) << console_.err.str();
  std::ofstream(path_ + ".run", std::ios::trunc) << "";
  EXPECT_NE(Run(), 0);
  EXPECT_THAT(console_.err.str(), HasSubstr("out.csv.run"));
}

TEST(RunLine, OfSomethingElseIsRefused) {
  for (const char* line :
       {"", "{}", "[]", "x", R"({"run":{"kind":"jobs"}})",
        R"({"run":{"kind":"jobs","evaluationTime":"yesterday"}})"}) {
    EXPECT_EQ(ReadRunLine(line).status().code(),
              absl::StatusCode::kFailedPrecondition)
        << line;
  }
  const auto run = ReadRunLine(
      R"({"run":{"kind":"jobs","evaluationTime":"2027-01-01T00:00:00Z"}})");
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_EQ(run->kind, "jobs");
  EXPECT_EQ(absl::ToUnixSeconds(run->at), 1'798'761'600);
}

}  // namespace
}  // namespace heimweg::cli
