#include "services/places/text_rows.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace heimweg::places {
namespace {

// Bytes of the character that begins with `lead`, 0 if none does.
size_t LengthOf(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

// The second byte rules out overlong forms, surrogates and what is too great.
bool IsSecond(unsigned char lead, unsigned char second) {
  switch (lead) {
    case 0xe0:
      return second >= 0xa0;
    case 0xed:
      return second <= 0x9f;
    case 0xf0:
      return second >= 0x90;
    case 0xf4:
      return second <= 0x8f;
    default:
      return true;
  }
}

}  // namespace

bool IsUtf8(absl::string_view text) {
  while (!text.empty()) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const size_t length = LengthOf(lead);
    if (length == 0 || text.size() < length) return false;
    const absl::string_view tail = text.substr(1, length - 1);
    const bool continued = std::all_of(tail.begin(), tail.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
    });
    if (!continued ||
        (length > 1 && !IsSecond(lead, static_cast<unsigned char>(tail[0])))) {
      return false;
    }
    text.remove_prefix(length);
  }
  return true;
}

absl::Status CheckText(absl::string_view text, absl::string_view expected) {
  if (text.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("the file is empty; expected ", expected));
  }
  if (absl::StartsWith(text, "PK\x03\x04")) {
    return absl::InvalidArgumentError(absl::StrCat(
        "this is a ZIP or a spreadsheet; expected what is in it: ", expected));
  }
  if (!IsUtf8(text)) {
    return absl::InvalidArgumentError(
        absl::StrCat("this is no text in UTF-8; expected ", expected));
  }
  return absl::OkStatus();
}

absl::string_view TakeLine(absl::string_view& rest) {
  const size_t end = rest.find('\n');
  const absl::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == absl::string_view::npos ? rest.size() : end + 1);
  return absl::StripSuffix(line, "\r");
}

std::optional<std::vector<std::string>> SplitCsv(absl::string_view line,
                                                 char separator) {
  std::vector<std::string> fields = {""};
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back().push_back('"');
      ++i;
    } else if (c == '"' && (quoted || fields.back().empty())) {
      quoted = !quoted;
    } else if (c == separator && !quoted) {
      fields.emplace_back();
    } else {
      fields.back().push_back(c);
    }
  }
  if (quoted) return std::nullopt;
  return fields;
}

char SeparatorOf(absl::string_view header) {
  char best = ',';
  for (const char c : {';', '\t'}) {
    if (std::count(header.begin(), header.end(), c) >
        std::count(header.begin(), header.end(), best)) {
      best = c;
    }
  }
  return best;
}

void Remarks::Add(int line, absl::string_view what) {
  if (++rows_left_out_ <= static_cast<int>(kMost)) {
    kept_.push_back(absl::StrCat("line ", line, ": ", what));
  }
}

std::vector<std::string> Remarks::Take() && {
  if (rows_left_out_ > static_cast<int>(kMost)) {
    kept_.push_back(absl::StrCat("and ",
                                 rows_left_out_ - static_cast<int>(kMost),
                                 " more lines that were left out"));
  }
  return std::move(kept_);
}

absl::Status CheckLeftOut(const Remarks& remarks, int rows,
                          absl::string_view expected) {
  if (rows > 0 && remarks.rows_left_out() * 100 <= rows) {
    return absl::OkStatus();
  }
  Remarks copy = remarks;
  const std::vector<std::string> kept = std::move(copy).Take();
  return absl::InvalidArgumentError(
      absl::StrCat("expected ", expected, "; ", remarks.rows_left_out(), " of ",
                   rows, " lines are not, e.g. ",
                   kept.empty() ? "there is no line" : kept.front()));
}

}  // namespace heimweg::places
