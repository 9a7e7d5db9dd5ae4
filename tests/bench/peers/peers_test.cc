// The comparison with other engines is worth nothing if they compute something
// else: their formula, over the facts of the files, against the product.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/bench/peers/corpus.h"
#include "tests/bench/peers/formula.h"
#include "tests/bench/peers/in_process.h"
#include "tests/bench/peers/sqlite_engine.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace heimweg::bench {
namespace {

using heimweg::testing::TempDir;
using ::testing::DoubleNear;
using ::testing::Pointwise;

constexpr int64_t kOffers = 1'000;
constexpr int64_t kQueries = 60;
constexpr double kTolerance = 1e-5;

double MetersBetween(const JobFacts& job, const QueryFacts& query) {
  constexpr double kUnit = 1 << 30;
  double cosine = 0;
  for (size_t i = 0; i < 3; ++i) {
    cosine += job.vector[i] / kUnit * query.vector[i] / kUnit;
  }
  return 6371008.8 * std::acos(std::min(cosine, 1.0));
}

class PeersTest : public ::testing::Test {
 protected:
  PeersTest() : region_(nullptr), product_(region_, JobsOf(kOffers)) {}

  // Scores of the product for query `i`.
  Scores Ranked(size_t i) const {
    return product_.Rank(region_.MakeQuery(static_cast<int64_t>(i)));
  }

  const PeerRegion region_;
  const InProcess product_;
  const Corpus corpus_ = MakeCorpus(region_, kOffers, kQueries);
};

TEST_F(PeersTest, TheFormulaOverPlainFactsGivesTheProductsScores) {
  size_t scores = 0;
  for (size_t i = 0; i < corpus_.queries.size(); ++i) {
    SCOPED_TRACE(i);
    const Scores expected = BestByFormula(corpus_, corpus_.queries[i]);
    EXPECT_THAT(Ranked(i), Pointwise(DoubleNear(kTolerance), expected));
    scores += expected.size();
  }
  // Most queries find something, or nothing was compared.
  EXPECT_GT(scores, 5 * corpus_.queries.size());
}

TEST_F(PeersTest, SqliteGivesTheProductsScores) {
  const TempDir folder;
  const auto engine = SqliteEngine::Open(folder.path() + "/jobs", corpus_);
  ASSERT_TRUE(engine.ok()) << engine.status();
  for (size_t i = 0; i < corpus_.queries.size(); ++i) {
    SCOPED_TRACE(i);
    const auto as_ranked = Pointwise(DoubleNear(kTolerance), Ranked(i));
    EXPECT_THAT((*engine)->Best(corpus_.queries[i]), as_ranked);
    EXPECT_THAT((*engine)->BestInSteps(corpus_.queries[i]), as_ranked);
  }
}

TEST_F(PeersTest, TheScanGivesWhatTheRankingDoes) {
  for (int64_t i = 0; i < kQueries; ++i) {
    SCOPED_TRACE(i);
    const auto request = region_.MakeQuery(i);
    EXPECT_EQ(product_.Scan(request), product_.Rank(request));
  }
}

TEST_F(PeersTest, AFileHoldsTheCorpus) {
  const TempDir folder;
  ASSERT_TRUE(WriteCorpus(corpus_, folder.path()).ok());
  const auto read = ReadCorpus(folder.path());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->offers, corpus_.offers);
  EXPECT_EQ(read->codes, corpus_.codes);
  EXPECT_EQ(read->jobs, corpus_.jobs);
  EXPECT_EQ(read->queries, corpus_.queries);
}

TEST_F(PeersTest, AJobOutsideTheWishedGroupsLiesWithinTheReachOfItsScore) {
  int64_t outside = 0;
  for (const QueryFacts& query : corpus_.queries) {
    const Formula formula(corpus_.codes, query);
    for (const JobFacts& job : corpus_.jobs) {
      const auto score = formula.Score(RowOf(job));
      if (!score || formula.IsWished(RowOf(job))) continue;
      ++outside;
      EXPECT_GE(formula.ReachMeters(*score), MetersBetween(job, query));
    }
  }
  EXPECT_GT(outside, 0);
}

// How peers_bench ends with two engines, each with one answer to all queries.
int Compare(const std::string& folder, const std::string& one,
            const std::string& other) {
  std::ofstream(folder + "/engine.sh")
      << "echo ready; while read turn; do echo cpu 1; for query in $(seq "
      << kQueries << "); do echo $1; done; done";
  const std::string engine = "=sh " + folder + "/engine.sh ";
  const std::string command = absl::StrCat(
      PEERS_BENCH_PROGRAM, " --corpus ", folder, " --engine 'one", engine, one,
      "' --engine 'other", engine, other, "' >", folder, "/table 2>&1");
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(PeersTest, TheComparisonFailsWhereScoresDifferByMoreThanRounding) {
  const TempDir folder;
  ASSERT_TRUE(WriteCorpus(corpus_, folder.path()).ok());
  EXPECT_EQ(Compare(folder.path(), "0.700000", "0.700000"), 0);
  EXPECT_EQ(Compare(folder.path(), "0.700000", "0.700009"), 0);
  EXPECT_EQ(Compare(folder.path(), "0.700000", "0.700011"), 1);
  EXPECT_EQ(Compare(folder.path(), "0.700000", "0.7,0.6"), 1);
}

}  // namespace
}  // namespace heimweg::bench
