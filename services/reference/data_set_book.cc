#include "services/reference/data_set_book.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "services/reference/data_set_name.h"
#include "services/server/errors.h"
#include "storage/transaction.h"

namespace heimweg::reference {
namespace {

using ::heimweg::storage::Reader;
using ::heimweg::storage::Transaction;

constexpr size_t kLargestPart = 1 << 20;
constexpr int64_t kLargestFile = int64_t{512} << 20;
constexpr size_t kLongestFileName = 200;
constexpr size_t kLongestSource = 500;
constexpr absl::Duration kKeepUploads = absl::Hours(24);

absl::Status Invalid(const char* field, const char* expected) {
  return server::InvalidFields({{field, expected}});
}

absl::Status AppendPart(const DataSetRecords& records, Transaction& txn,
                        const VersionId& id,
                        const v1::UploadDataSetPartRequest& request,
                        v1::DataSetVersion& version) {
  if (version.state() != v1::DataSetVersion::STATE_UPLOADING) {
    return absl::FailedPreconditionError("the version is no upload any more");
  }
  if (request.part() > version.parts()) {
    return absl::FailedPreconditionError(
        absl::StrCat("parts come in order; expected part ", version.parts()));
  }
  if (request.part() < version.parts()) {
    const auto stored = records.GetPart(txn, id, request.part());
    if (!stored.ok()) return stored.status();
    if (*stored == request.content()) return absl::OkStatus();
    return absl::FailedPreconditionError(
        "the part is there already, with other bytes");
  }
  const auto size = static_cast<int64_t>(request.content().size());
  if (version.size_bytes() + size > kLargestFile) {
    return absl::ResourceExhaustedError("a file has at most 512 MiB");
  }
  version.set_parts(version.parts() + 1);
  version.set_size_bytes(version.size_bytes() + size);
  absl::Status put =
      records.PutPart(txn, id, request.part(), request.content());
  put.Update(records.PutVersion(txn, id, version));
  return put;
}

}  // namespace

DataSetBook::DataSetBook(storage::Store& store,
                         const std::vector<DataSet*>& data_sets)
    : store_(store), data_sets_(data_sets) {}

absl::StatusOr<std::unique_ptr<DataSetBook>> DataSetBook::Open(
    storage::Store& store, const std::vector<DataSet*>& data_sets) {
  std::unique_ptr<DataSetBook> book(new DataSetBook(store, data_sets));
  const absl::Status installed = book->InstallActive();
  if (!installed.ok()) return installed;
  return book;
}

absl::Status DataSetBook::InstallActive() {
  const auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  for (DataSet* data_set : data_sets_) {
    const auto record = records_.Get(**reader, data_set->id());
    if (!record.ok()) return record.status();
    if (record->active_version().empty()) continue;
    v1::DataSetVersion version;
    const auto prepared =
        Prepare(*data_set, record->active_version(), "", version);
    if (!prepared.ok()) {
      return absl::FailedPreconditionError(
          absl::StrCat(record->active_version(),
                       " cannot answer: ", prepared.status().message()));
    }
    prepared->install();
  }
  return absl::OkStatus();
}

absl::Status DataSetBook::NoSuchDataSet() const {
  std::vector<std::string> ids;
  ids.reserve(data_sets_.size());
  for (const DataSet* one : data_sets_) ids.push_back(one->id());
  return absl::NotFoundError(absl::StrCat(
      "there is no such data set; known are ", absl::StrJoin(ids, ", ")));
}

DataSet* DataSetBook::Find(absl::string_view data_set) const {
  const auto found =
      std::find_if(data_sets_.begin(), data_sets_.end(),
                   [&](const DataSet* one) { return one->id() == data_set; });
  return found == data_sets_.end() ? nullptr : *found;
}

absl::Status DataSetBook::ListDataSets(
    const server::Call& /*call*/, const v1::ListDataSetsRequest& /*request*/,
    v1::ListDataSetsResponse* response) const {
  const auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  std::map<std::string, v1::DataSet> by_name;
  for (const DataSet* data_set : data_sets_) {
    auto record = records_.Get(**reader, data_set->id());
    if (!record.ok()) return record.status();
    record->set_description(data_set->description());
    const std::string name = record->name();
    by_name[name] = *std::move(record);
  }
  for (auto& [name, record] : by_name) {
    *response->add_data_sets() = std::move(record);
  }
  return absl::OkStatus();
}

absl::Status DataSetBook::ListVersions(
    const server::Call& /*call*/, const v1::ListDataSetVersionsRequest& request,
    v1::ListDataSetVersionsResponse* response) const {
  const auto data_set = ParseDataSetName(request.parent());
  if (!data_set.has_value()) {
    return Invalid("parent", "expected dataSets/{data_set}");
  }
  if (Find(*data_set) == nullptr) return NoSuchDataSet();
  const auto reader = store_.Read();
  if (!reader.ok()) return reader.status();
  auto versions = records_.Versions(**reader, *data_set);
  if (!versions.ok()) return versions.status();
  *response->mutable_versions() = {versions->begin(), versions->end()};
  return absl::OkStatus();
}

absl::Status DataSetBook::EraseOld(Transaction& txn, absl::string_view data_set,
                                   const v1::DataSet& record) const {
  const auto versions = records_.Versions(txn, data_set);
  if (!versions.ok()) return versions.status();
  for (const v1::DataSetVersion& version : *versions) {
    const auto& earlier = record.earlier_versions();
    const bool needed =
        version.name() == record.active_version() ||
        std::find(earlier.begin(), earlier.end(), version.name()) !=
            earlier.end() ||
        absl::FromUnixSeconds(version.create_time().seconds()) + kKeepUploads >
            txn.now();
    const auto id = ParseVersionName(version.name());
    if (needed || !id.has_value()) continue;
    absl::Status erased = records_.EraseVersion(txn, *id, version);
    if (!erased.ok()) return erased;
  }
  return absl::OkStatus();
}

void DataSetBook::CreateVersion(const server::Call& /*call*/,
                                const v1::CreateDataSetVersionRequest& request,
                                v1::DataSetVersion* response, Done done) {
  const auto data_set = ParseDataSetName(request.parent());
  std::vector<server::Violation> wrong;
  if (!data_set.has_value()) {
    wrong.push_back({"parent", "expected dataSets/{data_set}"});
  }
  const std::string& file_name = request.version().file_name();
  if (file_name.empty() || file_name.size() > kLongestFileName) {
    wrong.push_back({"version.file_name", "expected 1 to 200 characters"});
  }
  if (request.version().source().size() > kLongestSource) {
    wrong.push_back({"version.source", "expected at most 500 characters"});
  }
  if (!wrong.empty()) return done(server::InvalidFields(wrong));
  if (Find(*data_set) == nullptr) return done(NoSuchDataSet());
  store_.Commit(
      [this, id = *data_set, &request, response](Transaction& txn) {
        auto record = records_.Get(txn, id);
        if (!record.ok()) return record.status();
        absl::Status status = EraseOld(txn, id, *record);
        record->set_last_version(record->last_version() + 1);
        const VersionId version{id, record->last_version()};
        response->Clear();
        response->set_name(VersionName(version));
        response->set_state(v1::DataSetVersion::STATE_UPLOADING);
        response->set_file_name(request.version().file_name());
        response->set_source(request.version().source());
        *response->mutable_create_time() = Timestamp(txn.now());
        status.Update(records_.Put(txn, id, *record));
        status.Update(records_.PutVersion(txn, version, *response));
        return status;
      },
      std::move(done));
}

void DataSetBook::UploadPart(const server::Call& /*call*/,
                             const v1::UploadDataSetPartRequest& request,
                             v1::DataSetVersion* response, Done done) {
  const auto id = ParseVersionName(request.name());
  std::vector<server::Violation> wrong;
  if (!id.has_value()) {
    wrong.push_back({"name", "expected dataSets/{data_set}/versions/{number}"});
  }
  if (request.part() < 0) wrong.push_back({"part", "expected 0 or more"});
  if (request.content().empty() || request.content().size() > kLargestPart) {
    wrong.push_back({"content", "expected 1 byte to 1 MiB"});
  }
  if (!wrong.empty()) return done(server::InvalidFields(wrong));
  store_.Commit(
      [this, id = *id, &request, response](Transaction& txn) {
        auto version = records_.GetVersion(txn, id);
        if (!version.ok()) return version.status();
        *response = *std::move(version);
        return AppendPart(records_, txn, id, request, *response);
      },
      std::move(done));
}

}  // namespace heimweg::reference
