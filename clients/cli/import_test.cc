// `heimweg import` against a server that breaks off and rejects.
#include <gmock/gmock.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "clients/cli/testing/fake_server.h"
#include "clients/cli/testing/test_console.h"
#include "tests/support/temp_dir.h"

namespace heimweg::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::string Rows(int count) {
  std::string rows;
  for (int i = 0; i < count; ++i) {
    absl::StrAppend(&rows,
                    "{\"title\":\"t\",\"source\":\"s\",\"externalId\":\"", i,
                    "\"}\n");
  }
  return rows;
}

constexpr char kImport[] = "import jsonl --network n --kind jobs ";

TEST(Import, ShowsTheFirstOfManyFaultsOfARow) {
  const FakeServer server;
  TestConsole console;
  std::string table = "external_id";
  for (int i = 0; i < 25; ++i) table += ";rooms";
  table += "\n1" + std::string(25, ';') + "\n2";
  for (int i = 0; i < 25; ++i) table += ";many";
  console.Run(absl::StrCat(server.flag(), "import csv --kind homes -n n"),
              table + "\n");
  EXPECT_THAT(console.err.str(), HasSubstr("rooms: a number with decimal"));
  EXPECT_THAT(console.err.str(), HasSubstr("  and 5 more\n"));
}

TEST(Import, SendsBatchesAndCountsWhatBecameOfThem) {
  FakeServer server;
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + "--json " + kImport, Rows(1000)), 0);
  EXPECT_THAT(server.jobs.rows_by_id, SizeIs(1000));
  EXPECT_THAT(server.jobs.batch_sizes,
              ::testing::ElementsAre(256, 256, 256, 232));
  EXPECT_THAT(console.out.str(),
              HasSubstr("{\"created\":\"1000\",\"updated\":\"0\","
                        "\"unchanged\":\"0\",\"rejected\":\"0\","
                        "\"revision\":\"1000\""));
  EXPECT_EQ(console.Run(server.flag() + "--json " + kImport, Rows(1000)), 0);
  EXPECT_THAT(console.out.str(), HasSubstr("\"unchanged\":\"1000\""));
}

TEST(Import, SendsSixteenBatchesBeforeTheFirstIsAnswered) {
  FakeServer server;
  server.jobs.answers_late = 15;
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + kImport, Rows(256 * 20)), 0);
  EXPECT_THAT(server.jobs.rows_by_id, SizeIs(256 * 20));
}

TEST(Import, OfNothingIsDone) {
  FakeServer server;
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + kImport, ""), 0);
  EXPECT_THAT(server.jobs.rows_by_id, IsEmpty());
}

TEST(Import, ResumesBehindTheLastAnswerAfterABreak) {
  FakeServer server;
  server.jobs.break_after_batches = 3;
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + "--json " + kImport, Rows(2000)), 0);
  EXPECT_EQ(server.jobs.import_streams, 2);
  EXPECT_THAT(server.jobs.rows_by_id, SizeIs(2000));
  // Only what was not answered was sent twice: the third batch.
  for (const auto& [id, times] : server.jobs.rows_by_id) {
    const int row = std::stoi(id);
    EXPECT_EQ(times, row >= 512 && row < 768 ? 2 : 1) << id;
  }
  EXPECT_THAT(console.out.str(), HasSubstr("\"unchanged\":\"256\""));
}

TEST(Import, GivesUpWhenTheServerStaysAway) {
  FakeServer server;
  server.jobs.errors.assign(20, TryAgainIn(0));
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + kImport, Rows(10)), 5);
  EXPECT_EQ(server.jobs.import_streams, 6);
  EXPECT_THAT(console.err.str(), AllOf(HasSubstr("overloaded (UNAVAILABLE)"),
                                       HasSubstr("nothing was stored")));
}

TEST(Import, DoesNotRepeatWhatIsRefused) {
  FakeServer server;
  server.jobs.errors = {{grpc::StatusCode::INVALID_ARGUMENT, "no network"}};
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + kImport, Rows(10)), 3);
  EXPECT_EQ(server.jobs.import_streams, 1);
}

