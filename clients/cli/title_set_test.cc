#include "clients/cli/title_set.h"

#include <fstream>
#include <string>

#include "clients/cli/title_scores.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/temp_dir.h"

namespace heimweg::cli {
namespace {

using ::testing::HasSubstr;

class TitleSetTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = dir_.path() + "/" + name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  TitleSetFiles Files() {
    return {
        Write("q", "Q1\tKoch\nQ2\tMaurer\n"),
        Write("l", "C1_0\tKoch\nC1_1\tKöchin\nC2_0\tMaurer\n"),
        Write("m", "C1_0\thttp://x/1\nC1_1\thttp://x/1\nC2_0\thttp://x/2\n"),
        Write("j", "Q1\t0\tC1_0\t1\nQ1\t0\tC1_1\t1\nQ2\t0\tC2_0\t1\n")};
  }

 private:
  heimweg::testing::TempDir dir_;
};

TEST_F(TitleSetTest, ReadsAWholeSet) {
  const auto set = ReadTitleSet(Files());
  ASSERT_TRUE(set.ok()) << set.status();
  ASSERT_EQ(set->queries.size(), 2u);
  EXPECT_EQ(set->queries[0].right_labels.size(), 2u);
  EXPECT_EQ(set->queries[0].right_concepts.size(), 1u);
}

TEST_F(TitleSetTest, BearsMarksQuotesHeadersAndWindowsLines) {
  TitleSetFiles files = Files();
  files.queries = Write(
      "q2", "\xEF\xBB\xBFid\ttitle\r\nQ1\t\"Koch\"\r\n\r\nQ2\tMaurer \r\n");
  files.judgements = Write("j2", "Q1 0 C1_0 1\nQ2 0 C2_0 1\nQ2 0 C1_0 0");
  const auto set = ReadTitleSet(files);
  ASSERT_TRUE(set.ok()) << set.status();
  EXPECT_EQ(set->queries[0].title, "Koch");
  EXPECT_EQ(set->queries[1].right_labels.size(), 1u);
}

TEST_F(TitleSetTest, NamesFileAndLineOfWhatItCannotRead) {
  TitleSetFiles files = Files();
  files.judgements = Write("j3", "Q1 0 C1_0 1\nQ9 0 C1_0 1\n");
  EXPECT_THAT(std::string(ReadTitleSet(files).status().message()),
              HasSubstr("line 2: there is no query Q9"));
  files = Files();
  files.queries = Write("q3", "Q1 Koch\n");
  EXPECT_THAT(std::string(ReadTitleSet(files).status().message()),
              HasSubstr("2 columns are expected"));
  files.queries = "/nothing/here";
  EXPECT_EQ(ReadTitleSet(files).status().code(), absl::StatusCode::kNotFound);
}

TEST(ScoreTitlesTest, CountsRanksOfTheFirstRightOne) {
  JudgedQuery query{"Q1", "Koch", {"a", "b"}, {"A"}};
  RankedTitle first{&query, {"A", "B"}, {"a", "c", "b"}, {}, 0.8};
  RankedTitle second{&query, {"B", "A"}, {"c", "a"}, {}, 0.2};
  const RankScores scores =
      ScoreTitles({&first, &second}, ScoredOrder::kConcepts);
  EXPECT_DOUBLE_EQ(scores.success_at_1, 0.5);
  EXPECT_DOUBLE_EQ(scores.success_at_5, 1.0);
  EXPECT_DOUBLE_EQ(scores.mrr, 0.75);
  // (1/1 + 2/3) / 2 and (1/2) / 2, halved.
  EXPECT_NEAR(ScoreTitles({&first, &second}, ScoredOrder::kLabels).map,
              (5.0 / 6 + 0.25) / 2, 1e-12);
  const auto curve = ConfidenceCurve({&first, &second});
  EXPECT_DOUBLE_EQ(curve[2].share, 0.5);
  EXPECT_DOUBLE_EQ(curve[2].precision, 1.0);
}

}  // namespace
}  // namespace heimweg::cli
