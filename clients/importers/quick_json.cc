#include "clients/importers/quick_json.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/timestamp.pb.h>
#include <simdjson.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "clients/importers/field_text.h"

namespace heimweg::importers {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::Timestamp;
using simdjson::dom::element;
using simdjson::dom::element_type;

bool ReadObject(const element& value, int depth, Message& message);

absl::string_view ViewOf(std::string_view text) {
  return absl::string_view(text.data(), text.size());
}

// "12" or "-12", as protobuf writes integers of 64 bits.
bool ReadQuoted(absl::string_view text, int64_t& number) {
  const absl::string_view digits =
      text.substr(text.empty() || text[0] != '-' ? 0 : 1);
  return AllDigits(digits) && (digits == "0" || digits[0] != '0') &&
         text != "-0" && absl::SimpleAtoi(text, &number);
}

bool ReadInteger(const element& value, int64_t& number) {
  if (value.is<int64_t>()) {
    number = value.get<int64_t>().value_unsafe();
    return true;
  }
  return value.is_string() &&
         ReadQuoted(ViewOf(value.get_string().value_unsafe()), number);
}

bool ReadDouble(const element& value, double& number) {
  // Greater integers are not held exactly.
  constexpr int64_t kMostExact = int64_t{1} << 53;
  if (value.is<int64_t>()) {
    const int64_t integer = value.get<int64_t>().value_unsafe();
    // A zero may have been written -0.
    if (integer == 0 || integer > kMostExact || integer < -kMostExact) {
      return false;
    }
    number = static_cast<double>(integer);
    return true;
  }
  if (value.type() != element_type::DOUBLE) return false;
  number = value.get_double().value_unsafe();
  return std::isfinite(number);
}

// "2027-01-01T00:00:00Z", perhaps with a fraction of 3, 6 or 9 digits.
bool ReadTimestamp(absl::string_view text, Timestamp& time) {
  constexpr absl::string_view kShape = "dddd-dd-ddTdd:dd:dd";
  if (text.size() < kShape.size() + 1 || text.back() != 'Z') return false;
  for (size_t i = 0; i < kShape.size(); ++i) {
    const bool fits = kShape[i] == 'd' ? text[i] >= '0' && text[i] <= '9'
                                       : text[i] == kShape[i];
    if (!fits) return false;
  }
  const auto number = [&](size_t from, size_t count) {
    int parsed = 0;
    for (size_t i = from; i < from + count; ++i) {
      parsed = 10 * parsed + (text[i] - '0');
    }
    return parsed;
  };
  const absl::CivilSecond moment(number(0, 4), number(5, 2), number(8, 2),
                                 number(11, 2), number(14, 2), number(17, 2));
  if (moment.year() < 1 || moment.month() != number(5, 2) ||
      moment.day() != number(8, 2) || moment.hour() != number(11, 2) ||
      moment.minute() != number(14, 2) || moment.second() != number(17, 2)) {
    return false;
  }
  absl::string_view fraction = text.substr(kShape.size());
  fraction.remove_suffix(1);
  int nanos = 0;
  if (!fraction.empty()) {
    fraction.remove_prefix(1);
    if (text[kShape.size()] != '.' || !AllDigits(fraction) ||
        fraction.size() > 9 || fraction.size() % 3 != 0) {
      return false;
    }
    nanos = number(kShape.size() + 1, fraction.size());
    for (size_t i = fraction.size(); i < 9; ++i) nanos *= 10;
  }
  time.set_seconds(
      absl::ToUnixSeconds(absl::FromCivil(moment, absl::UTCTimeZone())));
  time.set_nanos(nanos);
  return true;
}

bool ReadMessage(const element& value, int depth, Message& message) {
  const Descriptor& type = *message.GetDescriptor();
  if (&type == Timestamp::descriptor()) {
    return value.is_string() &&
           ReadTimestamp(ViewOf(value.get_string().value_unsafe()),
                         static_cast<Timestamp&>(message));
  }
  return type.file()->package() != "google.protobuf" &&
         ReadObject(value, depth, message);
}

// Sets or appends values of one field.
class FieldWriter {
 public:
  FieldWriter(const FieldDescriptor& field, Message& message)
      : field_(field), message_(message), how_(*message.GetReflection()) {}

