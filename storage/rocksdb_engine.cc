#include "storage/rocksdb_engine.h"

#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "rocksdb/db.h"
#include "rocksdb/env.h"
#include "rocksdb/file_system.h"
#include "rocksdb/write_batch.h"
#include "storage/folder_lock.h"
#include "storage/mutex.h"
#include "storage/rocksdb_health.h"
#include "storage/rocksdb_options.h"
#include "storage/rocksdb_reader.h"
#include "storage/rocksdb_status.h"
#include "storage/superblock.h"

namespace heimweg::storage {
namespace {

rocksdb::WriteOptions WriteMode(bool sync) {
  rocksdb::WriteOptions options;
  options.sync = sync;
  return options;
}

class RocksDbEngine : public Engine {
 public:
  RocksDbEngine(RocksDbOptions options, FolderLock lock)
      : options_(std::move(options)),
        lock_(std::move(lock)),
        files_(options_.file_system != nullptr
                   ? options_.file_system
                   : rocksdb::FileSystem::Default()),
        env_(rocksdb::NewCompositeEnv(files_)) {}
  ~RocksDbEngine() override;

  absl::Status Open();

  std::string id() const override { return id_; }
  absl::StatusOr<std::unique_ptr<Reader>> Snapshot() const override {
    return RocksDbReader::Open(*db_);
  }
  absl::Status Commit(const Batch& batch)
      ABSL_LOCKS_EXCLUDED(commit_mutex_) override;
  absl::Status Health() const override { return health_->Current(); }

 private:
  absl::StatusOr<Superblock> FindSuperblock();
  absl::Status OpenDatabase(bool initialised);
  absl::Status Initialise(Superblock& superblock);
  absl::Status CheckDatabase(const Superblock& superblock);
  absl::Status Check(const Batch& batch) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(commit_mutex_);
  void RenewSuperblock() ABSL_EXCLUSIVE_LOCKS_REQUIRED(commit_mutex_);

  const RocksDbOptions options_;
  const FolderLock lock_;
  const std::shared_ptr<rocksdb::FileSystem> files_;
  const std::unique_ptr<rocksdb::Env> env_;
  const std::shared_ptr<RocksDbHealth> health_ =
      std::make_shared<RocksDbHealth>();
  std::unique_ptr<rocksdb::DB> db_;
  std::string id_;

