#include "clients/cli/import_input.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/errors.h"
#include "clients/cli/json.h"
#include "clients/importers/json_syntax.h"

namespace heimweg::cli {
namespace {

// The part of a line that is the row.
absl::string_view RowText(absl::string_view text) {
  if (importers::FindJsonSyntaxError(text).has_value()) return text;
  if (!importers::JsonMember(text, "violations").has_value()) return text;
  return importers::JsonMember(text, "row").value_or(text);
}

absl::Status TooLarge() {
  type::v1::FieldViolation violation;
  violation.set_description("a row may have at most 1 MiB");
  return InvalidFields("this row is too large", {violation});
}

}  // namespace

bool ReadLine(std::istream& in, size_t most, std::string& line,
              bool& too_long) {
  line.clear();
  too_long = false;
  std::streambuf* buffer = in.rdbuf();
  bool any = false;
  for (int c = buffer->sbumpc(); c != std::char_traits<char>::eof();
       c = buffer->sbumpc()) {
    any = true;
    if (c == '\n') break;
    if (line.size() < most) {
      line += static_cast<char>(c);
    } else {
      too_long = true;
    }
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return any;
}

ImportInput::ImportInput(std::vector<std::string> files, std::istream& in,
                         std::string source, NewRow new_row, Reject reject)
    : files_(std::move(files)),
      standard_in_(in),
      source_(std::move(source)),
      new_row_(std::move(new_row)),
      reject_(std::move(reject)) {}

absl::Status ImportInput::OpenNextFile() {
  const std::string& path = files_[next_file_++];
  line_ = 0;
  if (path == "-") {
    current_ = &standard_in_;
    return absl::OkStatus();
  }
  file_ = std::ifstream(path, std::ios::binary);
  // Opening a folder succeeds; reading it does not.
  if (!file_ || (file_.peek(), file_.bad())) {
    return absl::UnknownError(absl::StrCat("cannot read ", path));
  }
  file_.clear();
  current_ = &file_;
  return absl::OkStatus();
}

absl::StatusOr<bool> ImportInput::NextLine(RowOrigin& origin, bool& too_long) {
  while (true) {
    if (current_ == nullptr) {
      if (next_file_ == files_.size()) return false;
      const absl::Status status = OpenNextFile();
      if (!status.ok()) return status;
    }
    if (!ReadLine(*current_, kMostLineBytes, origin.text, too_long)) {
      current_ = nullptr;
      continue;
    }
    ++line_;
    if (absl::StripAsciiWhitespace(origin.text).empty()) continue;
    origin.file = files_[next_file_ - 1];
    origin.line = line_;
    return true;
  }
}

MessagePtr ImportInput::ParseRow(const RowOrigin& origin, bool too_long) {
  if (too_long) {
    reject_(origin, TooLarge());
    return nullptr;
  }
  MessagePtr row = new_row_();
  const absl::Status status = FromJson(RowText(origin.text), *row);
  if (!status.ok()) {
    reject_(origin, status);
    return nullptr;
  }
  if (!source_.empty()) {
    const auto* field = row->GetDescriptor()->FindFieldByName("source");
    const auto* reflection = row->GetReflection();
    if (reflection->GetString(*row, field).empty()) {
      reflection->SetString(row.get(), field, source_);
    }
  }
  if (row->ByteSizeLong() > kMostBytes) {
    reject_(origin, TooLarge());
    return nullptr;
  }
  return row;
}

absl::StatusOr<ImportBatch> ImportInput::Next() {
  // Tag and length of a row in the request.
  constexpr size_t kOverhead = 5;
  ImportBatch batch;
  size_t bytes = 0;
  while (batch.rows.size() < kMostRows) {
    if (held_row_ == nullptr) {
      bool too_long = false;
      const absl::StatusOr<bool> more = NextLine(held_origin_, too_long);
      if (!more.ok()) return more.status();
      if (!*more) break;
      held_row_ = ParseRow(held_origin_, too_long);
      if (held_row_ == nullptr) continue;
    }
    bytes += held_row_->ByteSizeLong() + kOverhead;
    if (bytes > kMostBytes && !batch.rows.empty()) break;
    batch.rows.push_back(std::move(held_row_));
    batch.origins.push_back(std::move(held_origin_));
  }
  return batch;
}

}  // namespace heimweg::cli
