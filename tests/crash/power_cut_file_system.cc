#include "tests/crash/power_cut_file_system.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"

namespace heimweg::crash {
namespace {

namespace fs = std::filesystem;
using ::heimweg::storage::MutexLock;
using ::rocksdb::FileOptions;
using ::rocksdb::FSDirectory;
using ::rocksdb::FSWritableFile;
using ::rocksdb::IODebugContext;
using ::rocksdb::IOOptions;
using ::rocksdb::IOStatus;
using ::rocksdb::Slice;

std::string FolderOf(const std::string& path) {
  return fs::path(path).parent_path().lexically_normal().string();
}

std::string Normal(const std::string& path) {
  return fs::path(path).lexically_normal().string();
}

}  // namespace

// A file whose sizes are kept under its present path: it may be renamed while
// it is open, but nobody here writes to it after that.
class PowerCutFileSystem::File : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  File(std::unique_ptr<FSWritableFile> real, std::string path,
       PowerCutFileSystem& files)
      : FSWritableFileOwnerWrapper(std::move(real)),
        path_(std::move(path)),
        files_(files) {}

  IOStatus Append(const Slice& bytes, const IOOptions& options,
                  IODebugContext* debug) override {
    MutexLock lock(files_.mutex_);
    if (IOStatus status = files_.Spend(); !status.ok()) return status;
    IOStatus status = target()->Append(bytes, options, debug);
    if (status.ok()) files_.files_[path_].written += bytes.size();
    return status;
  }
  IOStatus Append(const Slice& bytes, const IOOptions& options,
                  const rocksdb::DataVerificationInfo& /*verification*/,
                  IODebugContext* debug) override {
    return Append(bytes, options, debug);
  }
  IOStatus Sync(const IOOptions& /*options*/,
                IODebugContext* /*debug*/) override {
    MutexLock lock(files_.mutex_);
    if (IOStatus status = files_.Spend(); !status.ok()) return status;
    Sizes& sizes = files_.files_[path_];
    sizes.synced = sizes.written;
    return IOStatus::OK();
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return Sync(options, debug);
  }
  // A hint to start writing; promises nothing.
  IOStatus RangeSync(uint64_t /*offset*/, uint64_t /*bytes*/,
                     const IOOptions& /*options*/,
                     IODebugContext* /*debug*/) override {
    return IOStatus::OK();
  }

 private:
  const std::string path_;
  PowerCutFileSystem& files_;
};

class PowerCutFileSystem::Directory : public FSDirectory {
 public:
  Directory(std::string path, PowerCutFileSystem& files)
      : path_(std::move(path)), files_(files) {}

  IOStatus Fsync(const IOOptions& /*options*/,
                 IODebugContext* /*debug*/) override {
    MutexLock lock(files_.mutex_);
    if (IOStatus status = files_.Spend(); !status.ok()) return status;
    files_.changes_.erase(path_);
    return IOStatus::OK();
  }
  IOStatus Close(const IOOptions& /*options*/,
                 IODebugContext* /*debug*/) override {
    return IOStatus::OK();
  }

 private:
  const std::string path_;
  PowerCutFileSystem& files_;
};

PowerCutFileSystem::PowerCutFileSystem(int64_t lifetime, std::string graveyard)
    : FileSystemWrapper(rocksdb::FileSystem::Default()),
      graveyard_(std::move(graveyard)),
      lifetime_(lifetime) {}

IOStatus PowerCutFileSystem::Spend() {
  if (lifetime_ <= 0) return IOStatus::IOError("the power is off");
  --lifetime_;
  return lifetime_ > 0 ? IOStatus::OK() : IOStatus::IOError("power cut");
}

void PowerCutFileSystem::Bury(const std::string& path, Change& change) {
  if (!fs::exists(path)) return;
  change.erased = path;
  change.grave = absl::StrCat(graveyard_, "/", ++graves_);
  fs::create_hard_link(path, change.grave);
  const auto found = files_.find(path);
  // A file from before this object's time is durable as it is.
  const uint64_t size = fs::file_size(path);
  change.grave_sizes =
      found == files_.end() ? Sizes{size, size} : found->second;
}

