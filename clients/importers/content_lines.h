// The lines of iCalendar and vCard (RFC 5545 3.1, RFC 6350 3.2): unfolded, and
// split into name, parameters and value.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_CONTENT_LINES_H_
#define HEIMWEG_CLIENTS_IMPORTERS_CONTENT_LINES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/importers/byte_source.h"
#include "clients/importers/format.h"
#include "clients/importers/line_reader.h"
#include "clients/importers/utf8_source.h"

namespace heimweg::importers {

struct ContentLine {
  int64_t number = 0;  // of the first of its lines, from 1
  std::string text;    // unfolded
  std::string name;    // upper case, without a group ("item1.")
  // Names in upper case, values without quotes.
  std::vector<std::pair<std::string, std::string>> parameters;
  std::string value;  // as it stands there, escaped

  // Empty: there is none.
  absl::string_view Parameter(absl::string_view parameter) const;
};

// Thread-compatible.
class ContentLineReader {
 public:
  // `source` outlives this. Encoding as of Utf8Source; a fold may be inside a
  // character of UTF-8.
  static absl::StatusOr<std::unique_ptr<ContentLineReader>> Open(
      ByteSource& source, absl::string_view encoding, const Limits& limits);

  // Reads the next line that is not empty; false at the end. INVALID_ARGUMENT
  // with the line if it is no UTF-8 or has no colon, RESOURCE_EXHAUSTED if it
  // is larger than a field may be.
  absl::StatusOr<bool> Next();
  const ContentLine& line() const { return line_; }

 private:
  ContentLineReader(std::unique_ptr<Utf8Source> decoded, ByteSource& bytes,
                    const Limits& limits);
  absl::Status Parse();

  const std::unique_ptr<Utf8Source> decoded_;  // null: the bytes are UTF-8
  LineReader lines_;
  const size_t most_bytes_;
  bool ahead_ = false;  // lines_ stands on a line that was not used
  ContentLine line_;
};

// "a\, b\nc" -> "a, b" and "c" on two lines.
std::string UnescapedText(absl::string_view value);
// The other way: backslash, semicolon, comma and line ends.
std::string EscapedText(absl::string_view text);
// Splits at separators that are not escaped; the parts are unescaped.
std::vector<std::string> SplitEscaped(absl::string_view value, char separator);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_CONTENT_LINES_H_