  bool Read(const element& value, int depth) {
    switch (field_.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return ReadText(value);
      case FieldDescriptor::CPPTYPE_ENUM:
        return ReadEnum(value);
      case FieldDescriptor::CPPTYPE_BOOL:
        return ReadBool(value);
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return ReadReal(value);
      case FieldDescriptor::CPPTYPE_INT32:
      case FieldDescriptor::CPPTYPE_INT64:
        return ReadWhole(value);
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return ReadMessage(value, depth,
                           field_.is_repeated()
                               ? *how_.AddMessage(&message_, &field_)
                               : *how_.MutableMessage(&message_, &field_));
      default:
        return false;
    }
  }

 private:
  bool ReadText(const element& value) {
    if (!value.is_string() || field_.type() != FieldDescriptor::TYPE_STRING) {
      return false;
    }
    std::string text(value.get_string().value_unsafe());
    if (field_.is_repeated()) {
      how_.AddString(&message_, &field_, std::move(text));
    } else {
      how_.SetString(&message_, &field_, std::move(text));
    }
    return true;
  }

  bool ReadEnum(const element& value) {
    if (!value.is_string()) return false;
    const auto* number = field_.enum_type()->FindValueByName(
        std::string(value.get_string().value_unsafe()));
    if (number == nullptr) return false;
    if (field_.is_repeated()) {
      how_.AddEnum(&message_, &field_, number);
    } else {
      how_.SetEnum(&message_, &field_, number);
    }
    return true;
  }

  bool ReadBool(const element& value) {
    if (!value.is_bool() || field_.is_repeated()) return false;
    how_.SetBool(&message_, &field_, value.get_bool().value_unsafe());
    return true;
  }

  bool ReadReal(const element& value) {
    double number = 0;
    if (field_.is_repeated() || !ReadDouble(value, number)) return false;
    how_.SetDouble(&message_, &field_, number);
    return true;
  }

  bool ReadWhole(const element& value) {
    int64_t number = 0;
    if (field_.is_repeated() || !ReadInteger(value, number)) return false;
    if (field_.cpp_type() == FieldDescriptor::CPPTYPE_INT64) {
      how_.SetInt64(&message_, &field_, number);
      return true;
    }
    if (number < std::numeric_limits<int32_t>::min() ||
        number > std::numeric_limits<int32_t>::max()) {
      return false;
    }
    how_.SetInt32(&message_, &field_, static_cast<int32_t>(number));
    return true;
  }

  const FieldDescriptor& field_;
  Message& message_;
  const Reflection& how_;
};

// Null if there is none, or if the message has a value of it or of another
// field of its oneof already.
const FieldDescriptor* FreshField(std::string_view key,
                                  const Message& message) {
  const Descriptor& type = *message.GetDescriptor();
  const std::string name(key);
  const FieldDescriptor* field = type.FindFieldByCamelcaseName(name);
  if (field == nullptr) field = type.FindFieldByName(name);
  if (field == nullptr || field->is_map()) return nullptr;
  const Reflection& how = *message.GetReflection();
  if (field->is_repeated()) {
    return how.FieldSize(message, field) == 0 ? field : nullptr;
  }
  const auto* choice = field->real_containing_oneof();
  if (choice != nullptr && how.HasOneof(message, choice)) return nullptr;
  return how.HasField(message, field) ? nullptr : field;
}

bool ReadObject(const element& value, int depth, Message& message) {
  if (!value.is_object() || depth > kDeepestPlainJson) return false;
  const simdjson::dom::object object = value.get_object().value_unsafe();
  for (const auto& member : object) {
    const FieldDescriptor* field = FreshField(member.key, message);
    if (field == nullptr) return false;
    FieldWriter writer(*field, message);
    if (!field->is_repeated()) {
      if (!writer.Read(member.value, depth + 1)) return false;
      continue;
    }
    if (!member.value.is_array()) return false;
    const simdjson::dom::array array = member.value.get_array().value_unsafe();
    for (const element& each : array) {
      if (!writer.Read(each, depth + 1)) return false;
    }
  }
  return true;
}

}  // namespace

bool ReadPlainJson(absl::string_view text, Message& message) {
  message.Clear();
  simdjson::dom::parser parser;
  element document;
  if (parser.parse(text.data(), text.size()).get(document) !=
      simdjson::SUCCESS) {
    return false;
  }
  return ReadObject(document, 0, message);
}

}  // namespace heimweg::importers
