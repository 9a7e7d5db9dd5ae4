#include "clients/importers/field_setter.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/importers/field_text.h"
#include "google/protobuf/timestamp.pb.h"
#include "heimweg/type/v1/answer.pb.h"
#include "heimweg/type/v1/date.pb.h"

namespace heimweg::importers {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsCents(const FieldDescriptor& field) {
  return absl::EndsWith(field.name(), "_cents");
}

bool IsDate(const FieldDescriptor& field) {
  return field.message_type() == type::v1::Date::descriptor();
}

bool IsMoment(const FieldDescriptor& field) {
  return field.message_type() == google::protobuf::Timestamp::descriptor();
}

bool IsOutputOnly(absl::string_view name) {
  return name == "name" || name == "etag" || name == "create_time" ||
         name == "update_time" || name == "resolved" || name == "inferred";
}

// "TENURE_" of TENURE_UNSPECIFIED.
std::string PrefixOf(const google::protobuf::EnumDescriptor& type) {
  std::string prefix(type.value(0)->name());
  const size_t end = prefix.rfind("UNSPECIFIED");
  prefix.resize(end == std::string::npos ? 0 : end);
  return prefix;
}

template <typename T>
void Put(Message& holder, const FieldDescriptor& field, T value,
         void (google::protobuf::Reflection::*set)(Message*,
                                                   const FieldDescriptor*, T)
             const,
         void (google::protobuf::Reflection::*add)(Message*,
                                                   const FieldDescriptor*, T)
             const) {
  (holder.GetReflection()->*(field.is_repeated() ? add : set))(&holder, &field,
                                                               value);
}

}  // namespace

absl::StatusOr<FieldSetter> FieldSetter::Make(
    const google::protobuf::Descriptor& message, absl::string_view path,
    Whose whose) {
  FieldSetter setter;
  setter.path_ = std::string(path);
  const google::protobuf::Descriptor* at = &message;
  for (const absl::string_view name : absl::StrSplit(path, '.')) {
    if (setter.field_ != nullptr) setter.way_.push_back(setter.field_);
    setter.field_ =
        at == nullptr ? nullptr : at->FindFieldByName(std::string(name));
    const bool ours = whose == Whose::kOurTable && name == "inferred";
    if (setter.field_ == nullptr || (IsOutputOnly(name) && !ours)) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", path, "\" is no field of a ", message.name()));
    }
    at = setter.field_->message_type();
  }
  if (at != nullptr && !IsDate(*setter.field_) && !IsMoment(*setter.field_)) {
    std::vector<std::string> names;
    for (int i = 0; i < at->field_count(); ++i) {
      if (!IsOutputOnly(at->field(i)->name())) {
        names.push_back(absl::StrCat(path, ".", at->field(i)->name()));
      }
    }
    return absl::InvalidArgumentError(absl::StrCat(
        "\"", path, "\" holds fields: map ", absl::StrJoin(names, ", ")));
  }
  return setter;
}

std::string FieldSetter::Expected(const FieldText& how) const {
  switch (field_->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return IsDate(*field_) ? "a date was expected, e.g. 2027-08-01"
                             : "a date or moment was expected";
    case FieldDescriptor::CPPTYPE_ENUM: {
      if (field_->enum_type() == type::v1::Answer_descriptor()) {
        return "ja or nein was expected";
      }
      std::vector<std::string> names;
      for (const auto& [word, value] : how.values) names.push_back(word);
      for (int i = 1; i < field_->enum_type()->value_count(); ++i) {
        names.push_back(std::string(field_->enum_type()->value(i)->name()));
      }
      return absl::StrCat("one of these was expected: ",
                          absl::StrJoin(names, ", "));
    }
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return IsCents(*field_) ? "an amount of euros was expected"
                              : "a whole number was expected";
    case FieldDescriptor::CPPTYPE_STRING:
      return "5 digits were expected";
    default:
      return absl::StrCat("a number with decimal \"",
                          std::string(1, how.decimal), "\" was expected");
  }
}

bool FieldSetter::SetText(const std::string& text, Message& holder,
                          std::vector<Repair>& repairs) const {
  std::string value =
      field_->name() == "description" ? ManyLines(text) : OneLine(text);
  if (field_->name() == "postal_code") {
    bool repaired = false;
    const auto code = ParsePostcode(value, repaired);
    if (!code.has_value()) return false;
    if (repaired) repairs.push_back({"postcode-zero-or-country", path_});
    value = *code;
  }
  if (field_->is_repeated()) {
    holder.GetReflection()->AddString(&holder, field_, value);
  } else {
    holder.GetReflection()->SetString(&holder, field_, value);
  }
  return true;
}

