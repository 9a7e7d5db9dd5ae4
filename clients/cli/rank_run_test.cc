#include "clients/cli/rank_run.h"

#include <gmock/gmock.h>

#include <fstream>
#include <set>

#include "absl/strings/str_cat.h"
#include "clients/cli/testing/fake_server.h"
#include "clients/cli/testing/test_console.h"
#include "tests/support/temp_dir.h"

namespace heimweg::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> Names(int count) {
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) {
    names.push_back(absl::StrCat("profiles/p", 10000 + i));
  }
  return names;
}

TEST(ShardTest, ShardsAreDisjointAndTheirUnionIsTheWhole) {
  const std::vector<std::string> names = Names(1000);
  std::multiset<std::string> united;
  for (int64_t i = 1; i <= 7; ++i) {
    int64_t mine = 0;
    for (const std::string& name : names) {
      if (!InShard(name, {i, 7})) continue;
      united.insert(name);
      ++mine;
    }
    // About a seventh each.
    EXPECT_GT(mine, 90);
  }
  EXPECT_EQ(united, std::multiset<std::string>(names.begin(), names.end()));
}

TEST(ShardTest, RefusesWhatIsNoPart) {
  for (const char* text : {"0/3", "4/3", "1", "1/2/3", "a/b", ""}) {
    EXPECT_FALSE(ParseShard(text).ok()) << text;
  }
  ASSERT_TRUE(ParseShard("3/3").ok());
}

TEST(ComputeInOrderTest, TheOrderIsThatOfTheNamesWhateverTheWorkers) {
  const std::vector<std::string> names = Names(3000);
  for (const int workers : {1, 3, 8}) {
    std::vector<std::string> lines;

    const absl::Status status = ComputeInOrder(
        names, workers,
        [](const std::string& name) -> absl::StatusOr<std::string> {
          return name;
        },
        [&lines](size_t /*index*/, absl::string_view line) {
          lines.emplace_back(line);
          return absl::OkStatus();
        });

    EXPECT_TRUE(status.ok()) << status;
    EXPECT_EQ(lines, names);
  }
}

TEST(ComputeInOrderTest, TakesWhatStandsBeforeTheFirstError) {
  const std::vector<std::string> names = Names(1000);
  size_t taken = 0;

  const absl::Status status = ComputeInOrder(
      names, 4,
      [&names](const std::string& name) -> absl::StatusOr<std::string> {
        if (name == names[700]) return absl::DataLossError("broken");
        return name;
      },
      [&taken](size_t /*index*/, absl::string_view /*line*/) {
        ++taken;
        return absl::OkStatus();
      });

  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(taken, 700u);
}

TEST(LineFileTest, CutsOffALineThatIsNotWhole) {
  const heimweg::testing::TempDir dir;
  const std::string path = absl::StrCat(dir.path(), "/out.jsonl");
  std::ofstream(path, std::ios::binary) << "one\ntwo\nthr";
  std::vector<std::string> lines;
  {
    LineFile file;
    const absl::Status status = file.Open(path, [&](absl::string_view line) {
      lines.emplace_back(line);
      return absl::OkStatus();
    });
    ASSERT_TRUE(status.ok()) << status;
    ASSERT_TRUE(file.Append("three").ok());
  }

  EXPECT_THAT(lines, ElementsAre("one", "two"));
  EXPECT_EQ(heimweg::testing::ContentsOf(path), "one\ntwo\nthree\n");
}

TEST(LineFileTest, TwoRunsDoNotWriteOneFile) {
  const heimweg::testing::TempDir dir;
  const std::string path = absl::StrCat(dir.path(), "/out.jsonl");
  const auto ignore = [](absl::string_view /*line*/) {
    return absl::OkStatus();
  };
  LineFile first;
  LineFile second;
  ASSERT_TRUE(first.Open(path, ignore).ok());

  EXPECT_EQ(second.Open(path, ignore).code(),
            absl::StatusCode::kFailedPrecondition);
}

void Store(FakeServer& server, int profiles) {
  for (const std::string& name : Names(profiles)) {
    server.profiles.stored[name].set_name(name);
  }
  server.matching.ranking.add_matches()->set_offer("networks/n/jobs/a");
}

TEST(BatchRank, CutAnywhereItEndsAsIfNothingHadHappened) {
  FakeServer server;
  Store(server, 25);
  const heimweg::testing::TempDir dir;
  const std::string path = absl::StrCat(dir.path(), "/out.jsonl");
  const std::string command =
      absl::StrCat(server.flag(), "batch rank --kind jobs --out ", path,
                   " --at 2027-01-01T00:00:00Z");
  TestConsole console;
  ASSERT_EQ(console.Run(command), 0) << console.err.str();
  const std::string whole = heimweg::testing::ContentsOf(path);
  EXPECT_THAT(whole, HasSubstr("{\"profile\":\"profiles/p10024\",\"ranking\":{"
                               "\"matches\":[{\"offer\":"));

  for (size_t size = 0; size < whole.size(); size += 211) {
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        << whole.substr(0, size);
    ASSERT_EQ(console.Run(command), 0) << console.err.str();
    EXPECT_EQ(heimweg::testing::ContentsOf(path), whole) << size;
  }
}

TEST(BatchRank, GoesOnOnlyWithTheSameOptions) {
  FakeServer server;
  Store(server, 3);
  const heimweg::testing::TempDir dir;
  const std::string command = absl::StrCat(
      server.flag(), "batch rank --kind jobs --out ", dir.path(), "/o");
  TestConsole console;
  ASSERT_EQ(console.Run(command), 0) << console.err.str();

  EXPECT_NE(console.Run(absl::StrCat(command, " --top 7")), 0);
  EXPECT_THAT(console.err.str(), HasSubstr("other options"));
}

}  // namespace
}  // namespace heimweg::cli
