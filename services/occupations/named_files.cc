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
      return Broken(path.string(), zip.get());
    }
    return AddEntries(path.string(), zip.get());
  }

  // `bytes` of a ZIP that is called `name`.
  absl::Status AddZip(const std::string& name, const std::string& bytes) {
    const std::unique_ptr<archive, int (*)(archive*)> zip(archive_read_new(),
                                                          &archive_read_free);
    archive_read_support_format_zip(zip.get());
    if (archive_read_open_memory(zip.get(), bytes.data(), bytes.size()) !=
        ARCHIVE_OK) {
      return Broken(name, zip.get());
    }
    return AddEntries(name, zip.get());
  }

  absl::Status Add(std::string name, std::string content) {
    all_bytes_ += content.size();
    if (all_bytes_ > kMaxAllBytes || content.size() > kMaxFileBytes) {
      return TooLarge(name);
    }
    files_.emplace_back(std::move(name), std::move(content));
    return absl::OkStatus();
  }

  std::vector<NamedFile> Take() && { return std::move(files_); }

 private:
  absl::Status AddEntries(const std::string& path, archive* zip) {
    archive_entry* entry = nullptr;
    int result = ARCHIVE_OK;
    while ((result = archive_read_next_header(zip, &entry)) == ARCHIVE_OK) {
      const char* name = archive_entry_pathname_utf8(entry);
      if (name == nullptr || !IsTable(name)) continue;
      std::string content;
      auto status = Unpack(path, zip, content);
      if (status.ok()) status = Add(name, std::move(content));
      if (!status.ok()) return status;
    }
    return result == ARCHIVE_EOF ? absl::OkStatus() : Broken(path, zip);
  }

  static absl::Status Broken(const std::string& path, archive* zip) {
    const char* why = archive_error_string(zip);
    return absl::InvalidArgumentError(absl::StrCat(
        path,
        " is no ZIP that can be read: ", why == nullptr ? "unknown" : why));
  }

  absl::Status Unpack(const std::string& path, archive* zip,
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
        return TooLarge(path);
      }
    }
  }

  std::vector<NamedFile> files_;
  size_t all_bytes_ = 0;
};

la_ssize_t AppendTo(archive* /*zip*/, void* packed, const void* bytes,
                    size_t size) {
  static_cast<std::string*>(packed)->append(static_cast<const char*>(bytes),
                                            size);
  return static_cast<la_ssize_t>(size);
}

bool PackOne(archive* zip, const NamedFile& file) {
  const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(
      archive_entry_new(), &archive_entry_free);
  archive_entry_set_pathname(entry.get(), file.first.c_str());
  archive_entry_set_size(entry.get(),
                         static_cast<la_int64_t>(file.second.size()));
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0644);
  return archive_write_header(zip, entry.get()) == ARCHIVE_OK &&
         archive_write_data(zip, file.second.data(), file.second.size()) ==
             static_cast<la_ssize_t>(file.second.size());
}

}  // namespace

absl::StatusOr<std::vector<NamedFile>> NamedFilesOf(const std::string& name,
                                                    const std::string& bytes) {
  Collector collector;
  const absl::Status status = absl::StartsWith(bytes, "PK")
                                  ? collector.AddZip(name, bytes)
                                  : collector.Add(name, bytes);
  if (!status.ok()) return status;
  return std::move(collector).Take();
}

absl::StatusOr<std::string> PackNamedFiles(
    const std::vector<NamedFile>& files) {
  std::string packed;
  const std::unique_ptr<archive, int (*)(archive*)> zip(archive_write_new(),
                                                        &archive_write_free);
  archive_write_set_format_zip(zip.get());
  bool well = archive_write_open(zip.get(), &packed, nullptr, &AppendTo,
                                 nullptr) == ARCHIVE_OK;
  for (const NamedFile& file : files) well = well && PackOne(zip.get(), file);
  if (!well || archive_write_close(zip.get()) != ARCHIVE_OK) {
    const char* why = archive_error_string(zip.get());
    return absl::InternalError(
        absl::StrCat("cannot make a ZIP: ", why == nullptr ? "unknown" : why));
  }
  return packed;
}

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
