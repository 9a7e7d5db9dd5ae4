#include "storage/superblock.h"

#include <openssl/rand.h>

#include <cstdlib>
#include <memory>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "storage/digest.h"
#include "storage/rocksdb_status.h"

namespace heimweg::storage {
namespace {

constexpr absl::string_view kTitle = "heimweg store";
constexpr size_t kIdBytes = 16;

std::string PathIn(const std::string& folder) {
  return absl::StrCat(folder, "/SUPERBLOCK");
}

std::string DigestLine(absl::string_view text) {
  return absl::StrCat("sha256 ", absl::BytesToHexString(Sha256(text)), "\n");
}

// The rest of `line` after `name` and a space; nullopt for another line.
std::optional<absl::string_view> Field(absl::string_view line,
                                       absl::string_view name) {
  if (!absl::StartsWith(line, absl::StrCat(name, " "))) return std::nullopt;
  return line.substr(name.size() + 1);
}

absl::Status SyncFolder(rocksdb::FileSystem& files, const std::string& folder) {
  const rocksdb::IOOptions io;
  std::unique_ptr<rocksdb::FSDirectory> directory;
  rocksdb::IOStatus status =
      files.NewDirectory(folder, io, &directory, nullptr);
  if (status.ok()) status = directory->Fsync(io, nullptr);
  return FromRocksDb(status, "cannot sync the store's folder");
}

rocksdb::IOStatus WriteFile(rocksdb::FileSystem& files, const std::string& path,
                            const std::string& text) {
  const rocksdb::IOOptions io;
  std::unique_ptr<rocksdb::FSWritableFile> file;
  rocksdb::IOStatus status =
      files.NewWritableFile(path, rocksdb::FileOptions(), &file, nullptr);
  if (status.ok()) status = file->Append(text, io, nullptr);
  if (status.ok()) status = file->Sync(io, nullptr);
  if (status.ok()) status = file->Close(io, nullptr);
  return status;
}

}  // namespace

std::string NewStoreId() {
  unsigned char bytes[kIdBytes];
  // Without randomness no store may be made: two would look like one.
  if (RAND_bytes(bytes, sizeof(bytes)) != 1) std::abort();
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(bytes), sizeof(bytes)));
}

std::string EncodeSuperblock(const Superblock& superblock) {
  const std::string text = absl::StrCat(
      kTitle, "\nid ", superblock.id, "\nschema ", superblock.schema_version,
      "\nrevision ", superblock.revision, "\ninitialised ",
      superblock.initialised ? 1 : 0, "\n");
  return absl::StrCat(text, DigestLine(text));
}

absl::StatusOr<Superblock> ParseSuperblock(absl::string_view text) {
  const absl::Status damaged =
      absl::DataLossError("the store's SUPERBLOCK file is damaged");
  const std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  if (lines.size() != 7 || lines[0] != kTitle) return damaged;
  const size_t body_bytes = text.size() - lines[5].size() - 1;
  if (text.substr(body_bytes) != DigestLine(text.substr(0, body_bytes))) {
    return damaged;
  }
  const auto id = Field(lines[1], "id");
  const auto schema = Field(lines[2], "schema");
  const auto revision = Field(lines[3], "revision");
  const auto initialised = Field(lines[4], "initialised");
  Superblock superblock;
  if (!id || !schema || !revision || !initialised ||
      !absl::SimpleAtoi(*schema, &superblock.schema_version) ||
      !absl::SimpleAtoi(*revision, &superblock.revision)) {
    return damaged;
  }
  superblock.id = std::string(*id);
  superblock.initialised = *initialised == "1";
  return superblock;
}

absl::StatusOr<std::optional<Superblock>> ReadSuperblock(
    rocksdb::FileSystem& files, const std::string& folder) {
  const std::string path = PathIn(folder);
  const rocksdb::IOStatus exists =
      files.FileExists(path, rocksdb::IOOptions(), nullptr);
  if (exists.IsNotFound()) return std::nullopt;
  std::string text;
  const rocksdb::Status status = rocksdb::ReadFileToString(&files, path, &text);
  if (!status.ok()) {
    return FromRocksDb(status, "cannot read the store's SUPERBLOCK");
  }
  absl::StatusOr<Superblock> superblock = ParseSuperblock(text);
  if (!superblock.ok()) return superblock.status();
  return std::optional<Superblock>(*std::move(superblock));
}

absl::Status WriteSuperblock(rocksdb::FileSystem& files,
                             const std::string& folder,
                             const Superblock& superblock) {
  const std::string path = PathIn(folder);
  const std::string fresh = absl::StrCat(path, ".new");
  rocksdb::IOStatus status =
      WriteFile(files, fresh, EncodeSuperblock(superblock));
  if (status.ok()) {
    status = files.RenameFile(fresh, path, rocksdb::IOOptions(), nullptr);
  }
  if (!status.ok()) {
    return FromRocksDb(status, "cannot write the store's SUPERBLOCK");
  }
  return SyncFolder(files, folder);
}

}  // namespace heimweg::storage
