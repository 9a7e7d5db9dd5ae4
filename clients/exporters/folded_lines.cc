#include "clients/exporters/folded_lines.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "clients/importers/content_lines.h"

namespace heimweg::exporters {
namespace {

constexpr size_t kMostOctets = 75;

bool ContinuesACharacter(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

}  // namespace

void AppendLine(absl::string_view line, std::string& text) {
  std::string clean;
  for (const char c : line) {
    if (!absl::ascii_iscntrl(static_cast<unsigned char>(c))) clean += c;
  }
  absl::string_view rest = clean;
  size_t room = kMostOctets;
  while (rest.size() > room) {
    size_t end = room;
    while (end > 1 && ContinuesACharacter(rest[end])) --end;
    absl::StrAppend(&text, rest.substr(0, end), "\r\n ");
    rest.remove_prefix(end);
    room = kMostOctets - 1;  // the space counts
  }
  absl::StrAppend(&text, rest, "\r\n");
}

void AppendText(absl::string_view name, absl::string_view value,
                std::string& text) {
  if (value.empty()) return;
  AppendLine(absl::StrCat(name, ":", importers::EscapedText(value)), text);
}

void AppendUri(absl::string_view name, absl::string_view uri,
               std::string& text) {
  if (!uri.empty()) AppendLine(absl::StrCat(name, ":", uri), text);
}

void AppendList(absl::string_view name, const std::vector<std::string>& values,
                std::string& text) {
  std::string joined;
  for (const std::string& value : values) {
    absl::StrAppend(&joined, joined.empty() ? "" : ",",
                    importers::EscapedText(value));
  }
  AppendUri(name, joined, text);
}

absl::Time TimeOf(const google::protobuf::Timestamp& stamp) {
  return absl::FromUnixSeconds(stamp.seconds()) +
         absl::Nanoseconds(stamp.nanos());
}

std::string UtcText(absl::Time time) {
  return absl::FormatTime("%Y%m%dT%H%M%SZ", time, absl::UTCTimeZone());
}

}  // namespace heimweg::exporters
