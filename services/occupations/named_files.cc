#include "services/occupations/named_files.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace heimweg::occupations {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxFileBytes = size_t{64} << 20;
constexpr size_t kMaxAllBytes = size_t{256} << 20;

bool IsTable(absl::string_view name) {
  return absl::EndsWithIgnoreCase(name, ".csv") ||
         absl::EndsWithIgnoreCase(name, ".tsv");
}

bool IsZip(absl::string_view name) {
  return absl::EndsWithIgnoreCase(name, ".zip");
}

absl::Status TooLarge(absl::string_view name) {
  return absl::InvalidArgumentError(
      absl::StrCat(name,
                   " is too large: at most 64 MiB a file and 256 MiB "
                   "together are read"));
}

class Collector {
 public:
  absl::Status AddFile(const fs::path& path) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error || size > kMaxFileBytes) return TooLarge(path.string());
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    if (!file) {
      return absl::UnknownError(absl::StrCat("cannot read ", path.string()));
    }
    return Add(path.filename().string(), content.str());
  }

  absl::Status AddZip(const fs::path& path) {
    const std::unique_ptr<archive, int (*)(archive*)> zip(archive_read_new(),
                                                          &archive_read_free);
    archive_read_support_format_zip(zip.get());
    if (archive_read_open_filename(zip.get(), path.c_str(), 1 << 16) !=
        ARCHIVE_OK) {
      return Broken(path, zip.get());
    }
    archive_entry* entry = nullptr;
    int result = ARCHIVE_OK;
    while ((result = archive_read_next_header(zip.get(), &entry)) ==
           ARCHIVE_OK) {
      const char* name = archive_entry_pathname_utf8(entry);
      if (name == nullptr || !IsTable(name)) continue;
      std::string content;
      auto status = Unpack(path, zip.get(), content);
      if (status.ok()) status = Add(name, std::move(content));
      if (!status.ok()) return status;
    }
    return result == ARCHIVE_EOF ? absl::OkStatus() : Broken(path, zip.get());
  }

  std::vector<NamedFile> Take() && { return std::move(files_); }

 private:
  static absl::Status Broken(const fs::path& path, archive* zip) {
    const char* why = archive_error_string(zip);
    return absl::InvalidArgumentError(absl::StrCat(
        path.string(),
        " is no ZIP that can be read: ", why == nullptr ? "unknown" : why));
  }

  absl::Status Unpack(const fs::path& path, archive* zip,
                      std::string& content) const {
    std::array<char, 1 << 16> buffer = {};
    while (true) {
      const la_ssize_t size =
          archive_read_data(zip, buffer.data(), buffer.size());
      if (size < 0) return Broken(path, zip);
      if (size == 0) return absl::OkStatus();
      content.append(buffer.data(), static_cast<size_t>(size));
      if (content.size() > kMaxFileBytes ||
          all_bytes_ + content.size() > kMaxAllBytes) {
        return TooLarge(path.string());
      }
    }
  }

  absl::Status Add(std::string name, std::string content) {
    all_bytes_ += content.size();
    if (all_bytes_ > kMaxAllBytes) return TooLarge(name);
    files_.emplace_back(std::move(name), std::move(content));
    return absl::OkStatus();
  }

  std::vector<NamedFile> files_;
  size_t all_bytes_ = 0;
};

}  // namespace

absl::StatusOr<std::vector<NamedFile>> ReadNamedFiles(const std::string& path) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    return absl::NotFoundError(absl::StrCat("there is no ", path));
  }
  std::vector<fs::path> paths;
  if (fs::is_directory(path, error)) {
    for (const auto& entry : fs::directory_iterator(path, error)) {
      const std::string name = entry.path().filename().string();
      if (entry.is_regular_file(error) && (IsTable(name) || IsZip(name))) {
        paths.push_back(entry.path());
      }
    }
    std::sort(paths.begin(), paths.end());
  } else {
    paths.emplace_back(path);
  }
  Collector collector;
  for (const fs::path& one : paths) {
    const absl::Status status =
        IsZip(one.string()) ? collector.AddZip(one) : collector.AddFile(one);
    if (!status.ok()) return status;
  }
  return std::move(collector).Take();
}

}  // namespace heimweg::occupations
