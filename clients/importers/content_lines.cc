#include "clients/importers/content_lines.h"

#include <utf8proc.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace heimweg::importers {
namespace {

bool IsUtf8(absl::string_view text) {
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t ignored = 0;
    const utf8proc_ssize_t size = utf8proc_iterate(at, left, &ignored);
    if (size <= 0) return false;
    at += size;
    left -= size;
  }
  return true;
}

// Where the next of `signs` is outside of double quotes.
size_t FindUnquoted(absl::string_view text, absl::string_view signs,
                    size_t from) {
  bool quoted = false;
  for (size_t i = from; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (!quoted && signs.find(text[i]) != absl::string_view::npos) return i;
  }
  return absl::string_view::npos;
}

}  // namespace

absl::string_view ContentLine::Parameter(absl::string_view parameter) const {
  for (const auto& [key, text] : parameters) {
    if (key == parameter) return text;
  }
  return {};
}

ContentLineReader::ContentLineReader(std::unique_ptr<Utf8Source> decoded,
                                     ByteSource& bytes, const Limits& limits)
    : decoded_(std::move(decoded)),
      lines_(decoded_ == nullptr ? bytes : *decoded_, limits.field_bytes + 1),
      most_bytes_(limits.field_bytes) {}

absl::StatusOr<std::unique_ptr<ContentLineReader>> ContentLineReader::Open(
    ByteSource& source, absl::string_view encoding, const Limits& limits) {
  std::unique_ptr<Utf8Source> decoded;
  if (!encoding.empty()) {
    auto opened = Utf8Source::Open(source, encoding);
    if (!opened.ok()) return opened.status();
    decoded = *std::move(opened);
  }
  return std::unique_ptr<ContentLineReader>(
      new ContentLineReader(std::move(decoded), source, limits));
}

absl::StatusOr<bool> ContentLineReader::Next() {
  line_ = ContentLine();
  while (true) {
    if (!ahead_) {
      const auto more = lines_.Next();
      if (!more.ok()) return more.status();
      if (!*more) break;
    }
    ahead_ = false;
    absl::string_view text = lines_.line();
    if (lines_.number() == 1) absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
    const bool fold = !text.empty() && (text[0] == ' ' || text[0] == '\t');
    if (!line_.text.empty() && !fold) {
      ahead_ = true;
      break;
    }
    if (fold) text.remove_prefix(1);
    if (line_.text.empty()) line_.number = lines_.number();
    if (lines_.too_long() || line_.text.size() + text.size() > most_bytes_) {
      return absl::ResourceExhaustedError(
          absl::StrCat("line ", line_.number, ": a line is larger than ",
                       most_bytes_, " bytes"));
    }
    absl::StrAppend(&line_.text, text);
  }
  if (line_.text.empty()) return false;
  absl::Status status = Parse();
  if (!status.ok()) return status;
  return true;
}

absl::Status ContentLineReader::Parse() {
  const absl::string_view text = line_.text;
  if (!IsUtf8(text)) {
    return absl::InvalidArgumentError(
        absl::StrCat("line ", line_.number,
                     ": the text is not UTF-8; --encoding names another, e.g. "
                     "windows-1252"));
  }
  const size_t colon = FindUnquoted(text, ":", 0);
  if (colon == absl::string_view::npos) {
    return absl::InvalidArgumentError(absl::StrCat(
        "line ", line_.number, ": expected a name, a colon and a value"));
  }
  line_.value = std::string(text.substr(colon + 1));
  size_t end = std::min(FindUnquoted(text, ";", 0), colon);
  absl::string_view name = text.substr(0, end);
  const size_t dot = name.find('.');
  if (dot != absl::string_view::npos) name.remove_prefix(dot + 1);
  line_.name = absl::AsciiStrToUpper(absl::StripAsciiWhitespace(name));
  while (end < colon) {
    const size_t begin = end + 1;
    end = std::min(FindUnquoted(text, ";", begin), colon);
    const absl::string_view parameter = text.substr(begin, end - begin);
    const size_t equals = parameter.find('=');
    std::string value(equals == absl::string_view::npos
                          ? absl::string_view()
                          : parameter.substr(equals + 1));
    value.erase(std::remove(value.begin(), value.end(), '"'), value.end());
    line_.parameters.emplace_back(
        absl::AsciiStrToUpper(parameter.substr(0, equals)), std::move(value));
  }
  return absl::OkStatus();
}

std::string UnescapedText(absl::string_view value) {
  std::string text;
  for (size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      text += value[i];
      continue;
    }
    ++i;
    text += value[i] == 'n' || value[i] == 'N' ? '\n' : value[i];
  }
  return text;
}

std::string EscapedText(absl::string_view text) {
  std::string value;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') {
      value += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') value += '\\';
    value += c;
  }
  return value;
}

std::vector<std::string> SplitEscaped(absl::string_view value, char separator) {
  std::vector<std::string> parts;
  size_t begin = 0;
  for (size_t i = 0; i <= value.size(); ++i) {
    if (i < value.size() && value[i] == '\\') {
      ++i;
      continue;
    }
    if (i == value.size() || value[i] == separator) {
      parts.push_back(UnescapedText(value.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  if (begin < value.size()) {
    // A backslash at the very end.
    parts.push_back(UnescapedText(value.substr(begin)));
  }
  return parts;
}

}  // namespace heimweg::importers
