#include "clients/cli/json.h"

#include <fstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/errors.h"
#include "clients/importers/byte_source.h"
#include "clients/importers/message_json.h"

namespace heimweg::cli {
namespace {

constexpr size_t kLargestInput = 16 << 20;

}  // namespace

std::string ToJson(const google::protobuf::Message& message, bool pretty) {
  return importers::MessageJson(message, pretty);
}

absl::Status FromJson(absl::string_view text,
                      google::protobuf::Message& message) {
  const auto wrong = importers::ParseMessage(text, message);
  if (!wrong.has_value()) return absl::OkStatus();
  const bool is_json = !absl::StartsWith(wrong->field(), "line ");
  return InvalidFields(
      is_json ? absl::StrCat("this is no ", message.GetDescriptor()->name())
              : "this is not JSON",
      {*wrong});
}

absl::StatusOr<std::string> ReadInput(absl::string_view path, std::istream& in,
                                      absl::string_view expected) {
  std::ifstream file;
  if (path != "-") {
    file.open(std::string(path), std::ios::binary);
    if (!file) return importers::CannotRead(std::string(path), expected);
  }
  std::istream& source = path == "-" ? in : file;
  std::string text;
  char block[64 << 10];
  while (source.read(block, sizeof block) || source.gcount() > 0) {
    text.append(block, static_cast<size_t>(source.gcount()));
    if (text.size() > kLargestInput) {
      return absl::ResourceExhaustedError(
          absl::StrCat(path, " is larger than 16 MiB"));
    }
  }
  if (source.bad()) {
    return importers::CannotRead(std::string(path), expected);
  }
  return text;
}

absl::Status ReadJson(absl::string_view path, std::istream& in,
                      google::protobuf::Message& message) {
  const absl::StatusOr<std::string> text = ReadInput(path, in, "a JSON file");
  if (!text.ok()) return text.status();
  absl::Status status = FromJson(*text, message);
  if (status.ok()) return status;
  return InvalidFields(absl::StrCat(path == "-" ? "standard input" : path, ": ",
                                    status.message()),
                       WrongFields(status));
}

}  // namespace heimweg::cli
