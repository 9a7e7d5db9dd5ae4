#include "clients/exporters/folded_lines.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_split.h"

namespace heimweg::exporters {
namespace {

TEST(FoldedLines, HaveAtMost75OctetsAndWholeCharacters) {
  std::string text;
  std::string value;
  for (int i = 0; i < 100; ++i) value += "ä";
  AppendText("NOTE", value, text);
  std::string unfolded;
  const std::vector<std::string> lines =
      absl::StrSplit(text, "\r\n", absl::SkipEmpty());
  for (const std::string& line : lines) {
    EXPECT_LE(line.size(), 75);
    // A line that begins inside of a character would begin with 10xxxxxx.
    const bool fold = line[0] == ' ';
    EXPECT_NE(static_cast<unsigned char>(line[fold ? 1 : 0]) & 0xC0, 0x80);
    unfolded += fold ? line.substr(1) : line;
  }
  EXPECT_EQ(unfolded, "NOTE:" + value);
}

TEST(FoldedLines, ALineOf75OctetsIsNotFolded) {
  std::string text;
  AppendLine(std::string(75, 'a'), text);
  EXPECT_EQ(text, std::string(75, 'a') + "\r\n");
}

TEST(FoldedLines, NothingInAValueBeginsALineOfItsOwn) {
  std::string text;
  AppendText("NOTE", "a\r\nEND:VCARD;b,c\\", text);
  AppendUri("URL", "https://a.example/\r\nEND:VCARD", text);
  AppendText("TEL", "", text);
  EXPECT_EQ(text,
            "NOTE:a\\nEND:VCARD\\;b\\,c\\\\\r\n"
            "URL:https://a.example/END:VCARD\r\n");
}

}  // namespace
}  // namespace heimweg::exporters
