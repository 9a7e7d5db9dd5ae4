#include "clients/importers/byte_source.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace heimweg::importers {

absl::Status CannotRead(const std::string& path, absl::string_view expected) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  const std::string end = absl::StrCat("; expected ", expected);
  if (status.type() == fs::file_type::not_found) {
    return absl::NotFoundError(absl::StrCat("there is no file ", path, end));
  }
  if (status.type() == fs::file_type::directory) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is a folder", end));
  }
  if (error == std::errc::permission_denied ||
      access(path.c_str(), R_OK) != 0) {
    return absl::PermissionDeniedError(
        absl::StrCat(path, " may not be read by this user", end));
  }
  return absl::UnknownError(absl::StrCat("cannot read ", path, end));
}

absl::StatusOr<std::unique_ptr<FileSource>> FileSource::Open(
    const std::string& path, absl::string_view expected) {
  std::ifstream file(path, std::ios::binary);
  // Opening a folder succeeds; reading it does not.
  if (!file || (file.peek(), file.bad())) {
    return CannotRead(path, expected);
  }
  file.clear();
  auto source = std::make_unique<FileSource>(file, path);
  source->file_ = std::move(file);
  source->in_ = &source->file_;
  return source;
}

FileSource::FileSource(std::istream& in, absl::string_view name)
    : in_(&in), name_(name) {}

absl::StatusOr<size_t> FileSource::Read(char* buffer, size_t size) {
  in_->read(buffer, static_cast<std::streamsize>(size));
  const auto count = static_cast<size_t>(in_->gcount());
  if (count == 0 && in_->bad()) {
    return absl::UnknownError(absl::StrCat("cannot read ", name_));
  }
  return count;
}

absl::StatusOr<size_t> StringSource::Read(char* buffer, size_t size) {
  const size_t count = std::min(size, rest_.size());
  if (count == 0) return 0;
  std::memcpy(buffer, rest_.data(), count);
  rest_.remove_prefix(count);
  return count;
}

absl::StatusOr<absl::string_view> PeekSource::Peek(size_t size) {
  while (head_.size() < size) {
    const size_t before = head_.size();
    head_.resize(size);
    const auto count = source_.Read(&head_[before], size - before);
    head_.resize(before + (count.ok() ? *count : 0));
    if (!count.ok()) return count.status();
    if (*count == 0) break;
  }
  return absl::string_view(head_).substr(0, size);
}

absl::StatusOr<size_t> PeekSource::Read(char* buffer, size_t size) {
  if (given_ < head_.size()) {
    const size_t count = std::min(size, head_.size() - given_);
    std::memcpy(buffer, &head_[given_], count);
    given_ += count;
    position_ += static_cast<int64_t>(count);
    return count;
  }
  auto count = source_.Read(buffer, size);
  if (count.ok()) position_ += static_cast<int64_t>(*count);
  return count;
}

absl::StatusOr<std::string> ReadAll(ByteSource& source, size_t most) {
  std::string all;
  char block[16 << 10];
  while (true) {
    const auto count = source.Read(block, sizeof block);
    if (!count.ok()) return count.status();
    if (*count == 0) return all;
    if (all.size() + *count > most) {
      return absl::ResourceExhaustedError(
          absl::StrCat("it has more than ", most, " bytes"));
    }
    all.append(block, *count);
  }
}

}  // namespace heimweg::importers
