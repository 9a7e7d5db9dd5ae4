// DataSetBook: the imported data sets of a store and what may be done with
// them, free of gRPC.
#ifndef HEIMWEG_SERVICES_REFERENCE_DATA_SET_BOOK_H_
#define HEIMWEG_SERVICES_REFERENCE_DATA_SET_BOOK_H_

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "heimweg/reference/v1/data_set.pb.h"
#include "heimweg/reference/v1/data_set_service.pb.h"
#include "services/reference/data_set.h"
#include "services/reference/data_set_records.h"
#include "services/server/call.h"
#include "storage/store.h"

namespace heimweg::reference {

// The methods are those of heimweg.reference.v1.DataSetService, whose comments
// say what they mean and which errors they have. What changes something calls
// `done` when the change is durable; until then request and response must live.
// Activate and RollBack read and check a whole file on the caller's thread.
// Thread-safe.
class DataSetBook {
 public:
  using Done = std::function<void(absl::Status)>;

  // Lets the active versions answer. FAILED_PRECONDITION if one cannot be read
  // any more; the message names it. `store` and `data_sets` outlive the book;
  // their order is that in which they are prepared.
  static absl::StatusOr<std::unique_ptr<DataSetBook>> Open(
      storage::Store& store, const std::vector<DataSet*>& data_sets);

  absl::Status ListDataSets(const server::Call& call,
                            const v1::ListDataSetsRequest& request,
                            v1::ListDataSetsResponse* response) const;
  absl::Status ListVersions(const server::Call& call,
                            const v1::ListDataSetVersionsRequest& request,
                            v1::ListDataSetVersionsResponse* response) const;
  void CreateVersion(const server::Call& call,
                     const v1::CreateDataSetVersionRequest& request,
                     v1::DataSetVersion* response, Done done);
  void UploadPart(const server::Call& call,
                  const v1::UploadDataSetPartRequest& request,
                  v1::DataSetVersion* response, Done done);
  void Activate(const server::Call& call,
                const v1::ActivateDataSetVersionRequest& request,
                v1::ActivateDataSetVersionResponse* response, Done done);
  void RollBack(const server::Call& call,
                const v1::RollBackDataSetRequest& request,
                v1::DataSet* response, Done done);

 private:
  DataSetBook(storage::Store& store, const std::vector<DataSet*>& data_sets);

  absl::Status InstallActive();
  // Null if there is none of that id.
  DataSet* Find(absl::string_view data_set) const;
  absl::Status NoSuchDataSet() const;
  // The version that `name` names ("" : none) made ready; fills in `version`.
  absl::StatusOr<PreparedDataSet> Prepare(DataSet& data_set,
                                          absl::string_view name,
                                          absl::string_view sha256,
                                          v1::DataSetVersion& version) const;
  absl::Status EraseOld(storage::Transaction& txn, absl::string_view data_set,
                        const v1::DataSet& record) const;
  // Commits, then installs; `done` last.
  void CommitAndInstall(storage::Store::Edit edit,
                        std::function<void()> install, Done done);
  // Lets the next change begin, then calls `done`.
  void Finish(absl::Status status, const Done& done);

  storage::Store& store_;
  const std::vector<DataSet*> data_sets_;
  const DataSetRecords records_;
  // One activation or roll back at a time: what a data set prepares may rest on
  // the state of the others.
  std::atomic<bool> changing_ = false;
};

}  // namespace heimweg::reference

#endif  // HEIMWEG_SERVICES_REFERENCE_DATA_SET_BOOK_H_
