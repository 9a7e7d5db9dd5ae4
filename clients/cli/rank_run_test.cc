#include "clients/cli/rank_run.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <mutex>
#include <optional>
#include <utility>

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

TEST(ShardTest, RefusesWhatIsNoPart) {
  for (const char* text : {"0/3", "4/3", "1", "1/2/3", "a/b", ""}) {
    EXPECT_FALSE(ParseShard(text).ok()) << text;
  }
  ASSERT_TRUE(ParseShard("3/3").ok());
}

// Results with these names, then an end or an error.
class Results {
 public:
  explicit Results(int count, absl::Status end = absl::OkStatus())
      : names_(Names(count)), end_(std::move(end)) {}

  absl::StatusOr<std::optional<matching::v1::ProfileRanking>> Next() {
    if (given_ == names_.size()) {
      if (!end_.ok()) return end_;
      return std::optional<matching::v1::ProfileRanking>();
    }
    matching::v1::ProfileRanking ranking;
    ranking.set_profile(names_[given_++]);
    return std::optional(ranking);
  }

 private:
  const std::vector<std::string> names_;
  const absl::Status end_;
  size_t given_ = 0;
};

std::string NameLine(const matching::v1::ProfileRanking& ranking) {
  return ranking.profile();
}

TEST(WriteInOrderTest, TheOrderIsThatOfTheResultsWhateverTheWorkers) {
  for (const int workers : {1, 3, 8}) {
    Results results(3000);
    std::vector<std::string> lines;

    const absl::Status status = WriteInOrder(
        workers, [&results] { return results.Next(); }, NameLine,
        [&lines](absl::string_view line) {
          lines.emplace_back(line);
          return absl::OkStatus();
        },
        [] {});

    EXPECT_TRUE(status.ok()) << status;
    EXPECT_EQ(lines, Names(3000));
  }
}

TEST(WriteInOrderTest, WritesWhatCameBeforeAnError) {
  Results results(700, absl::DataLossError("broken"));
  size_t taken = 0;

  const absl::Status status = WriteInOrder(
      4, [&results] { return results.Next(); }, NameLine,
      [&taken](absl::string_view /*line*/) {
        ++taken;
        return absl::OkStatus();
      },
      [] {});

  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(taken, 700u);
}

TEST(WriteInOrderTest, AFullDiskStopsTheStream) {
  Results results(5000);
  bool stopped = false;

  const absl::Status status = WriteInOrder(
      4, [&results] { return results.Next(); }, NameLine,
      [](absl::string_view line) {
        return line == Names(11).back() ? absl::UnknownError("full")
                                        : absl::OkStatus();
      },
      [&stopped] { stopped = true; });

  EXPECT_EQ(status.code(), absl::StatusCode::kUnknown);
  EXPECT_TRUE(stopped);
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
      return true;
    });
    ASSERT_TRUE(status.ok()) << status;
    ASSERT_TRUE(file.Append("three").ok());
  }

  EXPECT_THAT(lines, ElementsAre("one", "two"));
  EXPECT_EQ(heimweg::testing::ContentsOf(path), "one\ntwo\nthree\n");
}

TEST(LineFileTest, CutsOffLinesBehindWhichItMayNotEnd) {
  const heimweg::testing::TempDir dir;
  const std::string path = absl::StrCat(dir.path(), "/out.csv");
  std::ofstream(path, std::ios::binary) << "a1\na2\nb1\nb";
  {
    LineFile file;
    const absl::Status status = file.Open(
        path, [](absl::string_view line) { return line.back() == '2'; });
    ASSERT_TRUE(status.ok()) << status;
    ASSERT_TRUE(file.Append("b1").ok());
  }
  EXPECT_EQ(heimweg::testing::ContentsOf(path), "a1\na2\nb1\n");

  LineFile file;
  ASSERT_TRUE(file.Open(path, [](absl::string_view) { return false; }).ok());
  EXPECT_EQ(heimweg::testing::ContentsOf(path), "");
}

