#include "clients/importers/message_json.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/type_resolver_util.h>

#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "clients/importers/json_syntax.h"
#include "clients/importers/quick_json.h"

namespace heimweg::importers {
namespace {

constexpr char kUrlPrefix[] = "type.googleapis.com";

type::v1::FieldViolation Violation(absl::string_view field,
                                   absl::string_view description) {
  type::v1::FieldViolation violation;
  violation.set_field(std::string(field));
  violation.set_description(std::string(description));
  return violation;
}

// Protobuf says "(path) name: Cannot find field." of unknown fields and
// "(path): invalid value ..." of wrong values; the value is left out here.
type::v1::FieldViolation ViolationOf(absl::string_view message) {
  std::string path;
  if (absl::ConsumePrefix(&message, "(")) {
    const size_t end = message.find(')');
    path = std::string(message.substr(0, end));
    message.remove_prefix(end == absl::string_view::npos ? message.size()
                                                         : end + 1);
  }
  if (absl::EndsWith(message, "Cannot find field.")) {
    message = message.substr(0, message.rfind(':'));
    absl::ConsumePrefix(&message, " ");
    return Violation(absl::StrCat(path, path.empty() ? "" : ".", message),
                     "there is no such field");
  }
  return Violation(path, path.empty() ? "a JSON object was expected"
                                      : "this value does not fit the field");
}

}  // namespace

std::optional<type::v1::FieldViolation> ParseMessage(
    absl::string_view text, google::protobuf::Message& message) {
  if (ReadPlainJson(text, message)) return std::nullopt;
  if (const auto error = FindJsonSyntaxError(text)) {
    return Violation(
        absl::StrCat("line ", error->line, ", column ", error->column),
        absl::StrCat("expected ", error->expected));
  }
  message.Clear();
  const auto status = google::protobuf::util::JsonStringToMessage(
      std::string(text), &message, google::protobuf::util::JsonParseOptions());
  if (status.ok()) return std::nullopt;
  return ViolationOf(
      absl::string_view(status.message().data(), status.message().size()));
}

std::string MessageJson(const google::protobuf::Message& message, bool pretty) {
  std::string plain;
  if (!pretty && WritePlainJson(message, plain)) return plain;
  // Maps in a fixed order: the binary form is made here, deterministically.
  std::string binary;
  {
    google::protobuf::io::StringOutputStream stream(&binary);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializePartialToCodedStream(&coded);
  }
  const std::unique_ptr<google::protobuf::util::TypeResolver> resolver(
      google::protobuf::util::NewTypeResolverForDescriptorPool(
          kUrlPrefix, message.GetDescriptor()->file()->pool()));
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = pretty;
  std::string json;
  const auto status = google::protobuf::util::BinaryToJsonString(
      resolver.get(),
      absl::StrCat(kUrlPrefix, "/", message.GetDescriptor()->full_name()),
      binary, &json, options);
  return status.ok() ? json : "{}";
}

}  // namespace heimweg::importers
