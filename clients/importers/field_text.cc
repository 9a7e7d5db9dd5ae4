#include "clients/importers/field_text.h"

#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"

namespace heimweg::importers {
namespace {

absl::string_view WithoutUnit(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  for (const absl::string_view unit :
       {"\u20ac", "EUR", "Euro", "qm", "m\u00b2", "m2", ",-", ",--"}) {
    if (absl::ConsumeSuffix(&text, unit)) break;
  }
  absl::ConsumePrefix(&text, "\u20ac");
  return absl::StripAsciiWhitespace(text);
}

// Where the fraction begins; npos: nowhere.
size_t FractionAt(absl::string_view text, char decimal) {
  const size_t last = text.find_last_of(".,");
  if (last == absl::string_view::npos) return last;
  const char other = text[last] == '.' ? ',' : '.';
  if (text.find(other) != absl::string_view::npos) return last;
  const bool only_one = text.find(text[last]) == last;
  const bool three_behind = text.size() - last == 4;
  if (!only_one) return absl::string_view::npos;
  // "0.125" is no thousand.
  const bool zero_before = last == 1 && text[0] == '0';
  if (three_behind && text[last] != decimal && !zero_before) {
    return absl::string_view::npos;
  }
  return last;
}

// Thousands come in threes, whatever stands between them.
bool GroupsAreRight(absl::string_view whole) {
  const size_t first = whole.find_first_of(". ,'");
  if (first == absl::string_view::npos) return AllDigits(whole);
  if (first == 0 || first > 3) return false;
  for (size_t i = first; i < whole.size(); i += 4) {
    if (whole[i] != whole[first] || !AllDigits(whole.substr(i + 1, 3)) ||
        whole.size() - i < 4) {
      return false;
    }
  }
  return true;
}

std::optional<type::v1::Date> DateOf(absl::string_view year,
                                     absl::string_view month,
                                     absl::string_view day) {
  type::v1::Date date;
  int y = 0, m = 0, d = 0;
  if (!AllDigits(year) || !AllDigits(month) || !AllDigits(day) ||
      !absl::SimpleAtoi(year, &y) || !absl::SimpleAtoi(month, &m) ||
      !absl::SimpleAtoi(day, &d) || y < 1900 || y > 2200) {
    return std::nullopt;
  }
  const absl::CivilDay civil(y, m, d);
  if (civil.year() != y || civil.month() != m || civil.day() != d) {
    return std::nullopt;
  }
  date.set_year(y);
  date.set_month(m);
  date.set_day(d);
  return date;
}

}  // namespace

bool AllDigits(absl::string_view text) {
  for (const char c : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return false;
  }
  return !text.empty();
}

std::optional<double> ParseDecimal(absl::string_view text, char decimal) {
  text = WithoutUnit(text);
  const bool negative = absl::ConsumePrefix(&text, "-");
  const size_t fraction = FractionAt(text, decimal);
  const absl::string_view whole = text.substr(0, fraction);
  const absl::string_view rest = fraction == absl::string_view::npos
                                     ? absl::string_view()
                                     : text.substr(fraction + 1);
  if (whole.size() > 20 || !GroupsAreRight(whole) || rest.size() > 20 ||
      (!rest.empty() && !AllDigits(rest))) {
    return std::nullopt;
  }
  std::string plain =
      absl::StrReplaceAll(whole, {{".", ""}, {",", ""}, {" ", ""}, {"'", ""}});
  if (!rest.empty()) absl::StrAppend(&plain, ".", rest);
  double value = 0;
  if (!absl::SimpleAtod(plain, &value)) return std::nullopt;
  return negative ? -value : value;
}

std::optional<int64_t> ParseCents(absl::string_view text, char decimal) {
  const std::optional<double> value = ParseDecimal(text, decimal);
  if (!value.has_value() || *value < 0 || *value > 1e11) return std::nullopt;
  return std::llround(*value * 100);
}

std::optional<int64_t> ParseInteger(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  int64_t value = 0;
  if (!AllDigits(text) || !absl::SimpleAtoi(text, &value)) return std::nullopt;
  return value;
}

std::optional<type::v1::Date> ParseDate(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (text.size() >= 10 && text[4] == '-' && text[7] == '-') {
    if (text.size() > 10 && text[10] != 'T' && text[10] != ' ') {
      return std::nullopt;
    }
    return DateOf(text.substr(0, 4), text.substr(5, 2), text.substr(8, 2));
  }
  const size_t first = text.find('.');
  if (first == absl::string_view::npos || first > 2) return std::nullopt;
  const size_t second = text.find('.', first + 1);
  if (second == absl::string_view::npos || second - first > 3 ||
      text.size() - second != 5) {
    return std::nullopt;
  }
  return DateOf(text.substr(second + 1),
                text.substr(first + 1, second - first - 1),
                text.substr(0, first));
}

std::optional<absl::Time> ParseMoment(absl::string_view text,
                                      absl::TimeZone zone) {
  text = absl::StripAsciiWhitespace(text);
  absl::Time time;
  std::string error;
  for (const char* format :
       {"%Y-%m-%d%ET%H:%M:%E*S%Ez", "%Y-%m-%d%ET%H:%M:%E*S",
        "%Y-%m-%d%ET%H:%M%Ez", "%Y-%m-%d%ET%H:%M", "%Y-%m-%d %H:%M:%E*S",
        "%Y-%m-%d %H:%M", "%Y-%m-%d", "%a, %d %b %Y %H:%M:%S %z",
        "%d %b %Y %H:%M:%S %z", "%a, %d %b %Y %H:%M:%S GMT"}) {
    const bool is_gmt = absl::EndsWith(format, "GMT");
    if (absl::ParseTime(format, std::string(text),
                        is_gmt ? absl::UTCTimeZone() : zone, &time, &error)) {
      return time;
    }
  }
  return std::nullopt;
}

absl::TimeZone Berlin() {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone("Europe/Berlin", &zone)) {
    return absl::FixedTimeZone(60 * 60);
  }
  return zone;
}

