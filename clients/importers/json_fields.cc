#include "clients/importers/json_fields.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "clients/importers/field_text.h"

namespace heimweg::importers {
namespace {

using nlohmann::json;

const json* FirstOf(const json* value) {
  while (value != nullptr && value->is_array()) {
    value = value->empty() ? nullptr : &value->front();
  }
  return value == nullptr || value->is_null() ? nullptr : value;
}

// The member itself, an array as an array.
const json* Find(const json& value, absl::string_view path) {
  const json* at = &value;
  while (at != nullptr && !path.empty()) {
    at = FirstOf(at);
    if (at == nullptr || !at->is_object()) return nullptr;
    const size_t dot = path.find('.');
    const auto member = at->find(std::string(path.substr(0, dot)));
    if (member == at->end()) return nullptr;
    at = &*member;
    path.remove_prefix(dot == absl::string_view::npos ? path.size() : dot + 1);
  }
  return at;
}

}  // namespace

const json* JsonAt(const json& value, absl::string_view path) {
  return FirstOf(Find(value, path));
}

std::string JsonText(const json& value, absl::string_view path) {
  const json* at = JsonAt(value, path);
  if (at == nullptr) return "";
  if (at->is_string()) return at->get_ref<const std::string&>();
  if (at->is_number() || at->is_boolean()) return at->dump();
  return "";
}

std::optional<double> JsonNumber(const json& value, absl::string_view path) {
  const json* at = JsonAt(value, path);
  if (at == nullptr) return std::nullopt;
  if (at->is_number()) {
    const auto number = at->get<double>();
    return std::isfinite(number) ? std::optional<double>(number) : std::nullopt;
  }
  if (!at->is_string()) return std::nullopt;
  return ParseDecimal(at->get_ref<const std::string&>(), '.');
}

std::vector<const json*> JsonEach(const json& value, absl::string_view path) {
  const json* at = Find(value, path);
  std::vector<const json*> all;
  if (at == nullptr || at->is_null()) return all;
  if (!at->is_array()) return {at};
  for (const json& element : *at) {
    if (!element.is_null()) all.push_back(&element);
  }
  return all;
}

}  // namespace heimweg::importers
