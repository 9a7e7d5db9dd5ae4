// Tables for eyes: columns as wide as what they hold, by the cells that a
// terminal gives to a character, and no wider than the terminal.
#ifndef HEIMWEG_CLIENTS_CLI_TABLE_H_
#define HEIMWEG_CLIENTS_CLI_TABLE_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace heimweg::cli {

// Cells that UTF-8 text takes: 0 for combining marks, 2 for wide characters.
// Bytes that are not UTF-8 count as one each.
int DisplayWidth(absl::string_view text);

// The text in at most `width` cells, the end replaced by "…" if need be.
std::string Shorten(absl::string_view text, int width);

// Without control characters, which could steer the terminal: each becomes a
// space.
std::string Printable(absl::string_view text);

// Collects rows, then prints them.
//
// Thread-compatible.
class Table {
 public:
  enum class Align { kLeft, kRight };

  // A column; one that may shrink gives way where the terminal is too narrow.
  void AddColumn(absl::string_view header, Align align = Align::kLeft,
                 bool may_shrink = false);
  // One cell for each column; fewer leave the rest empty.
  void AddRow(std::vector<std::string> cells);
  // A line of its own below the last row, indented.
  void AddNote(absl::string_view note);

  bool empty() const { return rows_.empty(); }
  // `columns`: width of the terminal, 0: unlimited. The header is bold if
  // `colour` is set.
  void Print(std::ostream& out, int columns, bool colour = false) const;

 private:
  struct Column {
    std::string header;
    Align align;
    bool may_shrink;
  };
  struct Row {
    std::vector<std::string> cells;
    std::vector<std::string> notes;
  };

  std::vector<int> Widths(int columns) const;
  std::string Line(const std::vector<std::string>& cells,
                   const std::vector<int>& widths) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_TABLE_H_
