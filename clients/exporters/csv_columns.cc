#include "clients/exporters/csv_columns.h"

#include <algorithm>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "clients/importers/field_text.h"
#include "google/protobuf/timestamp.pb.h"
#include "heimweg/type/v1/date.pb.h"

namespace heimweg::exporters {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsDate(const FieldDescriptor& field) {
  return field.message_type() == type::v1::Date::descriptor();
}

bool IsMoment(const FieldDescriptor& field) {
  return field.message_type() == google::protobuf::Timestamp::descriptor();
}

std::string DateText(const Message& message, const FieldDescriptor& field) {
  if (IsDate(field)) {
    const auto& date = static_cast<const type::v1::Date&>(message);
    return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(),
                           date.day());
  }
  const auto& time = static_cast<const google::protobuf::Timestamp&>(message);
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ",
                          absl::FromUnixSeconds(time.seconds()),
                          absl::UTCTimeZone());
}

std::string Decimal(double value) {
  // Enough for coordinates to the centimetre.
  return absl::StrReplaceAll(absl::StrFormat("%.10g", value), {{".", ","}});
}

// Amounts as euros, as an import of the file reads them.
std::string Whole(int64_t value, const FieldDescriptor& field) {
  if (!absl::EndsWith(field.name(), "_cents")) return absl::StrCat(value);
  return absl::StrFormat("%d,%02d", value / 100, value % 100);
}

// The text of one value; `at` is its position in a repeated field.
std::string ValueText(const Message& holder, const FieldDescriptor& field,
                      int at) {
  const auto& reflection = *holder.GetReflection();
  const bool many = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return many ? reflection.GetRepeatedString(holder, &field, at)
                  : reflection.GetString(holder, &field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return std::string((many ? reflection.GetRepeatedEnum(holder, &field, at)
                               : reflection.GetEnum(holder, &field))
                             ->name());
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Decimal(reflection.GetDouble(holder, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return Whole(reflection.GetInt64(holder, &field), field);
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(reflection.GetInt32(holder, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(holder, &field) ? "ja" : "nein";
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return DateText(reflection.GetMessage(holder, &field), field);
    default:
      return "";
  }
}

using Way = std::vector<const FieldDescriptor*>;

// Calls visit(holder) for each message that has the field at the way's end.
// NOLINTNEXTLINE(misc-no-recursion): as deep as our messages are.
void VisitHolders(const Message& message, const Way& way, size_t step,
                  absl::FunctionRef<void(const Message&)> visit) {
  if (step + 1 == way.size()) return visit(message);
  const FieldDescriptor* field = way[step];
  const auto& reflection = *message.GetReflection();
  if (!field->is_repeated()) {
    if (!reflection.HasField(message, field)) return;
    return VisitHolders(reflection.GetMessage(message, field), way, step + 1,
                        visit);
  }
  for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
    VisitHolders(reflection.GetRepeatedMessage(message, field, i), way,
                 step + 1, visit);
  }
}

std::string Quoted(const std::string& text) {
  if (text.find_first_of(";\"\r\n") == std::string::npos) return text;
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

}  // namespace

CsvColumns::CsvColumns(const Descriptor& type,
                       const std::vector<std::string>& left_out) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (std::find(left_out.begin(), left_out.end(), field.name()) ==
        left_out.end()) {
      Add(field, {});
    }
  }
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as our messages are.
void CsvColumns::Add(const FieldDescriptor& field, Column above) {
  absl::StrAppend(&above.path, above.path.empty() ? "" : ".", field.name());
  above.way.push_back(&field);
  const Descriptor* type = field.message_type();
  if (type == nullptr || IsDate(field) || IsMoment(field)) {
    columns_.push_back(std::move(above));
    return;
  }
  for (int i = 0; i < type->field_count(); ++i) Add(*type->field(i), above);
}

std::vector<std::string> CsvColumns::Names() const {
  std::vector<std::string> names;
  for (const Column& column : columns_) names.push_back(column.path);
  return names;
}

std::vector<std::string> CsvColumns::Cells(const Message& message) const {
  std::vector<std::string> cells;
  cells.reserve(columns_.size());
  for (const Column& column : columns_) {
    cells.push_back(CellText(message, column));
  }
  return cells;
}

// Of many the texts of all, in their order.
std::string CsvColumns::CellText(const Message& message, const Column& column) {
  const FieldDescriptor& field = *column.way.back();
  std::vector<std::string> texts;
  VisitHolders(message, column.way, 0, [&](const Message& holder) {
    const auto& reflection = *holder.GetReflection();
    if (!field.is_repeated()) {
      texts.push_back(reflection.HasField(holder, &field)
                          ? ValueText(holder, field, 0)
                          : "");
      return;
    }
    for (int i = 0; i < reflection.FieldSize(holder, &field); ++i) {
      texts.push_back(ValueText(holder, field, i));
    }
  });
  const bool many = std::any_of(
      column.way.begin(), column.way.end(),
      [](const FieldDescriptor* step) { return step->is_repeated(); });
  if (!many) return texts.empty() ? "" : texts.front();
  const bool said = std::any_of(texts.begin(), texts.end(),
                                [](const auto& text) { return !text.empty(); });
  return said ? importers::JoinTexts(texts) : "";
}

std::string CsvRow(const std::vector<std::string>& cells) {
  std::string row;
  for (const std::string& cell : cells) {
    absl::StrAppend(&row, &cell == cells.data() ? "" : ";", Quoted(cell));
  }
  return absl::StrCat(row, "\r\n");
}

}  // namespace heimweg::exporters