  Mutex commit_mutex_;  // Makes check and write of a batch one step.
  uint64_t revision_ ABSL_GUARDED_BY(commit_mutex_) = 0;
  Superblock superblock_ ABSL_GUARDED_BY(commit_mutex_);
  absl::Time superblock_time_ ABSL_GUARDED_BY(commit_mutex_);
};

RocksDbEngine::~RocksDbEngine() {
  if (db_ == nullptr) return;
  MutexLock lock(commit_mutex_);
  // Best effort: without them the next start recovers from the log, as after a
  // crash, and the older superblock still holds.
  if (health_->Failure().ok() && superblock_.initialised) RenewSuperblock();
  db_->Close().PermitUncheckedError();
}

absl::Status RocksDbEngine::Open() {
  absl::StatusOr<Superblock> superblock = FindSuperblock();
  if (!superblock.ok()) return superblock.status();
  absl::Status status = OpenDatabase(superblock->initialised);
  if (!status.ok()) return status;
  if (!superblock->initialised) {
    status = Initialise(*superblock);
    if (!status.ok()) return status;
  }
  status = CheckDatabase(*superblock);
  if (!status.ok()) return status;
  absl::StatusOr<std::unique_ptr<Reader>> snapshot = Snapshot();
  if (!snapshot.ok()) return snapshot.status();

  id_ = superblock->id;
  MutexLock lock(commit_mutex_);
  revision_ = (*snapshot)->revision();
  superblock_ = *superblock;
  superblock_.schema_version = options_.schema_version;
  superblock_.revision = revision_;
  superblock_time_ = options_.clock();
  return WriteSuperblock(*files_, options_.folder, superblock_);
}

// The folder's superblock, or a new one where there is no store yet.
absl::StatusOr<Superblock> RocksDbEngine::FindSuperblock() {
  auto found = ReadSuperblock(*files_, options_.folder);
  if (!found.ok()) return found.status();
  if (found->has_value()) {
    if ((*found)->schema_version > options_.schema_version) {
      return absl::FailedPreconditionError(absl::StrCat(
          "the store in ", options_.folder, " has schema version ",
          (*found)->schema_version, ", this program knows versions up to ",
          options_.schema_version, "; run the newer program"));
    }
    return **std::move(found);
  }
  const rocksdb::IOStatus database =
      files_->FileExists(absl::StrCat(options_.folder, "/rocksdb/CURRENT"),
                         rocksdb::IOOptions(), nullptr);
  if (!database.IsNotFound()) {
    return absl::DataLossError(
        absl::StrCat("the store in ", options_.folder,
                     " has lost its SUPERBLOCK file; restore a backup"));
  }
  Superblock fresh;
  fresh.id = NewStoreId();
  fresh.schema_version = options_.schema_version;
  absl::Status status = WriteSuperblock(*files_, options_.folder, fresh);
  if (!status.ok()) return status;
  return fresh;
}

absl::Status RocksDbEngine::OpenDatabase(bool initialised) {
  rocksdb::Options options =
      DatabaseOptions(options_.block_cache_bytes, options_.write_buffer_bytes);
  options.env = env_.get();
  options.listeners.push_back(health_);
  options.create_if_missing = !initialised;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(
      options, absl::StrCat(options_.folder, "/rocksdb"), &db);
  db_.reset(db);
  if (status.ok()) return absl::OkStatus();
  const std::string task =
      absl::StrCat("cannot open the store in ", options_.folder);
  // A database that should be there and is not.
  if (status.IsInvalidArgument() || status.IsNotFound() ||
      status.IsPathNotFound()) {
    return absl::DataLossError(absl::StrCat(task, ": ", status.ToString()));
  }
  return FromRocksDb(status, task);
}

// Gives a new database its id. A crash at any step leaves a state from which
// the next start goes on.
absl::Status RocksDbEngine::Initialise(Superblock& superblock) {
  std::string id;
  const rocksdb::Status found = db_->Get({}, StoreIdKey(), &id);
  if (!found.ok() && !found.IsNotFound()) {
    return FromRocksDb(found, "cannot read the store's id");
  }
  if (found.IsNotFound()) {
    const rocksdb::Status written =
        db_->Put(WriteMode(/*sync=*/true), StoreIdKey(), superblock.id);
    if (!written.ok()) return FromRocksDb(written, "cannot make the store");
  }
  superblock.initialised = true;
  return absl::OkStatus();
}

absl::Status RocksDbEngine::CheckDatabase(const Superblock& superblock) {
  std::string id;
  const rocksdb::Status found = db_->Get({}, StoreIdKey(), &id);
  if (!found.ok() && !found.IsNotFound()) {
    return FromRocksDb(found, "cannot read the store's id");
  }
  if (id != superblock.id) {
    return absl::DataLossError(absl::StrCat(
        "the database in ", options_.folder,
        id.empty() ? " is empty" : " belongs to another store",
        ", its SUPERBLOCK names store ", superblock.id, "; restore a backup"));
  }
  absl::StatusOr<std::unique_ptr<Reader>> snapshot = Snapshot();
  if (!snapshot.ok()) return snapshot.status();
  if ((*snapshot)->revision() < superblock.revision) {
    return absl::DataLossError(
        absl::StrCat("the database in ", options_.folder, " ends at revision ",
                     (*snapshot)->revision(), ", but revision ",
                     superblock.revision, " was stored; restore a backup"));
  }
  return absl::OkStatus();
}

absl::Status RocksDbEngine::Check(const Batch& batch) const {
  if (batch.revision <= batch.base_revision) {
    return absl::InvalidArgumentError("a batch must raise the revision");
  }
  for (const Write& write : batch.writes) {
    if (write.key.empty() || write.key.front() == '\0') {
      return absl::InvalidArgumentError(
          "a key must not be empty nor begin with byte 0");
    }
  }
  if (batch.base_revision != revision_) {
    return absl::AbortedError(absl::StrCat("the store is at revision ",
                                           revision_, ", not at ",
                                           batch.base_revision, " any more"));
  }
  return health_->Failure();
}

absl::Status RocksDbEngine::Commit(const Batch& batch) {
  MutexLock lock(commit_mutex_);
  if (absl::Status status = Check(batch); !status.ok()) return status;
  rocksdb::WriteBatch writes;
  for (const Write& write : batch.writes) {
    if (write.value.has_value()) {
      writes.Put(write.key, *write.value).PermitUncheckedError();
    } else {
      writes.Delete(write.key).PermitUncheckedError();
    }
  }
  writes.Put(RevisionKey(), FixedBytes(batch.revision)).PermitUncheckedError();
  const rocksdb::Status status = db_->Write(WriteMode(options_.sync), &writes);
  health_->Observe(status);
  if (!status.ok()) return FromRocksDb(status, "cannot write");
  revision_ = batch.revision;
  const bool due =
      revision_ - superblock_.revision >= options_.superblock_revisions ||
      options_.clock() - superblock_time_ >= options_.superblock_age;
  if (due) RenewSuperblock();
  return absl::OkStatus();
}

// A failure is no reason to fail the commit that came before it: the older
// superblock still holds, and the next commit meets the same disk.
void RocksDbEngine::RenewSuperblock() {
  superblock_.revision = revision_;
  superblock_time_ = options_.clock();
  WriteSuperblock(*files_, options_.folder, superblock_).IgnoreError();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Engine>> OpenRocksDbEngine(
    RocksDbOptions options) {
  absl::StatusOr<FolderLock> lock = FolderLock::Take(options.folder);
  if (!lock.ok()) return lock.status();
  auto engine =
      std::make_unique<RocksDbEngine>(std::move(options), *std::move(lock));
  if (absl::Status status = engine->Open(); !status.ok()) return status;
  return std::unique_ptr<Engine>(std::move(engine));
}

}  // namespace heimweg::storage
