#include "clients/importers/registry.h"

#include <utility>

#include "absl/strings/match.h"
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
    {"\"services.csv\"", "an HSDS tabular package"},
    {"\"openapi_url\"", "the description of an HSDS API"},
    {"\"openapi\"", "an OpenAPI description"},
    {"\"datapackage_metadata\"", "a schema of HSDS"},
    {"\"$id\"", "a JSON schema"},
    {"json-schema.org", "a JSON schema, or what refers to one"},
};

std::string OtherNameOfText(absl::string_view head) {
  if (absl::StartsWith(head, "I|") || absl::StartsWith(head, "A|")) {
    return "ImmoScout24 CSV; `heimweg import csv` reads it with a mapping";
  }
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

}  // namespace heimweg::importers
