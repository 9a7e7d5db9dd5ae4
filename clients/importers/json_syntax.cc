#include "clients/importers/json_syntax.h"

#include <utf8proc.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace heimweg::importers {
namespace {

constexpr int kDeepest = 100;

// Length of the UTF-8 character at the start of `text`; 0 if it is none.
size_t CharacterBytes(absl::string_view text) {
  utf8proc_int32_t code = 0;
  const utf8proc_ssize_t bytes =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &code);
  return bytes > 0 ? static_cast<size_t>(bytes) : 0;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// A recursive descent over the text. Each function returns false after it has
// said what was expected at position(), and otherwise stands behind what it
// read.
class Scanner {
 public:
  explicit Scanner(absl::string_view text) : text_(text) {}

  bool Document() {
    if (!Value(0)) return false;
    SkipSpace();
    return AtEnd() || Expect("the end of the text");
  }

  // Finds the value of a member of the outermost object.
  std::optional<absl::string_view> Member(absl::string_view key) {
    SkipSpace();
    if (!Take('{')) return std::nullopt;
    do {
      SkipSpace();
      const size_t key_start = position_;
      if (!String()) return std::nullopt;
      const bool wanted =
          text_.substr(key_start + 1, position_ - key_start - 2) == key;
      SkipSpace();
      Take(':');
      SkipSpace();
      const size_t start = position_;
      if (!Value(1)) return std::nullopt;
      if (wanted) return text_.substr(start, position_ - start);
      SkipSpace();
    } while (Take(','));
    return std::nullopt;
  }

  size_t position() const { return position_; }
  const std::string& expected() const { return expected_; }

 private:
  bool AtEnd() const { return position_ == text_.size(); }
  char Here() const { return AtEnd() ? '\0' : text_[position_]; }

  bool Expect(absl::string_view what) {
    expected_ = std::string(what);
    return false;
  }

  bool Take(char c) {
    if (AtEnd() || text_[position_] != c) return false;
    ++position_;
    return true;
  }

  void SkipSpace() {
    while (Take(' ') || Take('\t') || Take('\n') || Take('\r')) {
    }
  }

  bool Value(int depth) {
    if (depth > kDeepest) return Expect("at most 100 levels");
    SkipSpace();
    switch (Here()) {
      case '{':
        return Object(depth);
      case '[':
        return Array(depth);
      case '"':
        return String();
      case 't':
        return Word("true");
      case 'f':
        return Word("false");
      case 'n':
        return Word("null");
      default:
        return Number();
    }
  }

  bool Object(int depth) {
    Take('{');
    SkipSpace();
    if (Take('}')) return true;
    while (true) {
      SkipSpace();
      if (Here() != '"') return Expect("a name in double quotes");
      if (!String()) return false;
      SkipSpace();
      if (!Take(':')) return Expect("':'");
      if (!Value(depth + 1)) return false;
      SkipSpace();
      if (Take('}')) return true;
      if (!Take(',')) return Expect("',' or '}'");
    }
  }

  bool Array(int depth) {
    Take('[');
    SkipSpace();
    if (Take(']')) return true;
    while (true) {
      if (!Value(depth + 1)) return false;
      SkipSpace();
      if (Take(']')) return true;
      if (!Take(',')) return Expect("',' or ']'");
    }
  }

  bool String() {
    if (!Take('"')) return Expect("a string in double quotes");
    while (!AtEnd()) {
      if (Take('"')) return true;
      if (Take('\\')) {
        if (!Escape()) return false;
        continue;
      }
      if (static_cast<unsigned char>(Here()) < 0x20) {
        return Expect("control characters to be escaped");
      }
      const size_t bytes = CharacterBytes(text_.substr(position_));
      if (bytes == 0) return Expect("UTF-8");
      position_ += bytes;
    }
    return Expect("the closing quote");
  }

  bool Escape() {
    if (!AtEnd() && absl::string_view("\"\\/bfnrt").find(Here()) !=
                        absl::string_view::npos) {
      ++position_;
      return true;
    }
    if (!Take('u')) return Expect("an escape such as \\n or \\u00e4");
    for (int i = 0; i < 4; ++i, ++position_) {
      if (!absl::ascii_isxdigit(static_cast<unsigned char>(Here()))) {
        return Expect("four hexadecimal digits");
      }
    }
    return true;
  }

  bool Word(absl::string_view word) {
    if (text_.substr(position_, word.size()) != word) {
      return Expect("a value");
    }
    position_ += word.size();
    return true;
  }

  bool Digits() {
    if (!IsDigit(Here())) return Expect("a digit");
    while (IsDigit(Here())) ++position_;
    return true;
  }

  bool Number() {
    const bool negative = Take('-');
    if (!IsDigit(Here())) return Expect(negative ? "a digit" : "a value");
    if (Take('0')) {
      if (IsDigit(Here())) return Expect("no leading zero");
    } else if (!Digits()) {
      return false;
    }
    if (Take('.') && !Digits()) return false;
    if (Take('e') || Take('E')) {
      if (!Take('+')) Take('-');
      return Digits();
    }
    return true;
  }

  const absl::string_view text_;
  size_t position_ = 0;
  std::string expected_;
};

}  // namespace

std::optional<JsonSyntaxError> FindJsonSyntaxError(absl::string_view text) {
  Scanner scanner(text);
  if (scanner.Document()) return std::nullopt;
  JsonSyntaxError error;
  const absl::string_view before = text.substr(0, scanner.position());
  error.line +=
      static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  const size_t line_start = before.rfind('\n');
  error.column += static_cast<int>(
      before.size() -
      (line_start == absl::string_view::npos ? 0 : line_start + 1));
  error.expected = scanner.expected();
  return error;
}

std::optional<absl::string_view> JsonMember(absl::string_view text,
                                            absl::string_view key) {
  return Scanner(text).Member(key);
}

std::string JsonQuoted(absl::string_view text) {
  std::string quoted = "\"";
  while (!text.empty()) {
    const size_t bytes = CharacterBytes(text);
    const char c = text.front();
    if (bytes == 0) {
      quoted += "\xEF\xBF\xBD";
    } else if (c == '"' || c == '\\') {
      absl::StrAppend(&quoted, "\\", text.substr(0, 1));
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppendFormat(&quoted, "\\u%04x", static_cast<int>(c));
    } else {
      absl::StrAppend(&quoted, text.substr(0, bytes));
    }
    text.remove_prefix(std::max<size_t>(bytes, 1));
  }
  return quoted + "\"";
}

}  // namespace heimweg::importers
