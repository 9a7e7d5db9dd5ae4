#include "clients/importers/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace heimweg::importers {
namespace {

constexpr size_t kArchiveBlock = 64 << 10;

bool LeadsOut(absl::string_view name) {
  if (name.empty() || name.front() == '/' || name.front() == '\\' ||
      absl::StrContains(name, ":")) {
    return true;
  }
  for (const absl::string_view part :
       absl::StrSplit(name, absl::ByAnyChar("/\\"))) {
    if (part == "..") return true;
  }
  return false;
}

}  // namespace

bool IsZip(absl::string_view head) {
  return absl::StartsWith(head, "PK\x03\x04") ||
         absl::StartsWith(head, "PK\x05\x06");
}

void Archive::Close::operator()(archive* opened) const {
  archive_read_free(opened);
}

Archive::Archive(ByteSource& bytes, const ArchiveLimits& limits)
    : bytes_(bytes), limits_(limits), block_(kArchiveBlock, '\0') {}

Archive::~Archive() = default;

ssize_t Archive::Feed(archive* opened, void* self, const void** buffer) {
  auto& reader = *static_cast<Archive*>(self);
  const auto count = reader.bytes_.Read(reader.block_.data(), kArchiveBlock);
  if (!count.ok()) {
    reader.read_error_ = count.status();
    archive_set_error(opened, EIO, "not readable");
    return -1;
  }
  reader.packed_bytes_ += static_cast<int64_t>(*count);
  *buffer = reader.block_.data();
  return static_cast<ssize_t>(*count);
}

absl::Status Archive::Broken() {
  if (!read_error_.ok()) return read_error_;
  // libarchive's texts speak of the archive's shape only.
  const char* why = archive_error_string(archive_.get());
  return absl::InvalidArgumentError(
      absl::StrCat("the ZIP archive is broken",
                   why == nullptr ? "" : absl::StrCat(": ", why)));
}

absl::Status Archive::Open() {
  archive_.reset(archive_read_new());
  archive_read_support_format_zip_streamable(archive_.get());
  if (archive_read_open(archive_.get(), this, nullptr, Feed, nullptr) !=
      ARCHIVE_OK) {
    return Broken();
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Archive::Next() {
  if (archive_ == nullptr) {
    absl::Status status = Open();
    if (!status.ok()) return status;
  }
  archive_entry* entry = nullptr;
  const int result = archive_read_next_header(archive_.get(), &entry);
  if (result == ARCHIVE_EOF) return false;
  if (result != ARCHIVE_OK && result != ARCHIVE_WARN) return Broken();
  if (++files_ > limits_.files) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the archive has more than ", limits_.files, " files"));
  }
  const char* name = archive_entry_pathname(entry);
  name_ = name == nullptr ? "" : name;
  if (archive_entry_is_encrypted(entry) != 0) {
    return absl::InvalidArgumentError("the ZIP archive is encrypted");
  }
  is_folder_ = archive_entry_filetype(entry) == AE_IFDIR;
  if (LeadsOut(name_) || archive_entry_filetype(entry) == AE_IFLNK) {
    return absl::InvalidArgumentError(
        absl::StrCat("file ", files_,
                     " of the ZIP archive has a name that leads out of it"));
  }
  return true;
}

absl::StatusOr<size_t> Archive::Read(char* buffer, size_t size) {
  const ssize_t count = archive_read_data(archive_.get(), buffer, size);
  if (count < 0) return Broken();
  unpacked_bytes_ += count;
  if (unpacked_bytes_ > limits_.bytes) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "the archive unpacks to more than ", limits_.bytes, " bytes"));
  }
  if (unpacked_bytes_ > limits_.ratio_from_bytes &&
      unpacked_bytes_ / (packed_bytes_ + 1) > limits_.ratio) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the archive unpacks to more than ", limits_.ratio,
                     " times its size, as a ZIP bomb does"));
  }
  return static_cast<size_t>(count);
}

}  // namespace heimweg::importers
