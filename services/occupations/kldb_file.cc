#include "services/occupations/kldb_file.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "services/occupations/csv_reader.h"
#include "services/occupations/kldb.h"
#include "services/occupations/utf8.h"

namespace heimweg::occupations {
namespace {

constexpr size_t kHeaderLines = 40;
constexpr size_t kDigits = 5;
constexpr size_t kNoColumn = static_cast<size_t>(-1);
constexpr size_t kLongestKldbTitle = 200;

struct Columns {
  size_t code = kNoColumn;
  size_t level = kNoColumn;
  size_t title = kNoColumn;
  size_t included = kNoColumn;

  bool complete() const {
    return code != kNoColumn && level != kNoColumn && title != kNoColumn;
  }
};

Columns ColumnsOf(const std::vector<std::string>& row) {
  Columns columns;
  for (size_t i = 0; i < row.size(); ++i) {
    const absl::string_view name = absl::StripAsciiWhitespace(row[i]);
    if (absl::EqualsIgnoreCase(name, "code") ||
        absl::StartsWith(name, "Schlüssel KldB")) {
      columns.code = i;
    } else if (absl::EqualsIgnoreCase(name, "ebene")) {
      columns.level = i;
    } else if (absl::EqualsIgnoreCase(name, "titel")) {
      columns.title = i;
    } else if (absl::EqualsIgnoreCase(name, "umfasst ferner")) {
      columns.included = i;
    }
  }
  return columns;
}

bool IsDigits(absl::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

// "01104-101" at the start of `text`.
bool StartsWithId(absl::string_view text) {
  return text.size() > 9 && IsDigits(text.substr(0, kDigits)) &&
         text[5] == '-' && IsDigits(text.substr(6, 3)) && text[9] == ' ';
}

// The titles of "... 01104-101 Offizier - Dienst  01104-102 Offizier ...".
std::vector<std::string> IncludedTitles(absl::string_view field) {
  std::vector<std::string> titles;
  size_t begin = std::string::npos;
  const auto end_at = [&](size_t end) {
    if (begin == std::string::npos) return;
    const absl::string_view title =
        absl::StripAsciiWhitespace(field.substr(begin, end - begin));
    if (!title.empty() && title.size() <= kLongestKldbTitle) {
      titles.push_back(absl::StrReplaceAll(title, {{"&nbsp;", " "}}));
    }
  };
  for (size_t at = 0; at < field.size(); ++at) {
    if (!StartsWithId(field.substr(at))) continue;
    end_at(at);
    at += 9;
    begin = at;
  }
  end_at(field.size());
  return titles;
}

class Reader {
 public:
  explicit Reader(const NamedFile& file) : name_(file.first) {}

  absl::StatusOr<KldbFile> Read(absl::string_view text, char separator) {
    CsvReader csv(text, separator);
    std::vector<std::string> row;
    while (!columns_.complete() && csv.line() < kHeaderLines && csv.Next(row)) {
      columns_ = ColumnsOf(row);
    }
    if (!columns_.complete()) {
      return absl::InvalidArgumentError(absl::StrCat(
          name_,
          ": expected KldB 2010 as CSV with the columns \"Schlüssel KldB "
          "2010...\" or code, Ebene and Titel"));
    }
    while (csv.Next(row)) {
      const absl::Status added = Add(row, csv.line());
      if (!added.ok()) return added;
    }
    if (!csv.status().ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(name_, ", ", csv.status().message()));
    }
    return Finish();
  }

  bool found_columns() const { return columns_.complete(); }

 private:
  absl::Status Wrong(size_t line, const char* field,
                     absl::string_view why) const {
    return absl::InvalidArgumentError(
        absl::StrCat(name_, ", line ", line, ", ", field, ": ", why));
  }

  absl::Status Add(const std::vector<std::string>& row, size_t line) {
    const auto field = [&row](size_t at) {
      return at < row.size() ? absl::StripAsciiWhitespace(row[at])
                             : absl::string_view();
    };
    size_t level = 0;
    if (!absl::SimpleAtoi(field(columns_.level), &level) || level < 1 ||
        level > kDigits) {
      return Wrong(line, "Ebene", "expected 1 to 5");
    }
    const absl::string_view digits = field(columns_.code);
    if (!IsDigits(digits) || digits.size() > level) {
      return Wrong(line, "code",
                   absl::StrCat("expected at most ", level,
                                " digits, as many as the level"));
    }
    KldbRow one;
    // Spreadsheets drop leading zeros.
    one.code = absl::StrCat(std::string(level - digits.size(), '0'), digits);
    one.title = std::string(field(columns_.title));
    if (one.title.empty() || one.title.size() > kLongestKldbTitle) {
      return Wrong(line, "Titel", "expected 1 to 200 bytes");
    }
    if (level == kDigits && columns_.included != kNoColumn) {
      one.usual_titles = IncludedTitles(field(columns_.included));
    }
    const std::string code = one.code;
    if (!rows_.emplace(code, Numbered{std::move(one), line}).second) {
      return Wrong(line, "code", absl::StrCat(code, " stands twice"));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<KldbFile> Finish() {
    for (const KldbEntry& known : KldbEntries()) {
      if (known.code.size() <= 2 && rows_.count(std::string(known.code)) == 0) {
        return absl::InvalidArgumentError(
            absl::StrCat(name_, ": ", known.code, " (", known.title,
                         ") is missing; expected the whole classification"));
      }
    }
    KldbFile file;
    for (auto next = rows_.begin(); next != rows_.end(); ++next) {
      const std::string& code = next->first;
      if (code.size() > 1 &&
          rows_.count(code.substr(0, code.size() - 1)) == 0) {
        return Wrong(next->second.line, "code",
                     absl::StrCat("what is above ", code, " is missing"));
      }
      const auto below = std::next(next);
      if (code.size() < kDigits &&
          (below == rows_.end() || !absl::StartsWith(below->first, code))) {
        return Wrong(next->second.line, "code",
                     absl::StrCat("what is below ", code, " is missing"));
      }
    }
    for (auto& [code, row] : rows_) file.rows.push_back(std::move(row.row));
    return file;
  }

  struct Numbered {
    KldbRow row;
    size_t line = 0;
  };

  const std::string& name_;
  Columns columns_;
  std::map<std::string, Numbered> rows_;
};

}  // namespace

absl::StatusOr<KldbFile> ParseKldb(const NamedFile& file) {
  if (const auto line = LineThatIsNotUtf8(file.second); line.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat(file.first, ", line ", *line, ": expected UTF-8"));
  }
  absl::StatusOr<KldbFile> parsed;
  for (const char separator : {';', ',', '\t'}) {
    Reader reader(file);
    parsed = reader.Read(file.second, separator);
    if (reader.found_columns()) break;
  }
  return parsed;
}

}  // namespace heimweg::occupations
