#include "clients/cli/filter_flags.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "clients/cli/program.h"

namespace heimweg::cli {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string ShortName(const EnumDescriptor& type,
                      const EnumValueDescriptor& value) {
  absl::string_view prefix = type.value(0)->name();
  absl::ConsumeSuffix(&prefix, "UNSPECIFIED");
  absl::string_view name = value.name();
  absl::ConsumePrefix(&name, prefix);
  return absl::StrReplaceAll(absl::AsciiStrToLower(name), {{"_", "-"}});
}

std::string FlagName(const FieldDescriptor& field) {
  absl::string_view name = field.name();
  if (field.is_repeated() && !absl::ConsumeSuffix(&name, "_prefixes")) {
    absl::ConsumeSuffix(&name, "s");
  }
  return absl::StrCat("--", absl::StrReplaceAll(name, {{"_", "-"}}));
}

std::string Description(const FieldDescriptor& field) {
  const std::string words = absl::StrReplaceAll(
      absl::StripPrefix(FlagName(field), "--"), {{"-", " "}});
  if (field.type() == FieldDescriptor::TYPE_BOOL) {
    return absl::StrCat(absl::AsciiStrToUpper(words.substr(0, 1)),
                        words.substr(1), " ones as well");
  }
  if (absl::EndsWith(field.name(), "_prefixes")) {
    return absl::StrCat("Only where the ", words,
                        " code begins with one of these");
  }
  return absl::StrCat("Only with ",
                      field.is_repeated() ? "one of these: " : "this ", words);
}

void AddRepeated(CLI::App& command, const FieldDescriptor& field,
                 const std::shared_ptr<Message>& filter) {
  CLI::Option* option = command.add_option_function<std::vector<std::string>>(
      FlagName(field),
      [&field, filter](const std::vector<std::string>& values) {
        const auto* reflection = filter->GetReflection();
        for (const std::string& value : values) {
          if (field.type() == FieldDescriptor::TYPE_ENUM) {
            reflection->AddEnum(filter.get(), &field,
                                FindByShortName(*field.enum_type(), value));
          } else {
            reflection->AddString(filter.get(), &field, value);
          }
        }
      },
      Description(field));
  option->delimiter(',')->type_name("TEXT");
  if (field.type() == FieldDescriptor::TYPE_ENUM) {
    AllowOnly(option, ShortEnumNames(*field.enum_type()));
  }
}

void AddSingle(CLI::App& command, const FieldDescriptor& field,
               const std::shared_ptr<Message>& filter) {
  if (field.type() == FieldDescriptor::TYPE_BOOL) {
    command.add_flag_callback(
        FlagName(field),
        [&field, filter] {
          filter->GetReflection()->SetBool(filter.get(), &field, true);
        },
        Description(field));
    return;
  }
  command
      .add_option_function<std::string>(
          FlagName(field),
          [&field, filter](const std::string& value) {
            filter->GetReflection()->SetString(filter.get(), &field, value);
          },
          Description(field))
      ->type_name("TEXT");
}

}  // namespace

std::vector<std::string> ShortEnumNames(const EnumDescriptor& type) {
  std::vector<std::string> names;
  for (int i = 1; i < type.value_count(); ++i) {
    names.push_back(ShortName(type, *type.value(i)));
  }
  return names;
}

const EnumValueDescriptor* FindByShortName(const EnumDescriptor& type,
                                           absl::string_view name) {
  for (int i = 1; i < type.value_count(); ++i) {
    if (ShortName(type, *type.value(i)) == name) return type.value(i);
  }
  return nullptr;
}

void AddFilterFlags(CLI::App& command, std::shared_ptr<Message> filter) {
  const auto* descriptor = filter->GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor& field = *descriptor->field(i);
    if (field.is_repeated()) {
      AddRepeated(command, field, filter);
    } else {
      AddSingle(command, field, filter);
    }
  }
}

}  // namespace heimweg::cli
