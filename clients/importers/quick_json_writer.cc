#include <google/protobuf/descriptor.h>
#include <google/protobuf/timestamp.pb.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "clients/importers/quick_json.h"

namespace heimweg::importers {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::Timestamp;

bool WriteMessage(const Message& message, int depth, std::string& json);

bool IsPlainAscii(unsigned char byte) {
  return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\' &&
         byte != '<' && byte != '>';
}

// Whether text[at] is a byte from `from` to `to`.
bool HasByte(absl::string_view text, size_t at, unsigned from, unsigned to) {
  if (at >= text.size()) return false;
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte >= from && byte <= to;
}

// How many bytes the first character beyond ASCII has if it is known to stand
// as it is; else 0.
size_t PlainCharacter(absl::string_view text) {
  const auto byte = static_cast<unsigned char>(text.front());
  if (byte >= 0xc3 && byte <= 0xd7) return HasByte(text, 1, 0x80, 0xbf) ? 2 : 0;
  if (byte == 0xc2) {  // Controls and the soft hyphen are escaped.
    return HasByte(text, 1, 0xa0, 0xac) || HasByte(text, 1, 0xae, 0xbf) ? 2 : 0;
  }
  // Dashes, quotation marks, the ellipsis; the euro.
  const bool known =
      byte == 0xe2 &&
      ((HasByte(text, 1, 0x80, 0x80) && HasByte(text, 2, 0x90, 0xa6)) ||
       (HasByte(text, 1, 0x82, 0x82) && HasByte(text, 2, 0xac, 0xac)));
  return known ? 3 : 0;
}

// How many bytes of `text` stand as they are, up to one that does not or that
// is not known here.
size_t PlainBytes(absl::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const bool is_ascii = static_cast<unsigned char>(text[at]) < 0x80;
    if (is_ascii && !IsPlainAscii(static_cast<unsigned char>(text[at]))) break;
    const size_t bytes = is_ascii ? 1 : PlainCharacter(text.substr(at));
    if (bytes == 0) break;
    at += bytes;
  }
  return at;
}

// The escape of a character; empty if it is not known here.
absl::string_view EscapeOf(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    case '<':
      return "\\u003c";
    case '>':
      return "\\u003e";
    default:
      return "";
  }
}

