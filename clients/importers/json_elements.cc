#include "clients/importers/json_elements.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace heimweg::importers {
namespace {

constexpr size_t kJsonBlock = 64 << 10;
constexpr int kEnd = -1;

bool IsSpace(int c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Finds where values begin and end; whether they are JSON is the parser's
// affair.
class Scanner {
 public:
  Scanner(ByteSource& source, const Limits& limits)
      : source_(source), limits_(limits), block_(kJsonBlock, '\0') {}

  // The next byte, or kEnd; also if reading fails, see status().
  int Peek() {
    if (at_ == size_ && !Fill()) return kEnd;
    return static_cast<unsigned char>(block_[at_]);
  }
  int Next() {
    const int c = Peek();
    if (c == kEnd) return kEnd;
    ++at_;
    if (c == '\n') ++line_;
    return c;
  }
  int PeekBehindSpace() {
    while (IsSpace(Peek())) Next();
    return Peek();
  }

  const absl::Status& status() const { return status_; }
  int64_t line() const { return line_; }

  absl::Status Expected(absl::string_view what) const {
    if (!status_.ok()) return status_;
    return absl::InvalidArgumentError(
        absl::StrCat("line ", line_, ": expected ", what));
  }
  absl::Status TooLarge(absl::string_view what) const {
    return absl::ResourceExhaustedError(
        absl::StrCat("line ", line_, ": ", what));
  }

  // Appends the text of the value that begins here.
  absl::Status Value(std::string& text);
  // A string with its quotes.
  absl::Status String(std::string& text);

 private:
  bool Fill() {
    if (!status_.ok()) return false;
    const auto count = source_.Read(block_.data(), block_.size());
    if (!count.ok()) status_ = count.status();
    at_ = 0;
    size_ = count.ok() ? *count : 0;
    return size_ > 0;
  }
  absl::Status Nested(std::string& text);

  ByteSource& source_;
  const Limits& limits_;
  std::string block_;
  size_t at_ = 0;
  size_t size_ = 0;
  int64_t line_ = 1;
  absl::Status status_;
};

absl::Status Scanner::String(std::string& text) {
  const size_t begin = text.size();
  text += static_cast<char>(Next());
  while (true) {
    const int c = Next();
    if (c == kEnd) return Expected("the end of a string");
    text += static_cast<char>(c);
    if (c == '"') return absl::OkStatus();
    if (c == '\\') text += static_cast<char>(Next());
    if (text.size() - begin > limits_.field_bytes) {
      return TooLarge(absl::StrCat("a string is larger than ",
                                   limits_.field_bytes, " bytes"));
    }
  }
}

absl::Status Scanner::Nested(std::string& text) {
  int depth = 0;
  while (true) {
    const int c = Peek();
    if (c == kEnd) return Expected("the end of an object or array");
    if (text.size() > limits_.row_bytes) {
      return TooLarge(absl::StrCat("an element is larger than ",
                                   limits_.row_bytes, " bytes"));
    }
    if (c == '"') {
      absl::Status status = String(text);
      if (!status.ok()) return status;
      continue;
    }
    text += static_cast<char>(Next());
    if ((c == '{' || c == '[') && ++depth > limits_.depth) {
      return TooLarge(
          absl::StrCat("values are nested more than ", limits_.depth, " deep"));
    }
    if ((c == '}' || c == ']') && --depth == 0) return absl::OkStatus();
  }
}

absl::Status Scanner::Value(std::string& text) {
  const int first = PeekBehindSpace();
  if (first == '{' || first == '[') return Nested(text);
  if (first == '"') return String(text);
  const size_t begin = text.size();
  for (int c = first; c != kEnd && !IsSpace(c) && c != ',' && c != ']' &&
                      c != '}' && text.size() - begin < 100;
       c = Peek()) {
    text += static_cast<char>(Next());
  }
  return text.size() == begin ? Expected("a value") : absl::OkStatus();
}

// One document.
class Elements {
 public:
  Elements(ByteSource& source, const std::vector<std::string>& arrays,
           const Limits& limits, OnJsonElement on_element)
      : arrays_(arrays),
        limits_(limits),
        on_element_(on_element),
        scan_(source, limits) {}

  absl::Status Run();

 private:
  // The scanner stands before the bracket.
  absl::Status Array(absl::string_view name);
  absl::Status Object();
  absl::Status Member();
  // Makes sure that members which are no element are JSON all the same.
  absl::Status CheckSkipped();
  absl::Status Give(absl::string_view path, int64_t line);

  const std::vector<std::string>& arrays_;
  const Limits& limits_;
  const OnJsonElement on_element_;
  Scanner scan_;
  std::string text_;
  // What the outermost object is made of, as long as it may be an element.
  std::string whole_;
  bool found_ = false;
};

absl::Status Elements::Give(absl::string_view path, int64_t line) {
  const auto value = ParseJson(text_, limits_);
  if (!value.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("line ", line, ": ", path,
                                                   path.empty() ? "" : " ",
                                                   value.status().message()));
  }
  return on_element_({std::string(path), line, text_, *value});
}

absl::Status Elements::Array(absl::string_view name) {
  scan_.Next();
  if (scan_.PeekBehindSpace() == ']') {
    scan_.Next();
    return absl::OkStatus();
  }
  for (int64_t i = 0;; ++i) {
    text_.clear();
    scan_.PeekBehindSpace();
    const int64_t line = scan_.line();
    absl::Status status = scan_.Value(text_);
    if (!status.ok()) return status;
    status = Give(absl::StrCat(name, "[", i, "]"), line);
    if (!status.ok()) return status;
    const int c = scan_.PeekBehindSpace();
    if (c != ',' && c != ']') return scan_.Expected("a comma or ]");
    scan_.Next();
    if (c == ']') return absl::OkStatus();
  }
}

absl::Status Elements::CheckSkipped() {
  whole_ += '}';
  const auto value = ParseJson(whole_, limits_);
  whole_.assign(1, '{');
  return value.ok() ? absl::OkStatus() : scan_.Expected("JSON");
}

absl::Status Elements::Member() {
  if (scan_.PeekBehindSpace() != '"') {
    return scan_.Expected("a name in double quotes");
  }
  text_.clear();
  absl::Status status = scan_.String(text_);
  if (!status.ok()) return status;
  if (scan_.PeekBehindSpace() != ':') return scan_.Expected("a colon");
  scan_.Next();
  const auto key = ParseJson(text_, limits_);
  if (!key.ok()) return scan_.Expected("a name");
  const auto name = key->get<std::string>();
  if (scan_.PeekBehindSpace() == '[' && !found_ &&
      std::find(arrays_.begin(), arrays_.end(), name) != arrays_.end()) {
    found_ = true;
    status = CheckSkipped();
    return status.ok() ? Array(name) : status;
  }
  absl::StrAppend(&whole_, whole_.size() > 1 ? "," : "", text_, ":");
  status = scan_.Value(whole_);
  if (status.ok() && found_) return CheckSkipped();
  if (whole_.size() > limits_.row_bytes) {
    return scan_.TooLarge(
        absl::StrCat("an object is larger than ", limits_.row_bytes, " bytes"));
  }
  return status;
}

absl::Status Elements::Object() {
  const int64_t line = scan_.line();
  scan_.Next();
  whole_.assign(1, '{');
  if (scan_.PeekBehindSpace() == '}') {
    scan_.Next();
  } else {
    for (int c = ','; c != '}'; scan_.Next()) {
      absl::Status status = Member();
      if (!status.ok()) return status;
      c = scan_.PeekBehindSpace();
      if (c != ',' && c != '}') return scan_.Expected("a comma or }");
    }
  }
  if (found_) return absl::OkStatus();
  whole_ += '}';
  text_.swap(whole_);
  return Give("", line);
}

absl::Status Elements::Run() {
  const int first = scan_.PeekBehindSpace();
  absl::Status status;
  if (first == '[') {
    status = Array("");
  } else if (first == '{') {
    status = Object();
  } else {
    return scan_.Expected("a JSON object or array");
  }
  if (!status.ok()) return status;
  if (scan_.PeekBehindSpace() != kEnd) return scan_.Expected("the end");
  return scan_.status();
}

bool IsTooDeep(absl::string_view text, int most) {
  int depth = 0;
  bool in_string = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > most) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

}  // namespace

absl::StatusOr<nlohmann::json> ParseJson(absl::string_view text,
                                         const Limits& limits) {
  if (text.size() > limits.row_bytes) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "a JSON text is larger than ", limits.row_bytes, " bytes"));
  }
  if (IsTooDeep(text, limits.depth)) {
    return absl::ResourceExhaustedError(
        absl::StrCat("values are nested more than ", limits.depth, " deep"));
  }
  // The parser takes it for the end and would drop what follows.
  if (absl::StrContains(text, absl::string_view("\0", 1))) {
    return absl::InvalidArgumentError("is not JSON");
  }
  nlohmann::json value =
      nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
  if (value.is_discarded()) {
    return absl::InvalidArgumentError("is not JSON");
  }
  return value;
}

absl::Status ReadJsonElements(ByteSource& utf8,
                              const std::vector<std::string>& arrays,
                              const Limits& limits, OnJsonElement on_element) {
  return Elements(utf8, arrays, limits, on_element).Run();
}

}  // namespace heimweg::importers
