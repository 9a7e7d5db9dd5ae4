// Sources of bytes, text and lines.
#include "clients/importers/byte_source.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "clients/importers/line_reader.h"
#include "clients/importers/utf8_source.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace heimweg::importers {
namespace {

using heimweg::testing::StatusIs;
using ::testing::HasSubstr;

// Gives a byte at a time, as the worst of pipes.
class Drops : public ByteSource {
 public:
  explicit Drops(absl::string_view text) : source_(text) {}
  absl::StatusOr<size_t> Read(char* buffer, size_t) override {
    return source_.Read(buffer, 1);
  }

 private:
  StringSource source_;
};

absl::StatusOr<std::string> Decoded(absl::string_view bytes,
                                    absl::string_view encoding) {
  Drops drops(bytes);
  auto utf8 = Utf8Source::Open(drops, encoding);
  if (!utf8.ok()) return utf8.status();
  return ReadAll(**utf8, 1 << 20);
}

TEST(Utf8Source, DecodesAndDropsTheByteOrderMark) {
  EXPECT_EQ(*Decoded("\xEF\xBB\xBFJ\xC3\xBCterbog", ""), "J\u00fcterbog");
  EXPECT_EQ(*Decoded("J\xFCterbog", "ISO-8859-1"), "J\u00fcterbog");
  EXPECT_EQ(*Decoded("\x80", "windows-1252"), "\u20ac");
  EXPECT_EQ(*Decoded(std::string("\xFF\xFE"
                                 "a\0\x3D\xD8\x00\xDE",
                                 8),
                     ""),
            "a\U0001F600");
  EXPECT_EQ(*Decoded("", ""), "");
}

TEST(Utf8Source, SaysWhichByteIsNotInTheEncoding) {
  EXPECT_THAT(Decoded("ab\xFC"
                      "c",
                      "")
                  .status(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("byte 3 of the file is not UTF-8")));
  EXPECT_THAT(Decoded("ab\xC3", "UTF-8").status(),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(
      Decoded("a", "klingon").status(),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("klingon")));
}

TEST(LineReader, TakesEitherLineEndAndKeepsLongLinesShort) {
  for (const bool in_drops : {false, true}) {
    constexpr char kText[] = "a\r\n\nlonger\nlast";
    StringSource whole(kText);
    Drops drops(kText);
    LineReader lines(in_drops ? static_cast<ByteSource&>(drops) : whole, 4);
    std::string seen;
    while (*lines.Next()) {
      absl::StrAppend(&seen, lines.number(), lines.line(),
                      lines.too_long() ? "~" : "", "|");
    }
    EXPECT_EQ(seen, "1a|2|3long~|4last|");
  }
}

TEST(PeekSource, GivesWhatWasLookedAtAgain) {
  Drops drops("abcdef");
  PeekSource source(drops);
  EXPECT_EQ(*source.Peek(3), "abc");
  EXPECT_EQ(*source.Peek(10), "abcdef");
  EXPECT_EQ(*ReadAll(source, 100), "abcdef");
  EXPECT_EQ(source.position(), 6);
}

TEST(FileSource, SaysWhichFileCannotBeRead) {
  const heimweg::testing::TempDir dir;
  EXPECT_THAT(FileSource::Open("/no/such/file", "a CSV file").status(),
              StatusIs(absl::StatusCode::kNotFound,
                       "there is no file /no/such/file; expected a CSV file"));
  EXPECT_THAT(
      FileSource::Open(std::string(dir.path()), "a file").status(),
      StatusIs(absl::StatusCode::kInvalidArgument,
               absl::StrCat(dir.path(), " is a folder; expected a ", "file")));
  const std::string path = absl::StrCat(dir.path(), "/a");
  std::ofstream(path) << "text";
  EXPECT_EQ(*ReadAll(**FileSource::Open(path, "a file"), 4), "text");
  EXPECT_THAT(ReadAll(**FileSource::Open(path, "a file"), 3).status(),
              StatusIs(absl::StatusCode::kResourceExhausted));
}

}  // namespace
}  // namespace heimweg::importers
