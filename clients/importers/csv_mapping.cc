#include "clients/importers/csv_mapping.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/importers/json_elements.h"

namespace heimweg::importers {
namespace {

using nlohmann::json;

absl::Status Wrong(absl::string_view where, absl::string_view expected) {
  return absl::InvalidArgumentError(
      absl::StrCat("mapping file: ", where, ": ", expected));
}

absl::Status CheckKeys(const json& object, absl::string_view where,
                       const std::set<std::string>& known) {
  for (const auto& item : object.items()) {
    if (known.count(item.key()) > 0) continue;
    std::string names;
    for (const std::string& name : known) {
      absl::StrAppend(&names, names.empty() ? "" : ", ", name);
    }
    return Wrong(absl::StrCat(where, where.empty() ? "" : ".", item.key()),
                 absl::StrCat("is not known; there are ", names));
  }
  return absl::OkStatus();
}

absl::Status ReadText(const json& object, const char* key,
                      absl::string_view where, std::string& text) {
  const auto found = object.find(key);
  if (found == object.end()) return absl::OkStatus();
  if (!found->is_string()) {
    return Wrong(absl::StrCat(where, where.empty() ? "" : ".", key),
                 "a text was expected");
  }
  text = found->get<std::string>();
  return absl::OkStatus();
}

absl::Status ReadBool(const json& object, const char* key, bool& value) {
  const auto found = object.find(key);
  if (found == object.end()) return absl::OkStatus();
  if (!found->is_boolean()) return Wrong(key, "true or false was expected");
  value = found->get<bool>();
  return absl::OkStatus();
}

absl::Status ReadChar(const json& object, const char* key, char& value) {
  std::string text(1, value);
  absl::Status status = ReadText(object, key, "", text);
  if (!status.ok()) return status;
  if (text.size() != 1 || text == "\"" || text == "\n") {
    return Wrong(key, "one character was expected, e.g. \";\" or \"\\t\"");
  }
  value = text[0];
  return absl::OkStatus();
}

absl::Status AddColumn(const json& column, const std::string& where,
                       MappedField& field) {
  if (column.is_string()) {
    field.columns.push_back(column.get<std::string>());
    return absl::OkStatus();
  }
  if (column.is_number_integer() && column.get<int64_t>() >= 1) {
    field.columns.push_back(absl::StrCat(column.get<int64_t>()));
    return absl::OkStatus();
  }
  return Wrong(where, "the name of a column or its number from 1 was expected");
}

absl::Status ReadColumns(const json& entry, const std::string& where,
                         MappedField& field) {
  if (const auto one = entry.find("column"); one != entry.end()) {
    absl::Status status = AddColumn(*one, where, field);
    if (!status.ok()) return status;
  }
  if (const auto many = entry.find("columns"); many != entry.end()) {
    if (!many->is_array()) return Wrong(where, "columns has to be a list");
    for (const json& column : *many) {
      absl::Status status = AddColumn(column, where, field);
      if (!status.ok()) return status;
    }
  }
  if (field.columns.empty() == field.constant.empty()) {
    return Wrong(where, "either column (or columns) or constant was expected");
  }
  return absl::OkStatus();
}

absl::Status ReadEntry(const json& entry, const std::string& where,
                       MappedField& field) {
  if (!entry.is_object()) return AddColumn(entry, where, field);
  absl::Status status = CheckKeys(entry, where,
                                  {"column", "columns", "separator", "constant",
                                   "prefix", "split", "values"});
  if (status.ok()) {
    status = ReadText(entry, "separator", where, field.separator);
  }
  if (status.ok()) status = ReadText(entry, "constant", where, field.constant);
  if (status.ok()) status = ReadText(entry, "prefix", where, field.prefix);
  if (status.ok()) status = ReadText(entry, "split", where, field.how.split);
  if (status.ok()) status = ReadColumns(entry, where, field);
  if (!status.ok()) return status;
  const auto values = entry.find("values");
  if (values == entry.end()) return absl::OkStatus();
  if (!values->is_object()) return Wrong(where, "values has to be an object");
  for (const auto& item : values->items()) {
    if (!item.value().is_string()) {
      return Wrong(where, "values has to map texts to texts");
    }
    field.how.values[item.key()] = item.value().get<std::string>();
  }
  return absl::OkStatus();
}

// What the service says and no client; of what it inferred it is told, so that
// it infers that again.
bool IsServices(absl::string_view column) {
  constexpr absl::string_view kNames[] = {"name", "etag", "create_time",
                                          "update_time"};
  return std::find(std::begin(kNames), std::end(kNames), column) !=
             std::end(kNames) ||
         absl::StartsWith(column, "place.resolved.") ||
         absl::StartsWith(column, "duplicate_of.");
}

absl::Status ReadFields(const json& columns, Kind kind, char decimal,
                        CsvMapping& mapping) {
  const auto row = NewRow(kind);
  for (const auto& item : columns.items()) {
    const std::string where = absl::StrCat("columns.", item.key());
    auto setter = FieldSetter::Make(*row->GetDescriptor(), item.key());
    if (!setter.ok()) return Wrong(where, setter.status().message());
    MappedField field(*std::move(setter));
    field.how.decimal = decimal;
    absl::Status status = ReadEntry(item.value(), where, field);
    if (!status.ok()) return status;
    mapping.fields.push_back(std::move(field));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CsvMapping> CsvMapping::OfOurTable(
    const std::vector<std::string>& header, Kind kind) {
  CsvMapping mapping;
  bool has_id = false;
  const auto row = NewRow(kind);
  for (const std::string& column : header) {
    if (IsServices(column)) continue;
    auto setter = FieldSetter::Make(*row->GetDescriptor(), column,
                                    FieldSetter::Whose::kOurTable);
    if (!setter.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("column ", setter.status().message(),
                       "; a mapping file (--mapping) says what the columns of "
                       "other tables are"));
    }
    has_id = has_id || column == "external_id";
    MappedField field(*std::move(setter));
    field.columns.push_back(column);
    field.how.is_ours = true;
    mapping.fields.push_back(std::move(field));
  }
  if (!has_id) {
    return absl::InvalidArgumentError(
        "there is no column external_id: by it a later import finds the row "
        "again");
  }
  return mapping;
}

absl::StatusOr<CsvMapping> CsvMapping::Parse(absl::string_view text,
                                             Kind kind) {
  const auto root = ParseJson(text, Limits());
  if (!root.ok() || !root->is_object()) {
    return Wrong("it", "a JSON object was expected, {\"columns\": {...}}");
  }
  CsvMapping mapping;
  char decimal = ',';
  absl::Status status =
      CheckKeys(*root, "",
                {"columns", "delimiter", "decimal", "encoding", "header",
                 "source", "full_load"});
  if (status.ok()) status = ReadChar(*root, "delimiter", mapping.delimiter);
  if (status.ok()) status = ReadChar(*root, "decimal", decimal);
  if (status.ok()) status = ReadText(*root, "encoding", "", mapping.encoding);
  if (status.ok()) status = ReadText(*root, "source", "", mapping.source);
  if (status.ok()) status = ReadBool(*root, "header", mapping.has_header);
  if (status.ok()) status = ReadBool(*root, "full_load", mapping.full_load);
  if (!status.ok()) return status;
  if (decimal != ',' && decimal != '.') {
    return Wrong("decimal", "\",\" or \".\" was expected");
  }
  const auto columns = root->find("columns");
  if (columns == root->end() || !columns->is_object()) {
    return Wrong("columns", "an object of our fields was expected");
  }
  status = ReadFields(*columns, kind, decimal, mapping);
  if (!status.ok()) return status;
  if (columns->find("external_id") == columns->end()) {
    return Wrong("columns.external_id",
                 "is needed: by it a later import finds the row again");
  }
  return mapping;
}

}  // namespace heimweg::importers
