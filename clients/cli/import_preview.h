// A dry run: what an import would do, by looking at what is stored. It cannot
// know which rows the service would reject.
#ifndef HEIMWEG_CLIENTS_CLI_IMPORT_PREVIEW_H_
#define HEIMWEG_CLIENTS_CLI_IMPORT_PREVIEW_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "clients/cli/import_input.h"
#include "clients/cli/import_report.h"
#include "clients/cli/offer_service.h"

namespace heimweg::cli {

// Thread-compatible. What it is made of outlives it.
class ImportPreview {
 public:
  ImportPreview(OfferService& service, std::string parent, ImportInput& input,
                ImportReport& report);

  // Returns when every row was compared. The errors of input and service.
  absl::Status Run();

 private:
  absl::Status Compare(const ImportBatch& batch, size_t row);

  OfferService& service_;
  const std::string parent_;
  ImportInput& input_;
  ImportReport& report_;
};

// Top-level fields that `row` sets and that an import of it would change in
// `stored`; what the service adds itself does not count.
std::vector<std::string> ChangedFields(const google::protobuf::Message& row,
                                       const google::protobuf::Message& stored);

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_IMPORT_PREVIEW_H_