IOStatus PowerCutFileSystem::NewWritableFile(
    const std::string& path, const FileOptions& options,
    std::unique_ptr<FSWritableFile>* file, IODebugContext* debug) {
  const std::string name = Normal(path);
  MutexLock lock(mutex_);
  if (IOStatus status = Spend(); !status.ok()) return status;
  Change change{.made = name};
  Bury(name, change);
  // The old file must keep its bytes for the way back.
  if (!change.erased.empty()) fs::remove(name);
  std::unique_ptr<FSWritableFile> real;
  IOStatus status = target()->NewWritableFile(name, options, &real, debug);
  if (!status.ok()) return status;
  files_[name] = Sizes{};
  changes_[FolderOf(name)].push_back(std::move(change));
  *file = std::make_unique<File>(std::move(real), name, *this);
  return status;
}

// The store's settings never lead to these two.
IOStatus PowerCutFileSystem::ReopenWritableFile(
    const std::string& /*path*/, const FileOptions& /*options*/,
    std::unique_ptr<FSWritableFile>* /*file*/, IODebugContext* /*debug*/) {
  return IOStatus::NotSupported("ReopenWritableFile");
}
IOStatus PowerCutFileSystem::ReuseWritableFile(
    const std::string& /*path*/, const std::string& /*old_path*/,
    const FileOptions& /*options*/, std::unique_ptr<FSWritableFile>* /*file*/,
    IODebugContext* /*debug*/) {
  return IOStatus::NotSupported("ReuseWritableFile");
}

IOStatus PowerCutFileSystem::NewDirectory(
    const std::string& path, const IOOptions& /*options*/,
    std::unique_ptr<FSDirectory>* directory, IODebugContext* /*debug*/) {
  *directory = std::make_unique<Directory>(FolderOf(path + "/x"), *this);
  return IOStatus::OK();
}

IOStatus PowerCutFileSystem::CreateDirIfMissing(const std::string& path,
                                                const IOOptions& options,
                                                IODebugContext* debug) {
  const std::string name = FolderOf(path + "/x");
  MutexLock lock(mutex_);
  if (fs::exists(name)) return IOStatus::OK();
  if (IOStatus status = Spend(); !status.ok()) return status;
  changes_[FolderOf(name)].push_back({.made = name});
  return target()->CreateDirIfMissing(name, options, debug);
}

IOStatus PowerCutFileSystem::DeleteFile(const std::string& path,
                                        const IOOptions& options,
                                        IODebugContext* debug) {
  const std::string name = Normal(path);
  MutexLock lock(mutex_);
  if (IOStatus status = Spend(); !status.ok()) return status;
  Change change;
  Bury(name, change);
  IOStatus status = target()->DeleteFile(name, options, debug);
  if (!status.ok()) return status;
  files_.erase(name);
  changes_[FolderOf(name)].push_back(std::move(change));
  return status;
}

IOStatus PowerCutFileSystem::RenameFile(const std::string& from,
                                        const std::string& to,
                                        const IOOptions& options,
                                        IODebugContext* debug) {
  const std::string source = Normal(from), name = Normal(to);
  MutexLock lock(mutex_);
  if (IOStatus status = Spend(); !status.ok()) return status;
  Change change{.made = name, .from = source};
  Bury(name, change);
  IOStatus status = target()->RenameFile(source, name, options, debug);
  if (!status.ok()) return status;
  const auto found = files_.find(source);
  if (found != files_.end()) {
    files_[name] = found->second;
    files_.erase(source);
  }
  changes_[FolderOf(name)].push_back(std::move(change));
  return status;
}

void PowerCutFileSystem::Undo(const Change& change) {
  if (!change.from.empty()) {
    fs::rename(change.made, change.from);
    files_[change.from] = files_[change.made];
  } else if (!change.made.empty()) {
    fs::remove_all(change.made);
  }
  files_.erase(change.made);
  if (change.erased.empty()) return;
  fs::create_hard_link(change.grave, change.erased);
  files_[change.erased] = change.grave_sizes;
}

void PowerCutFileSystem::Tear(const std::string& path, const Sizes& sizes,
                              std::mt19937& random) {
  if (sizes.written == sizes.synced || !fs::exists(path)) return;
  const uint64_t unsynced = sizes.written - sizes.synced;
  const uint64_t kept = random() % 2 == 0 ? 0 : random() % (unsynced + 1);
  fs::resize_file(path, sizes.synced + kept);
}

void PowerCutFileSystem::Cut(std::mt19937& random) {
  MutexLock lock(mutex_);
  lifetime_ = 0;
  for (auto& [folder, changes] : changes_) {
    const size_t kept = random() % (changes.size() + 1);
    while (changes.size() > kept) {
      Undo(changes.back());
      changes.pop_back();
    }
  }
  for (const auto& [path, sizes] : files_) Tear(path, sizes, random);
}

}  // namespace heimweg::crash
