#include "clients/importers/linked_data.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/importers/html_text.h"
#include "clients/importers/json_elements.h"
#include "clients/importers/json_fields.h"
#include "clients/importers/utf8_source.h"

namespace heimweg::importers {
namespace {

using nlohmann::json;

constexpr size_t kLargestPage = 8 << 20;
constexpr size_t kHead = 4 << 10;

using OnNode = absl::FunctionRef<absl::Status(const LinkedNode&)>;

// Finds the nodes in a value.
class Finder {
 public:
  Finder(const std::vector<std::string>& types, Sink& sink, OnNode on_node)
      : types_(types), sink_(sink), on_node_(on_node) {}

  // A value that stands at the top of a document.
  absl::Status Top(const json& value, const Origin& origin) {
    const int64_t before = found_;
    absl::Status status = Walk(value, origin);
    if (status.ok() && found_ == before) {
      status = sink_.Skip(origin, "schema.org data of another type");
    }
    return status;
  }
  int64_t found() const { return found_; }

 private:
  // NOLINTNEXTLINE(misc-no-recursion): as deep as Limits.depth.
  absl::Status Walk(const json& value, const Origin& origin) {
    if (value.is_object()) {
      const bool ours =
          std::any_of(types_.begin(), types_.end(),
                      [&](const auto& type) { return IsOfType(value, type); });
      if (ours) {
        ++found_;
        return on_node_({origin, value.dump(), value});
      }
    }
    if (!value.is_structured()) return absl::OkStatus();
    for (const json& inner : value) {
      absl::Status status = Walk(inner, origin);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  const std::vector<std::string>& types_;
  Sink& sink_;
  const OnNode on_node_;
  int64_t found_ = 0;
};

absl::Status ReadPage(ByteSource& utf8, const ReadOptions& options,
                      Finder& finder) {
  const auto page = ReadAll(utf8, kLargestPage);
  if (!page.ok()) return page.status();
  const std::vector<std::string> scripts = JsonLdScripts(*page);
  for (size_t i = 0; i < scripts.size(); ++i) {
    const std::string element = absl::StrCat("script[", i, "]");
    const auto value = ParseJson(scripts[i], options.limits);
    if (!value.ok()) {
      return absl::Status(value.status().code(),
                          absl::StrCat(element, " of type application/ld+json",
                                       ": ", value.status().message()));
    }
    absl::Status status = finder.Top(*value, {"", 0, element});
    if (!status.ok()) return status;
  }
  if (finder.found() > 0) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "the page holds no such data in <script type=\"application/ld+json\">");
}

std::string CountryOf(const json& address) {
  const json* country = JsonAt(address, "addressCountry");
  if (country == nullptr) return "";
  return country->is_object() ? JsonText(*country, "name")
                              : JsonText(address, "addressCountry");
}

}  // namespace

bool IsOfType(const json& node, absl::string_view type) {
  for (const json* value : JsonEach(node, "@type")) {
    if (!value->is_string()) continue;
    const absl::string_view text = value->get_ref<const std::string&>();
    const size_t slash = text.find_last_of("/#:");
    if (text.substr(slash == absl::string_view::npos ? 0 : slash + 1) == type) {
      return true;
    }
  }
  return false;
}

absl::Status ReadLinkedData(ByteSource& source, const ReadOptions& options,
                            const std::vector<std::string>& types, Sink& sink,
                            OnNode on_node) {
  const auto utf8 = Utf8Source::Open(source, options.encoding);
  if (!utf8.ok()) return utf8.status();
  PeekSource peeked(**utf8);
  const auto head = peeked.Peek(kHead);
  if (!head.ok()) return head.status();
  Finder finder(types, sink, on_node);
  if (absl::StartsWith(absl::StripLeadingAsciiWhitespace(*head), "<")) {
    return ReadPage(peeked, options, finder);
  }
  return ReadJsonElements(
      peeked, {"@graph"}, options.limits,
      [&finder](const JsonElement& element) {
        return finder.Top(element.value, {"", element.line, element.path});
      });
}

Address AddressOf(const json& place) {
  if (place.is_string()) {
    return ParseAddressLine(place.get_ref<const std::string&>());
  }
  const json* inner = JsonAt(place, "address");
  const json& address = inner == nullptr ? place : *inner;
  Address parsed;
  if (address.is_string()) {
    parsed = ParseAddressLine(address.get_ref<const std::string&>());
  } else {
    parsed.street = JsonText(address, "streetAddress");
    parsed.postal_code = JsonText(address, "postalCode");
    parsed.town = JsonText(address, "addressLocality");
    parsed.country = CountryOf(address);
  }
  parsed.latitude = JsonNumber(place, "geo.latitude");
  parsed.longitude = JsonNumber(place, "geo.longitude");
  if (!parsed.latitude.has_value()) {
    parsed.latitude = JsonNumber(place, "latitude");
    parsed.longitude = JsonNumber(place, "longitude");
  }
  return parsed;
}

}  // namespace heimweg::importers
