// Separated values of any partner, with a mapping file that says what the
// columns are.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/importers/csv_mapping.h"
#include "clients/importers/csv_reader.h"
#include "clients/importers/field_text.h"
#include "clients/importers/formats.h"
#include "clients/importers/utf8_source.h"
#include "heimweg/type/v1/offer.pb.h"

namespace heimweg::importers {
namespace {

using google::protobuf::Message;

// The mapping with positions of columns in one file.
class Table {
 public:
  Table(const CsvMapping& mapping, const ReadOptions& options)
      : mapping_(mapping), options_(options) {}

  // `header` is null if the file has none.
  absl::Status FindColumns(const std::vector<std::string>* header);
  absl::Status Give(const CsvReader& csv, Sink& sink) const;

 private:
  absl::StatusOr<size_t> Find(const std::string& column,
                              const std::vector<std::string>* header) const;
  std::string TextOf(const MappedField& field, size_t i,
                     const std::vector<std::string>& fields) const;
  void SetDefaults(Message& row) const;

  const CsvMapping& mapping_;
  const ReadOptions& options_;
  std::vector<std::vector<size_t>> positions_;  // by field of the mapping
  size_t width_ = 0;                            // fields of a row; 0: any
};

absl::StatusOr<size_t> Table::Find(
    const std::string& column, const std::vector<std::string>* header) const {
  size_t number = 0;
  if (header == nullptr) {
    if (absl::SimpleAtoi(column, &number) && number > 0) return number - 1;
    return absl::InvalidArgumentError(absl::StrCat(
        "mapping file: without a header columns are numbers, not \"", column,
        "\""));
  }
  for (size_t i = 0; i < header->size(); ++i) {
    if (OneLine((*header)[i]) == column) return i;
  }
  if (absl::SimpleAtoi(column, &number) && number > 0 &&
      number <= header->size()) {
    return number - 1;
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "mapping file: there is no column \"", column, "\"; the file has ",
      header->size(), ": ", absl::StrJoin(*header, ", ").substr(0, 500)));
}

absl::Status Table::FindColumns(const std::vector<std::string>* header) {
  if (header != nullptr) width_ = header->size();
  for (const MappedField& field : mapping_.fields) {
    std::vector<size_t>& positions = positions_.emplace_back();
    for (const std::string& column : field.columns) {
      const auto position = Find(column, header);
      if (!position.ok()) return position.status();
      positions.push_back(*position);
    }
  }
  return absl::OkStatus();
}

std::string Table::TextOf(const MappedField& field, size_t i,
                          const std::vector<std::string>& fields) const {
  if (!field.constant.empty()) return field.constant;
  std::string text;
  for (const size_t position : positions_[i]) {
    if (position >= fields.size()) continue;
    const absl::string_view part = absl::StripAsciiWhitespace(fields[position]);
    if (part.empty()) continue;
    absl::StrAppend(&text, text.empty() ? "" : field.separator, part);
  }
  return text.empty() ? text : absl::StrCat(field.prefix, text);
}

void Table::SetDefaults(Message& row) const {
  const auto* descriptor = row.GetDescriptor();
  const auto* reflection = row.GetReflection();
  const auto* source = descriptor->FindFieldByName("source");
  if (reflection->GetString(row, source).empty() && !mapping_.source.empty() &&
      options_.source.empty()) {
    reflection->SetString(&row, source, mapping_.source);
  }
  // A partner's list is a list of what is open.
  const auto* state = descriptor->FindFieldByName("state");
  if (reflection->GetEnumValue(row, state) == 0) {
    reflection->SetEnumValue(&row, state, type::v1::OFFER_STATE_PUBLISHED);
  }
}

absl::Status Table::Give(const CsvReader& csv, Sink& sink) const {
  auto row = NewRow(options_.kind);
  std::vector<Repair> repairs;
  Violations wrong;
  Origin origin;
  origin.line = csv.line();
  if (width_ > 0 && csv.fields().size() != width_) {
    AddViolation("",
                 absl::StrCat(width_,
                              " fields were expected, as in the "
                              "header; there are ",
                              csv.fields().size()),
                 wrong);
  }
  for (size_t i = 0; i < mapping_.fields.size(); ++i) {
    const MappedField& field = mapping_.fields[i];
    field.setter.Set(TextOf(field, i, csv.fields()), field.how, *row, repairs,
                     wrong);
  }
  SetDefaults(*row);
  if (wrong.empty()) {
    return sink.Accept({Record::Action::kUpsert, std::move(row),
                        std::move(repairs), std::move(origin)});
  }
  return sink.Reject(
      {std::move(origin), std::move(wrong), std::move(row), csv.text()});
}

class Csv : public Format {
 public:
  absl::string_view name() const override { return "csv"; }
  absl::string_view description() const override {
    return "Separated values (CSV) of jobs, homes or contacts: as `export csv` "
           "writes them, or any with a mapping file in JSON: {\"delimiter\": "
           "\";\", \"decimal\": \",\", "
           "\"encoding\": \"windows-1252\", \"source\": \"csv:firma\", "
           "\"columns\": {\"external_id\": \"Nr\", \"title\": \"Titel\", "
           "\"place.postal_code\": \"PLZ\", \"tenure\": {\"column\": \"Art\", "
           "\"values\": {\"Miete\": \"TENURE_RENT\"}}}}";
  }
  std::vector<Kind> kinds() const override {
    return {Kind::kJobs, Kind::kHomes, Kind::kContacts};
  }
  std::vector<std::string> extensions() const override {
    return {".csv", ".tsv", ".txt"};
  }
  bool needs_mapping() const override { return true; }
  // Any text may be one.
  bool Recognizes(absl::string_view) const override { return false; }
  absl::Status Read(ByteSource& source, const ReadOptions& options,
                    Sink& sink) const override;
};

absl::Status Csv::Read(ByteSource& source, const ReadOptions& options,
                       Sink& sink) const {
  const bool ours = options.mapping.empty();
  auto mapping =
      ours ? CsvMapping() : CsvMapping::Parse(options.mapping, options.kind);
  if (!mapping.ok()) return mapping.status();
  auto utf8 = Utf8Source::Open(
      source, options.encoding.empty() ? mapping->encoding : options.encoding);
  if (!utf8.ok()) return utf8.status();
  CsvReader csv(**utf8, mapping->delimiter, options.limits);
  auto more = mapping->has_header ? csv.Next() : true;
  if (!more.ok()) return more.status();
  if (!*more) return absl::InvalidArgumentError("it is empty: no header");
  if (ours) mapping = CsvMapping::OfOurTable(csv.fields(), options.kind);
  if (!mapping.ok()) return mapping.status();
  Table table(*mapping, options);
  absl::Status status =
      table.FindColumns(mapping->has_header ? &csv.fields() : nullptr);
  if (status.ok() && mapping->full_load) {
    status = sink.FullLoad(options.source.empty() ? mapping->source
                                                  : options.source);
  }
  while (status.ok()) {
    more = csv.Next();
    if (!more.ok()) return more.status();
    if (!*more) break;
    status = table.Give(csv, sink);
  }
  return status;
}

}  // namespace

const Format* CsvFormat() {
  static const Csv format;
  return &format;
}

}  // namespace heimweg::importers