TEST(Import, WritesRejectsThatCanBeCorrectedAndImported) {
  FakeServer server;
  const heimweg::testing::TempDir dir;
  const std::string rejects = absl::StrCat(dir.path(), "/rejects.jsonl");
  TestConsole console;
  EXPECT_EQ(
      console.Run(absl::StrCat(server.flag(), kImport, "--rejects ", rejects),
                  Rows(2) + "{\"source\":\"s\",\"externalId\":\"bad\"}\n" +
                      "{\"title\": \n"),
      3);
  const std::string written = heimweg::testing::ContentsOf(rejects);
  EXPECT_THAT(
      written,
      AllOf(HasSubstr("{\"file\":\"-\",\"line\":3,\"violations\":[{\"field\":"
                      "\"title\",\"description\":\"a title is required\"}],"
                      "\"row\":{\"source\":\"s\",\"externalId\":\"bad\"}}\n"),
            HasSubstr("\"line\":4,\"violations\":[{\"field\":\"line 1, column "
                      "11\",\"description\":\"expected a value\"}],"
                      "\"text\":\"{\\\"title\\\": \"}\n")));
  EXPECT_THAT(console.err.str(), AllOf(HasSubstr("Rejected: - line 3\n"),
                                       HasSubstr("title: a title is required"),
                                       HasSubstr("Rejected: - line 4\n")));
  // Corrected with an editor, as one would.
  const size_t line_end = written.find("\"row\":{");
  ASSERT_NE(line_end, std::string::npos);
  std::string corrected =
      written.substr(written.find("{\"file\":\"-\",\"line\":3"));
  corrected = corrected.substr(0, corrected.find('\n'));
  corrected.insert(corrected.find("\"row\":{") + 7, "\"title\":\"t\",");
  EXPECT_EQ(console.Run(server.flag() + kImport, corrected + "\n"), 0);
  EXPECT_THAT(server.jobs.rows_by_id, ::testing::Contains(Pair("bad", 1)));
}

TEST(Import, ShowsTheFirstRejectsOnly) {
  FakeServer server;
  std::string rows;
  for (int i = 0; i < 9; ++i) rows += "{}\n";
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + kImport, rows), 3);
  EXPECT_THAT(console.err.str(),
              AllOf(HasSubstr("line 5"), ::testing::Not(HasSubstr("line 6")),
                    HasSubstr("and 4 more")));
}

TEST(Import, IsQuietWithoutATerminalUnlessAskedForProgress) {
  FakeServer server;
  TestConsole console;
  console.Run(server.flag() + kImport, Rows(10));
  EXPECT_THAT(console.err.str(), IsEmpty());
  console.Run(server.flag() + kImport + "--progress", Rows(10));
  EXPECT_THAT(console.err.str(), HasSubstr("rows"));
}

TEST(Import, SaysWhichFileIsMissing) {
  FakeServer server;
  TestConsole console;
  EXPECT_EQ(console.Run(server.flag() + kImport + "/no/such/file"), 4);
  EXPECT_THAT(
      console.err.str(),
      StartsWith("heimweg: there is no file /no/such/file; expected jsonl "
                 "(*.jsonl, *.ndjson) (NOT_FOUND)\n"));
}

TEST(Import, OfAMissingReferenceFileSaysWhatWasExpected) {
  FakeServer server;
  for (const std::string command :
       {"places import geonames", "places import destatis",
        "taxonomies import kldb", "taxonomies import esco",
        "taxonomies import ba-crosswalk"}) {
    TestConsole console;
    EXPECT_EQ(
        console.Run(absl::StrCat(server.flag(), command, " /no/such/file")), 4)
        << command;
    EXPECT_THAT(console.err.str(),
                StartsWith("heimweg: there is no file /no/such/file; expected"))
        << command;
    EXPECT_THAT(console.err.str(), HasSubstr("(NOT_FOUND)")) << command;
  }
}

}  // namespace
}  // namespace heimweg::cli
