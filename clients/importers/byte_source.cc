#include "clients/importers/byte_source.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace heimweg::importers {

absl::StatusOr<std::unique_ptr<FileSource>> FileSource::Open(
    const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  // Opening a folder succeeds; reading it does not.
  if (!file || (file.peek(), file.bad())) {
    return absl::UnknownError(absl::StrCat("cannot read ", path));
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