TEST(LineFileTest, TwoRunsDoNotWriteOneFile) {
  const heimweg::testing::TempDir dir;
  const std::string path = absl::StrCat(dir.path(), "/out.jsonl");
  const auto ignore = [](absl::string_view /*line*/) { return true; };
  LineFile first;
  LineFile second;
  ASSERT_TRUE(first.Open(path, ignore).ok());

  EXPECT_EQ(second.Open(path, ignore).code(),
            absl::StatusCode::kFailedPrecondition);
}

void Store(FakeServer& server, int profiles) {
  server.matching.ranked_profiles = Names(profiles);
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

TEST(BatchRank, GoesOnByItselfWhenTheServerBreaks) {
  FakeServer server;
  Store(server, 25);
  const heimweg::testing::TempDir dir;
  const auto command = [&](const char* name) {
    return absl::StrCat(server.flag(), "batch rank --kind jobs --out ",
                        dir.path(), "/", name, " --at 2027-01-01T00:00:00Z");
  };
  TestConsole console;
  ASSERT_EQ(console.Run(command("whole")), 0) << console.err.str();
  server.matching.break_after_messages = 2;

  ASSERT_EQ(console.Run(command("broken")), 0) << console.err.str();

  EXPECT_EQ(heimweg::testing::ContentsOf(absl::StrCat(dir.path(), "/broken")),
            heimweg::testing::ContentsOf(absl::StrCat(dir.path(), "/whole")));
  EXPECT_EQ(server.matching.rank_streams, 1 + 5);
}

TEST(BatchRank, EndsAtCtrlCAlsoWhileResultsKeepComing) {
  FakeServer server;
  Store(server, 5'000);
  const heimweg::testing::TempDir dir;
  const std::string path = absl::StrCat(dir.path(), "/o");
  TestConsole console;
  int asked = 0;
  std::mutex mutex;  // Workers ask, too.
  console.console.interrupted = [&] {
    const std::lock_guard lock(mutex);
    return ++asked > 100;
  };

  EXPECT_NE(console.Run(absl::StrCat(server.flag(),
                                     "batch rank --kind jobs --out ", path)),
            0);

  EXPECT_THAT(console.err.str(), HasSubstr("goes on where it ended"));
  const std::string text = heimweg::testing::ContentsOf(path);
  const auto lines = std::count(text.begin(), text.end(), '\n');
  EXPECT_GT(lines, 100);
  EXPECT_LT(lines, 5'000);
}

TEST(BatchRank, AsksForWhatTheOptionsSay) {
  FakeServer server;
  Store(server, 1);
  const heimweg::testing::TempDir dir;
  TestConsole console;

  ASSERT_EQ(console.Run(absl::StrCat(
                server.flag(), "batch rank --kind homes --out ", dir.path(),
                "/o --network n --shard 2/3 --top 7 --full --pin "
                "homes=4,profiles=9 --at 2027-01-01T00:00:00Z")),
            0)
      << console.err.str();

  const auto& request = server.matching.last_rank_profiles;
  EXPECT_EQ(request.network(), "networks/n");
  EXPECT_EQ(request.kind(), type::v1::OFFER_KIND_HOME);
  EXPECT_EQ(request.shard_index(), 2);
  EXPECT_EQ(request.shard_count(), 3);
  EXPECT_EQ(request.limit(), 7);
  EXPECT_EQ(request.view(), matching::v1::MATCH_VIEW_FULL);
  EXPECT_EQ(request.evaluation_time().seconds(), 1'798'761'600);
  ASSERT_EQ(request.revisions_size(), 2);
  EXPECT_EQ(request.revisions(0).store(), "homes");
  EXPECT_EQ(request.revisions(1).revision(), 9u);
}

TEST(BatchRank, RefusesAPinThatIsNone) {
  FakeServer server;
  const heimweg::testing::TempDir dir;
  TestConsole console;
  EXPECT_NE(console.Run(absl::StrCat(server.flag(),
                                     "batch rank --kind jobs --pin jobs --out ",
                                     dir.path(), "/o")),
            0);
  EXPECT_THAT(console.err.str(), HasSubstr("store=revision"));
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
