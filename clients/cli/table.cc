#include "clients/cli/table.h"

#include <utf8proc.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace heimweg::cli {
namespace {

constexpr int kGap = 2;
constexpr int kNarrowest = 8;

struct Character {
  size_t bytes;
  int width;
  bool control;
};

Character FirstCharacter(absl::string_view text) {
  utf8proc_int32_t code = 0;
  const utf8proc_ssize_t bytes =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &code);
  if (bytes <= 0) return {1, 1, false};
  return {static_cast<size_t>(bytes), utf8proc_charwidth(code),
          utf8proc_category(code) == UTF8PROC_CATEGORY_CC};
}

}  // namespace

int DisplayWidth(absl::string_view text) {
  int width = 0;
  while (!text.empty()) {
    const Character first = FirstCharacter(text);
    width += first.width;
    text.remove_prefix(first.bytes);
  }
  return width;
}

std::string Shorten(absl::string_view text, int width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  if (width <= 0) return "";
  size_t kept = 0;
  int used = 1;  // the ellipsis
  while (kept < text.size()) {
    const Character next = FirstCharacter(text.substr(kept));
    if (used + next.width > width) break;
    used += next.width;
    kept += next.bytes;
  }
  return absl::StrCat(text.substr(0, kept), "…");
}

std::string Printable(absl::string_view text) {
  std::string printable;
  while (!text.empty()) {
    const Character first = FirstCharacter(text);
    if (first.control) {
      printable += ' ';
    } else {
      absl::StrAppend(&printable, text.substr(0, first.bytes));
    }
    text.remove_prefix(first.bytes);
  }
  return printable;
}

void Table::AddColumn(absl::string_view header, Align align, bool may_shrink) {
  columns_.push_back({std::string(header), align, may_shrink});
}

void Table::AddRow(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  for (std::string& cell : cells) cell = Printable(cell);
  rows_.push_back({std::move(cells), {}});
}

void Table::AddNote(absl::string_view note) {
  rows_.back().notes.push_back(Printable(note));
}

std::vector<int> Table::Widths(int columns) const {
  std::vector<int> widths;
  for (size_t i = 0; i < columns_.size(); ++i) {
    int width = DisplayWidth(columns_[i].header);
    for (const Row& row : rows_) {
      width = std::max(width, DisplayWidth(row.cells[i]));
    }
    widths.push_back(width);
  }
  if (columns <= 0 || widths.empty()) return widths;
  int excess = std::accumulate(widths.begin(), widths.end(), 0) +
               kGap * (static_cast<int>(widths.size()) - 1) - columns;
  // The widest that may shrink gives way first, a cell at a time.
  while (excess > 0) {
    int widest = -1;
    for (size_t i = 0; i < widths.size(); ++i) {
      if (columns_[i].may_shrink && widths[i] > kNarrowest &&
          (widest < 0 || widths[i] > widths[widest])) {
        widest = static_cast<int>(i);
      }
    }
    if (widest < 0) break;
    --widths[widest];
    --excess;
  }
  return widths;
}

std::string Table::Line(const std::vector<std::string>& cells,
                        const std::vector<int>& widths) const {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string cell = Shorten(cells[i], widths[i]);
    const std::string padding(widths[i] - DisplayWidth(cell), ' ');
    if (i > 0) line.append(kGap, ' ');
    if (columns_[i].align == Align::kRight) {
      absl::StrAppend(&line, padding, cell);
    } else {
      absl::StrAppend(&line, cell, padding);
    }
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

void Table::Print(std::ostream& out, int columns, bool colour) const {
  const std::vector<int> widths = Widths(columns);
  std::vector<std::string> headers;
  for (const Column& column : columns_) headers.push_back(column.header);
  out << (colour ? "\033[1m" : "") << Line(headers, widths)
      << (colour ? "\033[0m" : "") << "\n";
  for (const Row& row : rows_) {
    out << Line(row.cells, widths) << "\n";
    for (const std::string& note : row.notes) out << "      " << note << "\n";
  }
}

}  // namespace heimweg::cli