type::v1::Answer ParseAnswer(absl::string_view text) {
  const std::string word =
      absl::AsciiStrToLower(absl::StripAsciiWhitespace(text));
  for (const absl::string_view yes :
       {"true", "1", "ja", "j", "yes", "y", "wahr"}) {
    if (word == yes) return type::v1::ANSWER_YES;
  }
  for (const absl::string_view no :
       {"false", "0", "nein", "n", "no", "falsch"}) {
    if (word == no) return type::v1::ANSWER_NO;
  }
  return type::v1::ANSWER_UNSPECIFIED;
}

std::string JoinTexts(const std::vector<std::string>& texts) {
  std::string cell;
  for (size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) cell.push_back('|');
    for (const char c : texts[i]) {
      if (c == '|' || c == '\\') cell.push_back('\\');
      cell.push_back(c);
    }
  }
  return cell;
}

std::vector<std::string> SplitTexts(absl::string_view cell) {
  std::vector<std::string> texts;
  if (cell.empty()) return texts;
  texts.emplace_back();
  for (size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] == '|') {
      texts.emplace_back();
    } else {
      if (cell[i] == '\\' && i + 1 < cell.size()) ++i;
      texts.back().push_back(cell[i]);
    }
  }
  return texts;
}

std::string OneLine(absl::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool space = static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
    if (!space) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

std::string ManyLines(absl::string_view text) {
  std::string lines;
  for (const char c : text) {
    if (c == '\n') {
      while (!lines.empty() && lines.back() == ' ') lines.pop_back();
      if (!absl::EndsWith(lines, "\n\n")) lines += c;
    } else if (c == '\t') {
      lines += ' ';
    } else if (static_cast<unsigned char>(c) >= ' ' && c != '\x7f') {
      lines += c;
    }
  }
  absl::StripAsciiWhitespace(&lines);
  return lines;
}

bool CutTo(size_t most, std::string& text) {
  size_t characters = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
    if (characters++ == most) {
      text.resize(i);
      return true;
    }
  }
  return false;
}

std::optional<std::string> ParsePostcode(absl::string_view text,
                                         bool& repaired) {
  text = absl::StripAsciiWhitespace(text);
  repaired = false;
  for (const absl::string_view country : {"D-", "DE-", "D ", "DE "}) {
    if (absl::ConsumePrefix(&text, country)) {
      repaired = true;
      break;
    }
  }
  if (!AllDigits(text)) return std::nullopt;
  if (text.size() == 5) return std::string(text);
  if (text.size() != 4) return std::nullopt;
  // 01067 to 09669 exist; a spreadsheet has dropped the zero.
  repaired = true;
  return absl::StrCat("0", text);
}

}  // namespace heimweg::importers
