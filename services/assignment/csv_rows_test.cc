#include "services/assignment/csv_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace heimweg::assignment {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Read {
  absl::Status status;
  std::vector<CsvRow> rows;
};

Read ReadAll(const std::string& text) {
  std::istringstream in(text);
  Read read;
  read.status = ReadCsv(in, "W.csv", [&read](const CsvRow& row) {
    read.rows.push_back(row);
    return absl::OkStatus();
  });
  return read;
}

TEST(CsvRowsTest, TakesQuotesLineEndsAndAByteOrderMark) {
  const Read read = ReadAll(
      "\xEF\xBB\xBFhousehold,\"Bad Liebenwerda, Stadt\"\r\n"
      "\r\n"
      "\"the \"\"first\"\"\", 1.5 \r\n"
      "last,");

  ASSERT_TRUE(read.status.ok()) << read.status;
  ASSERT_EQ(read.rows.size(), 3u);
  EXPECT_THAT(read.rows[0].cells,
              ElementsAre("household", "Bad Liebenwerda, Stadt"));
  EXPECT_THAT(read.rows[1].cells, ElementsAre("the \"first\"", "1.5"));
  EXPECT_THAT(read.rows[2].cells, ElementsAre("last", ""));
}

TEST(CsvRowsTest, KnowsTheLineOfARowAlsoAfterLineEndsWithinQuotes) {
  const Read read = ReadAll("a,\"two\nlines\"\n\nb,c\nd,e\n");

  ASSERT_TRUE(read.status.ok()) << read.status;
  ASSERT_EQ(read.rows.size(), 3u);
  EXPECT_THAT(read.rows[0].cells, ElementsAre("a", "two\nlines"));
  EXPECT_EQ(read.rows[0].line, 1);
  EXPECT_EQ(read.rows[1].line, 4);
  EXPECT_EQ(read.rows[2].line, 5);
}

TEST(CsvRowsTest, NamesTheLineWhereAQuoteIsNeverClosed) {
  const Read read = ReadAll("a,b\nc,\"d\ne,f\n");

  EXPECT_EQ(read.status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(read.status.message()), HasSubstr("W.csv:2: "));
}

TEST(CsvRowsTest, RefusesAQuoteWithinACell) {
  const Read read = ReadAll("a,b\"c\n");

  EXPECT_EQ(read.status.code(), absl::StatusCode::kInvalidArgument);
}

TEST(CsvRowsTest, StopsAtTheFirstErrorOfItsCaller) {
  std::istringstream in("a\nb\nc\n");
  int rows = 0;

  const absl::Status status = ReadCsv(in, "x", [&rows](const CsvRow& row) {
    ++rows;
    return row.cells[0] == "b" ? absl::NotFoundError("b") : absl::OkStatus();
  });

  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(rows, 2);
}

}  // namespace
}  // namespace heimweg::assignment
