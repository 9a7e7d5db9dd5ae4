// DataSetRecords: how data sets lie in their store.
//
//   table       logged  id                         record
//   1 data set  yes     {data_set}                 DataSet without description
//   2 version   yes     {data_set}/{number, 10}    DataSetVersion
//   3 part      no      {version's id}/{part, 6}   up to 1 MiB of the file
//
// A data set that nothing was imported for has no record.
#ifndef HEIMWEG_SERVICES_REFERENCE_DATA_SET_RECORDS_H_
#define HEIMWEG_SERVICES_REFERENCE_DATA_SET_RECORDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/wrappers.pb.h"
#include "heimweg/reference/v1/data_set.pb.h"
#include "services/reference/data_set_name.h"
#include "storage/engine.h"
#include "storage/table.h"
#include "storage/transaction.h"

namespace heimweg::reference {

google::protobuf::Timestamp Timestamp(absl::Time time);

// Errors beside those that are named: those of storage::Reader. Thread-safe.
class DataSetRecords {
 public:
  using DataSet = v1::DataSet;
  using Version = v1::DataSetVersion;

  DataSetRecords();

  // The data set with its name; without a record, only that.
  absl::StatusOr<DataSet> Get(const storage::Reader& reader,
                              absl::string_view data_set) const;
  absl::Status Put(storage::Transaction& txn, absl::string_view data_set,
                   const DataSet& record) const;

  // NOT_FOUND if there is none.
  absl::StatusOr<Version> GetVersion(const storage::Reader& reader,
                                     const VersionId& id) const;
  // The newest first.
  absl::StatusOr<std::vector<Version>> Versions(
      const storage::Reader& reader, absl::string_view data_set) const;
  absl::Status PutVersion(storage::Transaction& txn, const VersionId& id,
                          const Version& version) const;
  // With its parts.
  absl::Status EraseVersion(storage::Transaction& txn, const VersionId& id,
                            const Version& version) const;

  absl::StatusOr<std::string> GetPart(const storage::Reader& reader,
                                      const VersionId& id, int32_t part) const;
  absl::Status PutPart(storage::Transaction& txn, const VersionId& id,
                       int32_t part, absl::string_view bytes) const;
  // All parts together.
  absl::StatusOr<std::string> File(const storage::Reader& reader,
                                   const VersionId& id,
                                   const Version& version) const;

 private:
  const storage::Table<DataSet> data_sets_;
  const storage::Table<Version> versions_;
  const storage::Table<google::protobuf::BytesValue> parts_;
};

}  // namespace heimweg::reference

#endif  // HEIMWEG_SERVICES_REFERENCE_DATA_SET_RECORDS_H_
