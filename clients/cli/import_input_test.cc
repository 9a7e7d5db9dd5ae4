#include "clients/cli/import_input.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "clients/importers/registry.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace heimweg::cli {
namespace {

using heimweg::testing::StatusIs;
using jobs::v1::Job;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Reads everything; what was rejected is kept as "file:line field: reason".
struct Reading {
  explicit Reading(const std::string& text,
                   std::vector<std::string> files = {"-"},
                   const std::string& source = "")
      : in(text),
        input(OptionsOf(std::move(files), source), in,
              {[this](const importers::Rejection& rejection) {
                 for (const auto& wrong : rejection.violations) {
                   rejected.push_back(absl::StrCat(
                       rejection.origin.file, ":", rejection.origin.line, " ",
                       wrong.field(), ": ", wrong.description()));
                 }
               },
               [](const importers::Origin&, const std::string&) {}}) {
    while (true) {
      auto batch = input.Next();
      status = batch.status();
      if (!batch.ok() || batch->rows.empty()) break;
      sizes.push_back(batch->rows.size());
      for (size_t i = 0; i < batch->rows.size(); ++i) {
        const auto& job = static_cast<const Job&>(*batch->rows[i]);
        titles.push_back(job.title());
        sources.push_back(job.source());
        lines.push_back(batch->origins[i].line);
      }
    }
  }

  static ImportInput::Options OptionsOf(std::vector<std::string> files,
                                        const std::string& source) {
    ImportInput::Options options;
    options.files = std::move(files);
    options.format = importers::FindFormat("jsonl");
    options.read.source = source;
    return options;
  }

  std::istringstream in;
  std::vector<std::string> rejected;
  ImportInput input;
  absl::Status status;
  std::vector<size_t> sizes;
  std::vector<std::string> titles;
  std::vector<std::string> sources;
  std::vector<int64_t> lines;
};

TEST(ImportInput, SkipsEmptyLinesAndRejectsWrongOnesWithTheirPlace) {
  const Reading reading(
      "{\"title\": \"a\"}\n"
      "\n"
      "{\"title\": \"b\",}\n"
      "{\"titel\": \"c\"}\n"
      "{\"title\": \"d\"}\n");
  EXPECT_THAT(reading.titles, ElementsAre("a", "d"));
  EXPECT_THAT(reading.lines, ElementsAre(1, 5));
  EXPECT_THAT(
      reading.rejected,
      ElementsAre("-:3 line 1, column 15: expected a name in double quotes",
                  "-:4 titel: there is no such field"));
}

TEST(ImportInput, MakesBatchesOfAtMost256Rows) {
  std::string text;
  for (int i = 0; i < 600; ++i) text += "{\"title\":\"x\"}\n";
  const Reading reading(text);
  EXPECT_THAT(reading.sizes, ElementsAre(256, 256, 88));
}

TEST(ImportInput, MakesBatchesOfAtMostOneMebibyte) {
  const std::string row =
      absl::StrCat("{\"description\":\"", std::string(400'000, 'x'), "\"}\n");
  const Reading reading(row + row + row + row + row);
  EXPECT_THAT(reading.sizes, ElementsAre(2, 2, 1));
}

TEST(ImportInput, RejectsARowThatIsTooLargeForAnyBatch) {
  const std::string row =
      absl::StrCat("{\"description\":\"", std::string(2'000'000, 'x'), "\"}\n");
  const std::string line(importers::Limits().row_bytes + 1, ' ');
  const Reading reading(absl::StrCat(row, "x", line, "\n{\"title\":\"b\"}\n"));
  EXPECT_THAT(reading.titles, ElementsAre("b"));
  EXPECT_THAT(reading.rejected,
              ElementsAre("-:1 : a row may have at most 1 MiB",
                          "-:2 : a row may have at most 1 MiB"));
}

TEST(ImportInput, FillsTheSourceOfRowsThatNameNone) {
  const Reading reading("{\"title\":\"a\",\"source\":\"own\"}\n{}\n", {"-"},
                        "given");
  EXPECT_THAT(reading.sources, ElementsAre("own", "given"));
}

TEST(ImportInput, TakesTheRowOfACorrectedReject) {
  const Reading reading(
      R"({"file":"a","line":7,"violations":[],"row":{"title":"fixed"}})");
  EXPECT_THAT(reading.titles, ElementsAre("fixed"));
}

TEST(ImportInput, ReadsOneFileAfterTheOther) {
  const heimweg::testing::TempDir dir;
  const std::string path = absl::StrCat(dir.path(), "/a.jsonl");
  std::ofstream(path) << "{\"title\":\"in file\"}";
  const Reading reading("{\"title\":\"in stdin\"}\n", {path, "-"});
  EXPECT_THAT(reading.titles, ElementsAre("in file", "in stdin"));
  EXPECT_THAT(reading.lines, ElementsAre(1, 1));
}

TEST(ImportInput, SaysWhichFileCannotBeRead) {
  EXPECT_THAT(Reading("", {"/no/such/file"}).status,
              StatusIs(absl::StatusCode::kNotFound,
                       HasSubstr("there is no file /no/such/file; expected")));
  const heimweg::testing::TempDir dir;
  EXPECT_THAT(Reading("", {std::string(dir.path())}).status,
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("is a folder; expected")));
}

}  // namespace
}  // namespace heimweg::cli
