// Offers of any kind as JSON lines and as CSV.
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "clients/exporters/offer_writer.h"
#include "clients/importers/field_text.h"
#include "clients/importers/message_json.h"
#include "google/protobuf/timestamp.pb.h"
#include "heimweg/type/v1/date.pb.h"

namespace heimweg::exporters {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

class JsonLinesWriter : public OfferWriter {
 public:
  std::string Begin() override { return ""; }
  std::string Offer(const Message& offer) override {
    return absl::StrCat(importers::MessageJson(offer), "\n");
  }
  bool IsForEverybody() const override { return false; }
  std::string End() override { return ""; }
};

// A way from the offer to one of its fields.
struct Column {
  std::string path;
  std::vector<const FieldDescriptor*> way;
};

bool IsDate(const FieldDescriptor& field) {
  return field.message_type() == type::v1::Date::descriptor();
}

bool IsMoment(const FieldDescriptor& field) {
  return field.message_type() == google::protobuf::Timestamp::descriptor();
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as our messages are.
void AddColumns(const Descriptor& type, const Column& above,
                std::vector<Column>& columns) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    Column column = above;
    absl::StrAppend(&column.path, column.path.empty() ? "" : ".",
                    field->name());
    column.way.push_back(field);
    if (field->message_type() == nullptr || IsDate(*field) ||
        IsMoment(*field)) {
      columns.push_back(std::move(column));
    } else {
      AddColumns(*field->message_type(), column, columns);
    }
  }
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

// Calls visit(holder) for each message that has the column's field.
// NOLINTNEXTLINE(misc-no-recursion): as deep as our messages are.
void VisitHolders(const Message& message, const Column& column, size_t step,
                  absl::FunctionRef<void(const Message&)> visit) {
  if (step + 1 == column.way.size()) return visit(message);
  const FieldDescriptor* field = column.way[step];
  const auto& reflection = *message.GetReflection();
  if (!field->is_repeated()) {
    if (!reflection.HasField(message, field)) return;
    return VisitHolders(reflection.GetMessage(message, field), column, step + 1,
                        visit);
  }
  for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
    VisitHolders(reflection.GetRepeatedMessage(message, field, i), column,
                 step + 1, visit);
  }
}

// Of many the texts of all, in their order.
std::string CellText(const Message& offer, const Column& column) {
  const FieldDescriptor& field = *column.way.back();
  std::vector<std::string> texts;
  VisitHolders(offer, column, 0, [&](const Message& holder) {
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

std::string Quoted(const std::string& text) {
  if (text.find_first_of(";\"\r\n") == std::string::npos) return text;
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

class CsvWriter : public OfferWriter {
 public:
  explicit CsvWriter(const Descriptor& type) {
    AddColumns(type, Column(), columns_);
  }
  std::string Begin() override {
    std::string line;
    for (const Column& column : columns_) {
      absl::StrAppend(&line, line.empty() ? "" : ";", column.path);
    }
    return absl::StrCat(line, "\r\n");
  }
  std::string Offer(const Message& offer) override {
    std::string line;
    for (size_t i = 0; i < columns_.size(); ++i) {
      absl::StrAppend(&line, i == 0 ? "" : ";",
                      Quoted(CellText(offer, columns_[i])));
    }
    return absl::StrCat(line, "\r\n");
  }
  bool IsForEverybody() const override { return false; }
  std::string End() override { return ""; }

 private:
  std::vector<Column> columns_;
};

}  // namespace

std::unique_ptr<OfferWriter> NewJsonLinesWriter() {
  return std::make_unique<JsonLinesWriter>();
}

std::unique_ptr<OfferWriter> NewCsvWriter(const Descriptor& type) {
  return std::make_unique<CsvWriter>(type);
}

}  // namespace heimweg::exporters
