#include "services/occupations/csv_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace heimweg::occupations {
namespace {

constexpr size_t kMaxFieldBytes = size_t{1} << 20;
constexpr size_t kHeaderLines = 40;

absl::string_view WithoutMark(absl::string_view text) {
  return absl::StartsWith(text, "\xEF\xBB\xBF") ? text.substr(3) : text;
}

char SeparatorOf(absl::string_view text) {
  constexpr std::array<char, 3> kSeparators = {',', ';', '\t'};
  std::array<size_t, 3> counts = {};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') break;
    for (size_t i = 0; i < counts.size(); ++i) {
      if (c == kSeparators[i]) ++counts[i];
    }
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return kSeparators[static_cast<size_t>(most - counts.begin())];
}

}  // namespace

CsvReader::CsvReader(absl::string_view text)
    : CsvReader(text, SeparatorOf(WithoutMark(text))) {}

CsvReader::CsvReader(absl::string_view text, char separator)
    : text_(WithoutMark(text)), separator_(separator) {}

bool CsvReader::ReadQuoted(std::string& field) {
  const size_t opened = next_line_;
  for (++at_; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == '"') {
      if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
        ++at_;
        return true;
      }
      ++at_;
    }
    if (c == '\n') ++next_line_;
    field += text_[at_];
    if (field.size() > kMaxFieldBytes) break;
  }
  status_ = absl::InvalidArgumentError(absl::StrCat(
      "line ", opened, ": ",
      field.size() > kMaxFieldBytes ? "a field of more than 1 MiB"
                                    : "a quote that is not closed"));
  return false;
}

bool CsvReader::ReadField(std::string& field, bool& row_ends) {
  field.clear();
  if (at_ < text_.size() && text_[at_] == '"' && !ReadQuoted(field)) {
    return false;
  }
  while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n') {
    field += text_[at_++];
    if (field.size() > kMaxFieldBytes) {
      status_ = absl::InvalidArgumentError(
          absl::StrCat("line ", next_line_, ": a field of more than 1 MiB"));
      return false;
    }
  }
  row_ends = at_ >= text_.size() || text_[at_] == '\n';
  if (at_ < text_.size()) ++at_;
  if (!row_ends) return true;
  ++next_line_;
  if (!field.empty() && field.back() == '\r') field.pop_back();
  return true;
}

bool CsvReader::Next(std::vector<std::string>& row) {
  while (status_.ok() && at_ < text_.size()) {
    line_ = next_line_;
    row.clear();
    bool row_ends = false;
    while (!row_ends) {
      row.emplace_back();
      if (!ReadField(row.back(), row_ends)) return false;
    }
    if (std::any_of(row.begin(), row.end(),
                    [](const std::string& field) { return !field.empty(); })) {
      return true;
    }
  }
  return false;
}

CsvTable::CsvTable(absl::string_view name, absl::string_view text)
    : name_(name), reader_(text) {}

bool CsvTable::FindHeader(const std::vector<std::string>& columns,
                          std::vector<std::string>& missing) {
  missing = columns;
  while (reader_.line() < kHeaderLines && reader_.Next(row_)) {
    std::vector<size_t> places;
    std::vector<std::string> absent;
    for (const std::string& column : columns) {
      const auto found = std::find_if(
          row_.begin(), row_.end(), [&column](const std::string& field) {
            return absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(field),
                                          column);
          });
      if (found == row_.end()) absent.push_back(column);
      places.push_back(static_cast<size_t>(found - row_.begin()));
    }
    if (absent.empty()) {
      places_ = std::move(places);
      return true;
    }
    if (absent.size() < missing.size()) missing = std::move(absent);
  }
  return false;
}

absl::StatusOr<CsvTable> CsvTable::Open(absl::string_view name,
                                        absl::string_view text,
                                        std::vector<std::string> columns) {
  // A header block may use other signs than the table below it.
  std::vector<std::string> missing;
  for (const char separator : {'\0', ',', ';', '\t'}) {
    CsvTable table(name, text);
    if (separator != '\0') table.reader_ = CsvReader(text, separator);
    std::vector<std::string> absent;
    if (table.FindHeader(columns, absent)) return table;
    if (missing.empty() || absent.size() < missing.size()) missing = absent;
  }
  return absl::InvalidArgumentError(
      absl::StrCat(name, ": no column line with ", absl::StrJoin(columns, ", "),
                   "; missing: ", absl::StrJoin(missing, ", ")));
}

bool CsvTable::Next(std::vector<std::string>& fields) {
  if (!reader_.Next(row_)) return false;
  fields.resize(places_.size());
  for (size_t i = 0; i < places_.size(); ++i) {
    fields[i] =
        places_[i] < row_.size() ? std::move(row_[places_[i]]) : std::string();
  }
  return true;
}

absl::Status CsvTable::status() const {
  if (reader_.status().ok()) return absl::OkStatus();
  return absl::Status(reader_.status().code(),
                      absl::StrCat(name_, ", ", reader_.status().message()));
}

}  // namespace heimweg::occupations
