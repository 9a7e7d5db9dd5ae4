#include "clients/cli/table.h"

#include <gmock/gmock.h>

#include <sstream>

namespace heimweg::cli {
namespace {

std::string Printed(const Table& table, int columns = 0) {
  std::ostringstream out;
  table.Print(out, columns);
  return out.str();
}

TEST(DisplayWidth, CountsTheCellsOfATerminal) {
  EXPECT_EQ(DisplayWidth("Tür"), 3);
  EXPECT_EQ(DisplayWidth("Tu\u0308r"), 3);  // combining dots
  EXPECT_EQ(DisplayWidth("日本"), 4);
  EXPECT_EQ(DisplayWidth("\xff"), 1);
}

TEST(Shorten, CutsBetweenCharacters) {
  EXPECT_EQ(Shorten("Rückkehr", 8), "Rückkehr");
  EXPECT_EQ(Shorten("Rückkehr", 3), "Rü…");
  EXPECT_EQ(Shorten("日本語", 4), "日…");
  EXPECT_EQ(Shorten("ab", 0), "");
}

TEST(Printable, LeavesNothingThatSteersATerminal) {
  EXPECT_EQ(Printable("a\033[31mb\nc\x7f"), "a [31mb c ");
  EXPECT_EQ(Printable("Grüße"), "Grüße");
}

TEST(Table, AlignsByWhatIsSeen) {
  Table table;
  table.AddColumn("Ort");
  table.AddColumn("km", Table::Align::kRight);
  table.AddRow({"Köln", "7"});
  table.AddRow({"Elsterwerda", "12"});
  table.AddNote("near");
  EXPECT_EQ(Printed(table),
            "Ort          km\n"
            "Köln          7\n"
            "Elsterwerda  12\n"
            "      near\n");
}

TEST(Table, ShrinksWhatMayShrinkToTheTerminal) {
  Table table;
  table.AddColumn("Title", Table::Align::kLeft, true);
  table.AddColumn("Name");
  table.AddRow({"A very long title", "networks/n/jobs/a"});
  EXPECT_EQ(Printed(table, 30),
            "Title        Name\n"
            "A very lon…  networks/n/jobs/a\n");
}

TEST(Table, FillsRowsThatAreTooShort) {
  Table table;
  table.AddColumn("A");
  table.AddColumn("B");
  table.AddRow({"x"});
  EXPECT_EQ(Printed(table), "A  B\nx\n");
}

}  // namespace
}  // namespace heimweg::cli
