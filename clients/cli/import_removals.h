// What an import takes away: offers that the partner has deleted, and those
// that a full load no longer has.
#ifndef HEIMWEG_CLIENTS_CLI_IMPORT_REMOVALS_H_
#define HEIMWEG_CLIENTS_CLI_IMPORT_REMOVALS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cli/import_input.h"
#include "clients/cli/import_report.h"
#include "clients/cli/offer_service.h"
#include "clients/cli/session.h"

namespace heimweg::cli {

struct RemovalOptions {
  std::string parent;
  bool dry_run = false;
  // Whether a full load may remove more than `most_percent`, or rows of it were
  // rejected without their key.
  bool confirmed = false;
  // Of what was stored of a source before, 0 to 100.
  double most_percent = 20;
};

// To be used once the files were read well and every row was answered.
//
// Thread-compatible. What it is made of outlives it.
class ImportRemovals {
 public:
  ImportRemovals(Session& session, OfferService& service,
                 RemovalOptions options, ImportReport& report);

  // FAILED_PRECONDITION, after the single deletions but before anything of a
  // full load is removed, if it needs confirmation; the service's errors.
  absl::Status Run(const ImportRequests& requests);

 private:
  struct Removal {
    std::string name;
    std::string etag;
    std::string title;
  };
  struct Absent {
    std::string source;
    std::vector<Removal> offers;
    int64_t stored = 0;  // of the source
  };

  // Calls `keep` with every stored offer that the filter lets through.
  template <typename OnOffer>
  absl::Status ForEachStored(const google::protobuf::Message& filter,
                             const OnOffer& on_offer);
  absl::Status DeleteByKey(const ExternalKey& key);
  absl::StatusOr<Absent> FindAbsent(
      const std::string& source,
      const absl::flat_hash_set<uint64_t>& external_ids);
  absl::Status CheckShare(const Absent& absent) const;
  absl::Status Remove(const Removal& removal);

  Session& session_;
  OfferService& service_;
  const RemovalOptions options_;
  ImportReport& report_;
};

}  // namespace heimweg::cli

#endif  // HEIMWEG_CLIENTS_CLI_IMPORT_REMOVALS_H_