bool WriteString(absl::string_view text, std::string& json) {
  json += '"';
  while (!text.empty()) {
    const size_t plain = PlainBytes(text);
    json.append(text.data(), plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const absl::string_view escape = EscapeOf(text.front());
    if (escape.empty()) return false;
    json.append(escape.data(), escape.size());
    text.remove_prefix(1);
  }
  json += '"';
  return true;
}

// The shortest of 15 and 17 digits that is read as the same number.
bool WriteDouble(double value, std::string& json) {
  if (!std::isfinite(value)) return false;
  std::string text = absl::StrFormat("%.15g", value);
  if (std::strtod(text.c_str(), nullptr) != value) {
    text = absl::StrFormat("%.17g", value);
  }
  json += text;
  return true;
}

bool WriteTimestamp(const Timestamp& time, std::string& json) {
  // The years 1 to 9999.
  constexpr int64_t kFirst = -62'135'596'800;
  constexpr int64_t kLast = 253'402'300'799;
  const int nanos = time.nanos();
  if (time.seconds() < kFirst || time.seconds() > kLast || nanos < 0 ||
      nanos > 999'999'999) {
    return false;
  }
  absl::StrAppend(&json, "\"",
                  absl::FormatTime("%E4Y-%m-%dT%H:%M:%S",
                                   absl::FromUnixSeconds(time.seconds()),
                                   absl::UTCTimeZone()));
  if (nanos % 1'000 != 0) {
    absl::StrAppendFormat(&json, ".%09d", nanos);
  } else if (nanos % 1'000'000 != 0) {
    absl::StrAppendFormat(&json, ".%06d", nanos / 1'000);
  } else if (nanos != 0) {
    absl::StrAppendFormat(&json, ".%03d", nanos / 1'000'000);
  }
  json += "Z\"";
  return true;
}

bool WriteEnum(const FieldDescriptor& field, int number, std::string& json) {
  const auto* value = field.enum_type()->FindValueByNumber(number);
  if (value == nullptr) return false;
  absl::StrAppend(&json, "\"", value->name(), "\"");
  return true;
}

// NOLINTNEXTLINE(misc-no-recursion): see WriteMessage.
bool WriteNested(const Message& message, int depth, std::string& json) {
  const Descriptor& type = *message.GetDescriptor();
  if (&type == Timestamp::descriptor()) {
    return WriteTimestamp(static_cast<const Timestamp&>(message), json);
  }
  return type.file()->package() != "google.protobuf" &&
         WriteMessage(message, depth, json);
}

// The values of one field. Thread-compatible.
class FieldReader {
 public:
  // `how` is the message's.
  FieldReader(const Message& message, const FieldDescriptor& field,
              const Reflection& how)
      : message_(message),
        field_(field),
        how_(how),
        many_(field.is_repeated()) {}

  int size() const { return many_ ? how_.FieldSize(message_, &field_) : 1; }

  // The value with this number.
  // NOLINTNEXTLINE(misc-no-recursion): see WriteMessage.
  bool Write(int at, int depth, std::string& json) const {
    switch (field_.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return field_.type() == FieldDescriptor::TYPE_STRING &&
               WriteString(Text(at), json);
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return WriteNested(many_
                               ? how_.GetRepeatedMessage(message_, &field_, at)
                               : how_.GetMessage(message_, &field_),
                           depth + 1, json);
      case FieldDescriptor::CPPTYPE_ENUM:
        return WriteEnum(field_,
                         many_
                             ? how_.GetRepeatedEnumValue(message_, &field_, at)
                             : how_.GetEnumValue(message_, &field_),
                         json);
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return WriteDouble(many_ ? how_.GetRepeatedDouble(message_, &field_, at)
                                 : how_.GetDouble(message_, &field_),
                           json);
      case FieldDescriptor::CPPTYPE_BOOL:
        json += (many_ ? how_.GetRepeatedBool(message_, &field_, at)
                       : how_.GetBool(message_, &field_))
                    ? "true"
                    : "false";
        return true;
      default:
        return WriteInteger(at, json);
    }
  }

 private:
  absl::string_view Text(int at) const {
    return many_
               ? how_.GetRepeatedStringReference(message_, &field_, at, nullptr)
               : how_.GetStringReference(message_, &field_, nullptr);
  }

  // Those of 64 bits are strings.
  bool WriteInteger(int at, std::string& json) const {
    switch (field_.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        absl::StrAppend(&json,
                        many_ ? how_.GetRepeatedInt32(message_, &field_, at)
                              : how_.GetInt32(message_, &field_));
        return true;
      case FieldDescriptor::CPPTYPE_UINT32:
        absl::StrAppend(&json,
                        many_ ? how_.GetRepeatedUInt32(message_, &field_, at)
                              : how_.GetUInt32(message_, &field_));
        return true;
      case FieldDescriptor::CPPTYPE_INT64:
        absl::StrAppend(&json, "\"",
                        many_ ? how_.GetRepeatedInt64(message_, &field_, at)
                              : how_.GetInt64(message_, &field_),
                        "\"");
        return true;
      case FieldDescriptor::CPPTYPE_UINT64:
        absl::StrAppend(&json, "\"",
                        many_ ? how_.GetRepeatedUInt64(message_, &field_, at)
                              : how_.GetUInt64(message_, &field_),
                        "\"");
        return true;
      default:
        return false;
    }
  }

  const Message& message_;
  const FieldDescriptor& field_;
  const Reflection& how_;
  const bool many_;
};

// A zero with a sign is not listed as a field, but it is written.
bool HoldsNegativeZero(const Message& message) {
  const Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_DOUBLE ||
        field.is_repeated()) {
      continue;
    }
    const double value = message.GetReflection()->GetDouble(message, &field);
    if (value == 0 && std::signbit(value)) return true;
  }
  return false;
}

// NOLINTNEXTLINE(misc-no-recursion): at most kDeepestPlainJson deep.
bool WriteMessage(const Message& message, int depth, std::string& json) {
  if (depth > kDeepestPlainJson || HoldsNegativeZero(message)) return false;
  const Reflection& how = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  how.ListFields(message, &fields);
  json += '{';
  for (const FieldDescriptor* field : fields) {
    if (field->is_map()) return false;
    if (field != fields.front()) json += ',';
    absl::StrAppend(&json, "\"", field->json_name(), "\":");
    const FieldReader reader(message, *field, how);
    if (field->is_repeated()) json += '[';
    const int size = reader.size();
    for (int i = 0; i < size; ++i) {
      if (i > 0) json += ',';
      if (!reader.Write(i, depth, json)) return false;
    }
    if (field->is_repeated()) json += ']';
  }
  json += '}';
  return true;
}

}  // namespace

bool WritePlainJson(const Message& message, std::string& json) {
  return WriteNested(message, 0, json);
}

}  // namespace heimweg::importers
