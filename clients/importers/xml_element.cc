#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "clients/importers/xml_reader.h"

namespace heimweg::importers {
namespace {

void AppendEscaped(absl::string_view text, std::string& xml) {
  for (const char c : text) {
    switch (c) {
      case '<':
        xml += "&lt;";
        break;
      case '>':
        xml += "&gt;";
        break;
      case '&':
        xml += "&amp;";
        break;
      case '"':
        xml += "&quot;";
        break;
      default:
        xml += c;
    }
  }
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as Limits.depth.
void AppendXml(const XmlElement& element, size_t most, std::string& xml) {
  if (xml.size() > most) return;
  absl::StrAppend(&xml, "<", element.name);
  for (const auto& [name, value] : element.attributes) {
    absl::StrAppend(&xml, " ", name, "=\"");
    AppendEscaped(absl::string_view(value).substr(0, most), xml);
    xml += '"';
  }
  if (element.children.empty() && element.text.empty()) {
    xml += "/>";
    return;
  }
  xml += '>';
  AppendEscaped(absl::string_view(element.text).substr(0, most), xml);
  for (const XmlElement& child : element.children) AppendXml(child, most, xml);
  absl::StrAppend(&xml, "</", element.name, ">");
}

// Takes white space, comments, processing instructions and the declaration off
// the front; false if one of them does not end in `text`.
bool SkipProlog(absl::string_view& text) {
  while (true) {
    text = absl::StripLeadingAsciiWhitespace(text);
    const char* end = absl::StartsWith(text, "<?")     ? "?>"
                      : absl::StartsWith(text, "<!--") ? "-->"
                      : absl::StartsWith(text, "<!")   ? ">"
                                                       : nullptr;
    if (end == nullptr) return true;
    const size_t at = text.find(end);
    if (at == absl::string_view::npos) return false;
    text.remove_prefix(at + absl::string_view(end).size());
  }
}

}  // namespace

const XmlElement* XmlElement::Child(absl::string_view child) const {
  for (const XmlElement& element : children) {
    if (element.name == child) return &element;
  }
  return nullptr;
}

const XmlElement* XmlElement::Find(absl::string_view path) const {
  const XmlElement* at = this;
  while (at != nullptr && !path.empty()) {
    const size_t slash = path.find('/');
    at = at->Child(path.substr(0, slash));
    path.remove_prefix(slash == absl::string_view::npos ? path.size()
                                                        : slash + 1);
  }
  return at;
}

absl::string_view XmlElement::Text(absl::string_view path) const {
  const XmlElement* found = Find(path);
  return found == nullptr ? absl::string_view() : found->text;
}

absl::string_view XmlElement::Attribute(absl::string_view attribute) const {
  for (const auto& [key, value] : attributes) {
    if (key == attribute) return value;
  }
  return {};
}

absl::string_view XmlElement::Attribute(absl::string_view path,
                                        absl::string_view attribute) const {
  const XmlElement* found = Find(path);
  return found == nullptr ? absl::string_view() : found->Attribute(attribute);
}

std::string ToXml(const XmlElement& element, size_t most) {
  std::string xml;
  AppendXml(element, most, xml);
  return xml;
}

absl::string_view XmlRootName(absl::string_view head) {
  if (!SkipProlog(head) || !absl::ConsumePrefix(&head, "<")) return {};
  const size_t end = head.find_first_of(" \t\r\n/>");
  absl::string_view name = head.substr(0, end);
  const size_t colon = name.find(':');
  if (colon != absl::string_view::npos) name.remove_prefix(colon + 1);
  return name;
}

}  // namespace heimweg::importers
