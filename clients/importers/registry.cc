#include "clients/importers/registry.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "clients/importers/formats.h"
#include "clients/importers/xml_reader.h"

namespace heimweg::importers {
namespace {

// Root elements of formats that partners have as well, and which are not read.
constexpr std::pair<absl::string_view, absl::string_view> kOtherRoots[] = {
    {"immoxml", "ImmoXML, the predecessor of OpenImmo"},
    {"openimmo_feedback", "OpenImmo feedback (enquiries, no homes)"},
    {"trovit", "Trovit XML"},
    {"schema", "an XML schema"},
    {"rss", "RSS"},
    {"feed", "Atom"},
};

// Members of JSON objects that are not read, the most telling first.
constexpr std::pair<absl::string_view, absl::string_view> kOtherMarks[] = {
    {"\"datapackage_metadata\"", "a schema of HSDS"},
    {"\"services.csv\"", "an HSDS tabular package"},
    {"\"openapi_url\"", "the description of an HSDS API"},
    {"\"openapi\"", "an OpenAPI description"},
    {"\"$id\"", "a JSON schema"},
    {"json-schema.org", "a JSON schema, or what refers to one"},
};

// Letters, digits, "_", "-", "." and inner blanks.
bool IsColumnName(absl::string_view cell) {
  constexpr size_t kLongest = 40;
  return !cell.empty() && cell.size() <= kLongest &&
         std::all_of(cell.begin(), cell.end(), [](char c) {
           return absl::ascii_isalnum(c) || absl::StrContains("_-. ", c) ||
                  static_cast<unsigned char>(c) >= 0x80;
         });
}

std::string OtherNameOfText(absl::string_view head) {
  if (absl::StartsWith(head, "PK")) return "a ZIP archive";
  if (absl::StartsWith(head, "%PDF")) return "PDF";
  if (absl::StartsWith(head, "openapi:")) return "an OpenAPI description";
  if (!absl::StartsWith(head, "{")) return "";
  for (const auto& [mark, description] : kOtherMarks) {
    if (absl::StrContains(head, mark)) return std::string(description);
  }
  return "";
}

std::string OtherName(absl::string_view head) {
  const absl::string_view root = XmlRootName(head);
  if (root.empty()) return OtherNameOfText(head);
  if (root == "root" && absl::StrContains(head, "<kyero>")) return "Kyero XML";
  for (const auto& [name, description] : kOtherRoots) {
    if (root == name) return std::string(description);
  }
  return "";
}

}  // namespace

const std::vector<const Format*>& AllFormats() {
  static const std::vector<const Format*> formats = {
      JsonLinesFormat(),   CsvFormat(),        OpenImmoFormat(),
      ImmoScout24Format(), JobPostingFormat(), BaJobsucheFormat(),
      HrBaXmlFormat(),     PersonioFormat(),   IndeedFormat(),
      HsdsFormat(),        ICalendarFormat(),  EventFormat(),
      VCardFormat(),       JsonResumeFormat(), EuropassFormat(),
  };
  return formats;
}

const Format* FindFormat(absl::string_view name) {
  for (const Format* format : AllFormats()) {
    if (format->name() == name) return format;
  }
  return nullptr;
}

Recognition Recognize(absl::string_view head) {
  for (const Format* format : AllFormats()) {
    if (format->Recognizes(head)) {
      return {format, std::string(format->name())};
    }
  }
  return {nullptr, OtherName(head)};
}

bool IsTable(absl::string_view head) {
  // ImmoScout24's, which has no header.
  if (absl::StartsWith(head, "I|") || absl::StartsWith(head, "A|")) return true;
  const absl::string_view line = head.substr(0, head.find('\n'));
  for (const char delimiter : {',', ';', '\t', '|'}) {
    size_t columns = 0;
    bool names = true;
    for (absl::string_view cell : absl::StrSplit(line, delimiter)) {
      cell = absl::StripAsciiWhitespace(cell);
      absl::ConsumePrefix(&cell, "\"");
      absl::ConsumeSuffix(&cell, "\"");
      names = names && IsColumnName(cell);
      ++columns;
    }
    if (names && columns >= 3) return true;
  }
  return false;
}

}  // namespace heimweg::importers
