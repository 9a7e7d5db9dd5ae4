// DataSet: what an imported file means to the service that answers from it.
#ifndef HEIMWEG_SERVICES_REFERENCE_DATA_SET_H_
#define HEIMWEG_SERVICES_REFERENCE_DATA_SET_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace heimweg::reference {

// A file as it was downloaded.
struct DataSetFile {
  std::string name;  // without folders: "DE.txt"
  std::string bytes;
};

// A file that was checked whole, ready to answer.
struct PreparedDataSet {
  std::string summary;  // "23,297 places in 8,154 postcodes"
  // Rows that were left out, with the reason; the first ones suffice.
  std::vector<std::string> remarks;
  // Lets it answer in one step, e.g. by swapping a shared_ptr<const T>. Quick:
  // it runs on the store's commit thread. Not called if only a check was asked
  // for, or if the activation could not be stored.
  std::function<void()> install;
};

// Prepare and install are called for one data set of a book at a time, each
// install before the next Prepare.
class DataSet {
 public:
  virtual ~DataSet() = default;

  // [a-z0-9-]{1,63}, never changed: "geonames".
  virtual std::string id() const = 0;
  // In a line: "GeoNames' postal code file, DE.txt".
  virtual std::string description() const = 0;

  // Reads the file and makes ready what answers from it; null means to answer
  // from the product's own data again. Changes nothing that answers. Any error
  // is the file's: its message says where (line, element) and what was
  // expected.
  virtual absl::StatusOr<PreparedDataSet> Prepare(const DataSetFile* file) = 0;
};

}  // namespace heimweg::reference

#endif  // HEIMWEG_SERVICES_REFERENCE_DATA_SET_H_
