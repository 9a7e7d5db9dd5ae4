// NewFolderSink: mails as files, for a look before anything is sent, or for a
// mail system that takes them from a folder.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "clients/digest/mail_sink.h"

namespace heimweg::digest {
namespace {

absl::Status WriteAll(int file, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(file, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return absl::UnknownError(std::strerror(errno));
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  if (fsync(file) != 0) return absl::UnknownError(std::strerror(errno));
  return absl::OkStatus();
}

class FolderSink : public MailSink {
 public:
  explicit FolderSink(std::string folder) : folder_(std::move(folder)) {}

  absl::StatusOr<Delivery> Send(const Envelope& envelope) override {
    const std::string path =
        absl::StrCat(folder_, "/", envelope.message_id, ".eml");
    const std::string fresh = absl::StrCat(path, ".new");
    const int file =
        open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    absl::Status status = file < 0 ? absl::UnknownError(std::strerror(errno))
                                   : WriteAll(file, envelope.bytes);
    if (file >= 0) close(file);
    if (status.ok() && std::rename(fresh.c_str(), path.c_str()) != 0) {
      status = absl::UnknownError(std::strerror(errno));
    }
    if (!status.ok()) {
      return absl::UnknownError(
          absl::StrCat("cannot write to ", folder_, ": ", status.message()));
    }
    return Delivery::kTaken;
  }

 private:
  const std::string folder_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<MailSink>> NewFolderSink(
    const std::string& folder) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) {
    return absl::NotFoundError(
        absl::StrCat(folder, ": there is no such folder"));
  }
  return std::make_unique<FolderSink>(folder);
}

}  // namespace heimweg::digest
