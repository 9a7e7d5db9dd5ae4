#include "clients/importers/csv_reader.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace heimweg::importers {
namespace {

// Each takes more memory than the separator that makes it.
constexpr size_t kMostFields = 10'000;

}  // namespace

CsvReader::CsvReader(ByteSource& utf8, char delimiter, const Limits& limits)
    : source_(utf8),
      delimiter_(delimiter),
      limits_(limits),
      block_(64 << 10, '\0') {}

int CsvReader::Peek() {
  if (at_ == size_) {
    if (!status_.ok()) return kEnd;
    const auto count = source_.Read(block_.data(), block_.size());
    if (!count.ok()) status_ = count.status();
    at_ = 0;
    size_ = count.ok() ? *count : 0;
    if (size_ == 0) return kEnd;
  }
  return static_cast<unsigned char>(block_[at_]);
}

int CsvReader::Take() {
  const int c = Peek();
  if (c == kEnd) return c;
  ++at_;
  if (c == '\n') ++next_line_;
  text_ += static_cast<char>(c);
  return c;
}

absl::Status CsvReader::CheckSize(const std::string& field) const {
  if (field.size() > limits_.field_bytes || text_.size() > limits_.row_bytes) {
    return absl::ResourceExhaustedError(
        absl::StrCat("line ", line_, ": a field is larger than ",
                     limits_.field_bytes, " bytes or a row larger than ",
                     limits_.row_bytes, "; is a quote not closed?"));
  }
  return absl::OkStatus();
}

absl::Status CsvReader::Quoted(std::string& field) {
  Take();
  while (true) {
    const int c = Take();
    if (c == kEnd) {
      if (!status_.ok()) return status_;
      return absl::InvalidArgumentError(
          absl::StrCat("line ", line_, ": a quote is not closed"));
    }
    if (c == '"') {
      if (Peek() != '"') return absl::OkStatus();
      Take();
    }
    field += static_cast<char>(c);
    absl::Status status = CheckSize(field);
    if (!status.ok()) return status;
  }
}

absl::StatusOr<bool> CsvReader::Field() {
  std::string field;
  if (Peek() == '"') {
    absl::Status status = Quoted(field);
    if (!status.ok()) return status;
  }
  while (true) {
    const int c = Take();
    if (c == kEnd || c == '\n' || c == delimiter_) {
      if (!field.empty() && field.back() == '\r') field.pop_back();
      fields_.push_back(std::move(field));
      if (!status_.ok()) return status_;
      return c == static_cast<unsigned char>(delimiter_);
    }
    field += static_cast<char>(c);
    absl::Status status = CheckSize(field);
    if (!status.ok()) return status;
  }
}

absl::StatusOr<bool> CsvReader::Next() {
  while (Peek() != kEnd) {
    fields_.clear();
    text_.clear();
    line_ = next_line_;
    absl::StatusOr<bool> more = true;
    while (*more) {
      more = Field();
      if (!more.ok()) return more.status();
      if (fields_.size() > kMostFields) {
        return absl::ResourceExhaustedError(absl::StrCat(
            "line ", line_, ": a row has more than ", kMostFields, " fields"));
      }
    }
    while (!text_.empty() && (text_.back() == '\n' || text_.back() == '\r')) {
      text_.pop_back();
    }
    if (!text_.empty()) return true;
  }
  if (!status_.ok()) return status_;
  return false;
}

}  // namespace heimweg::importers