bool FieldSetter::SetNumber(const std::string& text, const FieldText& how,
                            Message& holder) const {
  using google::protobuf::Reflection;
  const std::optional<double> number = ParseDecimal(text, how.decimal);
  if (!number.has_value() || std::abs(*number) > 1e13) return false;
  if (field_->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
    Put<double>(holder, *field_, *number, &Reflection::SetDouble,
                &Reflection::AddDouble);
    return true;
  }
  const double exact = IsCents(*field_) ? std::round(*number * 100) : *number;
  if (exact != std::round(exact)) return false;
  if (field_->cpp_type() == FieldDescriptor::CPPTYPE_INT64) {
    Put<int64_t>(holder, *field_, static_cast<int64_t>(exact),
                 &Reflection::SetInt64, &Reflection::AddInt64);
    return true;
  }
  if (std::abs(exact) > std::numeric_limits<int32_t>::max()) return false;
  Put<int32_t>(holder, *field_, static_cast<int32_t>(exact),
               &Reflection::SetInt32, &Reflection::AddInt32);
  return true;
}

bool FieldSetter::SetEnum(const std::string& text, Message& holder) const {
  const auto& type = *field_->enum_type();
  const EnumValueDescriptor* value = nullptr;
  if (&type == type::v1::Answer_descriptor()) {
    const type::v1::Answer answer = ParseAnswer(text);
    if (answer != type::v1::ANSWER_UNSPECIFIED) {
      value = type.FindValueByNumber(answer);
    }
  }
  const std::string name = absl::AsciiStrToUpper(text);
  if (value == nullptr) value = type.FindValueByName(name);
  if (value == nullptr) {
    value = type.FindValueByName(absl::StrCat(PrefixOf(type), name));
  }
  if (value == nullptr || value->number() == 0) return false;
  using google::protobuf::Reflection;
  Put<const EnumValueDescriptor*>(holder, *field_, value, &Reflection::SetEnum,
                                  &Reflection::AddEnum);
  return true;
}

bool FieldSetter::SetMessage(const std::string& text, Message& holder) const {
  Message& message = *holder.GetReflection()->MutableMessage(&holder, field_);
  if (IsDate(*field_)) {
    const auto date = ParseDate(text);
    if (date.has_value()) message.CopyFrom(*date);
    return date.has_value();
  }
  const auto moment = ParseMoment(text, Berlin());
  if (!moment.has_value()) return false;
  google::protobuf::Timestamp time;
  time.set_seconds(absl::ToUnixSeconds(*moment));
  message.CopyFrom(time);
  return true;
}

bool FieldSetter::SetOne(const std::string& text, const FieldText& how,
                         Message& holder, std::vector<Repair>& repairs) const {
  const auto other = how.values.find(text);
  const std::string& said = other == how.values.end() ? text : other->second;
  switch (field_->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return SetText(said, holder, repairs);
    case FieldDescriptor::CPPTYPE_ENUM:
      return SetEnum(said, holder);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return SetMessage(said, holder);
    case FieldDescriptor::CPPTYPE_BOOL: {
      const auto answer = ParseAnswer(said);
      holder.GetReflection()->SetBool(&holder, field_,
                                      answer == type::v1::ANSWER_YES);
      return answer != type::v1::ANSWER_UNSPECIFIED;
    }
    default:
      return SetNumber(said, how, holder);
  }
}

bool FieldSetter::HoldsMany() const {
  return field_->is_repeated() ||
         std::any_of(way_.begin(), way_.end(), [](const FieldDescriptor* step) {
           return step->is_repeated();
         });
}

Message& FieldSetter::Holder(Message& message, int at) const {
  Message* holder = &message;
  for (const FieldDescriptor* step : way_) {
    const auto* reflection = holder->GetReflection();
    if (!step->is_repeated()) {
      holder = reflection->MutableMessage(holder, step);
      continue;
    }
    while (reflection->FieldSize(*holder, step) <= at) {
      reflection->AddMessage(holder, step);
    }
    holder = reflection->MutableRepeatedMessage(holder, step, at);
  }
  return *holder;
}

void FieldSetter::Set(absl::string_view text, const FieldText& how,
                      Message& message, std::vector<Repair>& repairs,
                      Violations& wrong) const {
  text = absl::StripAsciiWhitespace(text);
  if (text.empty()) return;
  std::vector<std::string> parts = {std::string(text)};
  if (how.is_ours && HoldsMany()) {
    parts = SplitTexts(text);
  } else if (!how.split.empty() && field_->is_repeated()) {
    parts = absl::StrSplit(text, how.split);
  }
  for (size_t i = 0; i < parts.size(); ++i) {
    absl::StripAsciiWhitespace(&parts[i]);
    if (parts[i].empty()) continue;
    const int at = field_->is_repeated() ? 0 : static_cast<int>(i);
    if (!SetOne(parts[i], how, Holder(message, at), repairs)) {
      AddViolation(path_, Expected(how), wrong);
    }
  }
}

}  // namespace heimweg::importers
