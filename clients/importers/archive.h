// The files in a ZIP archive, one after the other, without unpacking it
// anywhere: nothing is ever written under a name that stands in an archive.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_ARCHIVE_H_
#define HEIMWEG_CLIENTS_IMPORTERS_ARCHIVE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/importers/byte_source.h"

struct archive;

namespace heimweg::importers {

// What an archive may be at most.
struct ArchiveLimits {
  int files = 100'000;
  // Of all files together, unpacked.
  int64_t bytes = int64_t{16} << 30;
  // Unpacked bytes to a packed one, of the archive so far, once more than
  // `ratio_from_bytes` are unpacked. Objects of OpenImmo shrink to a twentieth;
  // deflate can do 1,032.
  int64_t ratio = 200;
  int64_t ratio_from_bytes = int64_t{64} << 20;
};

// Whether a file that begins like this is a ZIP archive.
bool IsZip(absl::string_view head);

// Reads from the front to the end, so that an archive may come through a pipe.
//
// Thread-compatible.
class Archive : public ByteSource {
 public:
  // `bytes` outlives this.
  explicit Archive(ByteSource& bytes,
                   const ArchiveLimits& limits = ArchiveLimits());
  ~Archive() override;

  // Goes to the next file; false at the end. INVALID_ARGUMENT if the archive is
  // broken or encrypted, or a name is absolute or leads out of it;
  // RESOURCE_EXHAUSTED beyond a limit.
  absl::StatusOr<bool> Next();

  // Of the file: its name with folders; whether it is a folder.
  const std::string& name() const { return name_; }
  bool is_folder() const { return is_folder_; }
  // Its bytes. Errors as above.
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override;

 private:
  struct Close {
    void operator()(archive* opened) const;
  };
  // libarchive's callback.
  static ssize_t Feed(archive* opened, void* self, const void** buffer);
  absl::Status Open();
  absl::Status Broken();

  ByteSource& bytes_;
  const ArchiveLimits limits_;
  std::unique_ptr<archive, Close> archive_;
  std::string block_;
  absl::Status read_error_;
  std::string name_;
  bool is_folder_ = false;
  int files_ = 0;
  int64_t packed_bytes_ = 0;
  int64_t unpacked_bytes_ = 0;
};

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_ARCHIVE_H_
