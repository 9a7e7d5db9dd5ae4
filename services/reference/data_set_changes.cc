// What lets a data set answer: activation and roll back.
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/reference/data_set_book.h"
#include "services/reference/data_set_name.h"
#include "services/server/errors.h"
#include "storage/digest.h"
#include "storage/transaction.h"

namespace heimweg::reference {
namespace {

using ::heimweg::storage::Transaction;

constexpr size_t kMostEarlier = 4;
constexpr int kMostRemarks = 20;

// Makes `name` the active one and remembers the one before.
void MakeActive(const std::string& name, absl::Time now, v1::DataSet& record) {
  std::vector<std::string> earlier;
  if (!record.active_version().empty()) {
    earlier.push_back(record.active_version());
  }
  for (const std::string& version : record.earlier_versions()) {
    if (version != name && earlier.size() < kMostEarlier) {
      earlier.push_back(version);
    }
  }
  record.set_active_version(name);
  *record.mutable_earlier_versions() = {earlier.begin(), earlier.end()};
  *record.mutable_activate_time() = Timestamp(now);
}

void Describe(const PreparedDataSet& prepared, v1::DataSetVersion& version) {
  version.set_summary(prepared.summary);
  version.clear_remarks();
  for (const std::string& remark : prepared.remarks) {
    if (version.remarks_size() == kMostRemarks) break;
    version.add_remarks(remark);
  }
}

// Back to the version before `record`'s active one, or to none.
void MakeEarlierActive(absl::Time now, v1::DataSet& record) {
  record.clear_active_version();
  if (record.earlier_versions_size() > 0) {
    record.set_active_version(record.earlier_versions(0));
    record.mutable_earlier_versions()->DeleteSubrange(0, 1);
  }
  *record.mutable_activate_time() = Timestamp(now);
}

absl::Status Busy() {
  return absl::AbortedError("another version is being activated");
}

}  // namespace

absl::StatusOr<PreparedDataSet> DataSetBook::Prepare(
    DataSet& data_set, absl::string_view name, absl::string_view sha256,
    v1::DataSetVersion& version) const {
  if (name.empty()) return data_set.Prepare(nullptr);
  const auto id = ParseVersionName(name);
  const auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  auto stored = records_.GetVersion(**reader, *id);
  if (!stored.ok()) return stored.status();
  version = *std::move(stored);
  auto bytes = records_.File(**reader, *id, version);
  if (!bytes.ok()) return bytes.status();
  version.set_sha256(absl::BytesToHexString(storage::Sha256(*bytes)));
  if (!sha256.empty() && sha256 != version.sha256()) {
    return absl::FailedPreconditionError(
        "the uploaded bytes have another SHA-256 sum; upload the file again");
  }
  const DataSetFile file{version.file_name(), *std::move(bytes)};
  auto prepared = data_set.Prepare(&file);
  if (!prepared.ok()) {
    return absl::FailedPreconditionError(prepared.status().message());
  }
  Describe(*prepared, version);
  return prepared;
}

void DataSetBook::CommitAndInstall(storage::Store::Edit edit,
                                   std::function<void()> install, Done done) {
  store_.Commit(std::move(edit), [this, install = std::move(install),
                                  done = std::move(done)](absl::Status status) {
    if (status.ok()) install();
    Finish(std::move(status), done);
  });
}

void DataSetBook::Finish(absl::Status status, const Done& done) {
  changing_ = false;
  done(std::move(status));
}

void DataSetBook::Activate(const server::Call& /*call*/,
                           const v1::ActivateDataSetVersionRequest& request,
                           v1::ActivateDataSetVersionResponse* response,
                           Done done) {
  const auto id = ParseVersionName(request.name());
  if (!id.has_value()) {
    return done(server::InvalidFields(
        {{"name", "expected dataSets/{data_set}/versions/{number}"}}));
  }
  DataSet* const data_set = Find(id->data_set);
  if (data_set == nullptr) return done(NoSuchDataSet());
  if (changing_.exchange(true)) return done(Busy());
  const auto reader = store_.Read();
  if (!reader.ok()) return Finish(reader.status(), done);
  auto record = records_.Get(**reader, id->data_set);
  if (!record.ok()) return Finish(record.status(), done);
  *response->mutable_data_set() = *std::move(record);
  auto prepared = Prepare(*data_set, request.name(), request.sha256(),
                          *response->mutable_version());
  if (!prepared.ok() || request.validate_only()) {
    return Finish(prepared.status(), done);
  }
  CommitAndInstall(
      [this, id = *id, response](Transaction& txn) {
        auto record = records_.Get(txn, id.data_set);
        if (!record.ok()) return record.status();
        v1::DataSetVersion& version = *response->mutable_version();
        if (version.name() != record->active_version()) {
          MakeActive(version.name(), txn.now(), *record);
        }
        version.set_state(v1::DataSetVersion::STATE_CHECKED);
        absl::Status status = records_.Put(txn, id.data_set, *record);
        status.Update(records_.PutVersion(txn, id, version));
        *response->mutable_data_set() = *std::move(record);
        return status;
      },
      std::move(prepared->install), std::move(done));
}

void DataSetBook::RollBack(const server::Call& /*call*/,
                           const v1::RollBackDataSetRequest& request,
                           v1::DataSet* response, Done done) {
  const auto id = ParseDataSetName(request.name());
  if (!id.has_value()) {
    return done(
        server::InvalidFields({{"name", "expected dataSets/{data_set}"}}));
  }
  DataSet* const data_set = Find(*id);
  if (data_set == nullptr) return done(NoSuchDataSet());
  if (changing_.exchange(true)) return done(Busy());
  const auto reader = store_.Read();
  if (!reader.ok()) return Finish(reader.status(), done);
  auto record = records_.Get(**reader, *id);
  if (!record.ok()) return Finish(record.status(), done);
  if (record->active_version().empty()) {
    return Finish(
        absl::FailedPreconditionError(
            "no version is active; the product's own data answers already"),
        done);
  }
  MakeEarlierActive(absl::UnixEpoch(), *record);
  v1::DataSetVersion version;
  auto prepared = Prepare(*data_set, record->active_version(), "", version);
  if (!prepared.ok()) return Finish(prepared.status(), done);
  CommitAndInstall(
      [this, id = *id, response](Transaction& txn) {
        auto record = records_.Get(txn, id);
        if (!record.ok()) return record.status();
        MakeEarlierActive(txn.now(), *record);
        *response = *std::move(record);
        return records_.Put(txn, id, *response);
      },
      std::move(prepared->install), std::move(done));
}

}  // namespace heimweg::reference
