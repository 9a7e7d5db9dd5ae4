// OfferImport: one stream of Import: batches of rows, each one durable edit,
// upserted by source and external id.
#ifndef HEIMWEG_SERVICES_OFFERS_OFFER_IMPORT_H_
#define HEIMWEG_SERVICES_OFFERS_OFFER_IMPORT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "google/protobuf/field_mask.pb.h"
#include "heimweg/type/v1/import.pb.h"
#include "services/offers/field_mask.h"
#include "services/offers/id_source.h"
#include "services/offers/likeness.h"
#include "services/offers/offer_intake.h"
#include "services/offers/offer_kind.h"
#include "services/offers/offer_tables.h"
#include "services/offers/offer_writes.h"
#include "services/offers/request_checks.h"
#include "services/offers/resource_name.h"
#include "services/server/errors.h"
#include "storage/store.h"

namespace heimweg::offers {

// OK, or why a request of so many rows and bytes is refused.
absl::Status CheckImportSize(int rows, size_t bytes);

// Calls of Import must not overlap; its Done may come later, in order.
// Thread-compatible.
template <OfferKind Kind>
class OfferImport {
 public:
  using Offer = typename Kind::Offer;
  using Request = typename Kind::ImportRequest;
  using Response = typename Kind::ImportResponse;
  using Done = std::function<void(absl::StatusOr<Response>)>;

  // All references must outlive this and the edits that it hands over.
  OfferImport(const OfferTables<Kind>& tables, const OfferIntake<Kind>& intake,
              const OfferWrites<Kind>& writes, IdSource& ids,
              storage::Store& store)
      : tables_(tables),
        intake_(intake),
        writes_(writes),
        ids_(ids),
        store_(store) {}

  // Stores the rows. `now` is when new ids are chosen. `done` gets the result
  // of every row when they are durable; INVALID_ARGUMENT: the parent;
  // RESOURCE_EXHAUSTED: too large.
  void Import(Request request, absl::Time now, Done done) {
    absl::Status checked =
        CheckRequest(request, Kind::OffersIn(request).size());
    if (!checked.ok()) {
      done(checked);
      return;
    }
    auto batch = std::make_shared<Batch>();
    batch->network = network_;
    batch->first_row = next_row_;
    batch->rows.reserve(Kind::OffersIn(request).size());
    for (Offer& row : Kind::OffersIn(request)) {
      batch->rows.push_back(Accept(std::move(row), now));
    }
    next_row_ += static_cast<int64_t>(batch->rows.size());
    batch->response.set_next_row(next_row_);
    store_.Commit(
        [tables = &tables_, writes = &writes_,
         batch](storage::Transaction& txn) {
          return batch->Store(*tables, *writes, txn);
        },
        [batch, done = std::move(done)](absl::Status stored) {
          if (stored.ok()) {
            done(std::move(batch->response));
          } else {
            done(std::move(stored));
          }
        });
  }

 private:
  using Result = type::v1::ImportRowResult;

  struct Row {
    Offer offer;
    std::string new_key;  // If there is none with its key of an import.
    Blocks blocks;        // As a new offer.
    std::vector<server::Violation> violations;  // As a new offer.
    bool has_key = false;                       // Source and external id.
  };

  struct Batch {
    std::string network;
    int64_t first_row = 0;
    std::vector<Row> rows;
    Response response;

    // May run again: overwrites the results.
    absl::Status Store(const OfferTables<Kind>& tables,
                       const OfferWrites<Kind>& writes,
                       storage::Transaction& txn) {
      response.clear_results();
      for (const Row& row : rows) {
        Result& result = *response.add_results();
        result.set_row(first_row + response.results_size() - 1);
        absl::Status stored = StoreRow(tables, writes, txn, row, result);
        if (!stored.ok()) return stored;
      }
      response.set_revision(txn.revision());
      return absl::OkStatus();
    }

    absl::Status StoreRow(const OfferTables<Kind>& tables,
                          const OfferWrites<Kind>& writes,
                          storage::Transaction& txn, const Row& row,
                          Result& result) const {
      if (!row.has_key) return Reject(row.violations, result);
      auto key = tables.FindExternal(txn, network, row.offer.source(),
                                     row.offer.external_id());
      if (!key.ok()) return key.status();
      if (key->has_value()) {
        return Replace(tables, writes, txn, **key, row, result);
      }
      if (!row.violations.empty()) return Reject(row.violations, result);
      Offer offer = row.offer;
      result.set_outcome(Result::OUTCOME_CREATED);
      result.set_name(OfferName(Kind::kCollection, row.new_key));
      return writes.InsertAlone(txn, row.new_key, row.blocks, offer);
    }

    static absl::Status Replace(const OfferTables<Kind>& tables,
                                const OfferWrites<Kind>& writes,
                                storage::Transaction& txn,
                                const std::string& key, const Row& row,
                                Result& result) {
      auto stored = tables.Find(txn, key);
      if (!stored.ok()) return stored.status();
      if (!stored->has_value()) return absl::DataLossError("index row alone");
      Offer changed = (*stored)->record;
      ReplaceFields(google::protobuf::FieldMask(), kFixedFields, row.offer,
                    changed);
      auto replaced = writes.Replace(txn, **stored, changed);
      if (!replaced.ok()) return replaced.status();
      if (!replaced->violations.empty()) {
        return Reject(replaced->violations, result);
      }
      result.set_outcome(replaced->written ? Result::OUTCOME_UPDATED
                                           : Result::OUTCOME_UNCHANGED);
      result.set_name(changed.name());
      return absl::OkStatus();
    }

    static absl::Status Reject(const std::vector<server::Violation>& violations,
                               Result& result) {
      result.set_outcome(Result::OUTCOME_REJECTED);
      for (const server::Violation& violation : violations) {
        type::v1::FieldViolation& told = *result.add_violations();
        told.set_field(violation.field);
        told.set_description(violation.description);
      }
      return absl::OkStatus();
    }
  };

  absl::Status CheckRequest(const Request& request, int rows) {
    server::FieldChecks checks;
    if (!request.parent().empty() || network_.empty()) {
      const auto network = CheckParent(request.parent(), false, checks);
      if (network.has_value()) {
        if (!network_.empty() && network_ != *network) {
          checks.Add("parent", "must be the same in all requests");
        }
        network_ = *network;
      }
    }
    if (!checks.ok()) return server::InvalidFields(std::move(checks).Take());
    return CheckImportSize(rows, request.ByteSizeLong());
  }

  Row Accept(Offer&& accepted, absl::Time now) const {
    Row row;
    row.offer = std::move(accepted);
    row.violations = intake_.Accept(row.offer);
    const Offer& offer = row.offer;
    row.has_key = !offer.source().empty() && !offer.external_id().empty();
    if (offer.source().empty() && offer.external_id().empty()) {
      row.violations.push_back({"source", "is required"});
    }
    if (offer.external_id().empty()) {
      row.violations.push_back({"external_id", "is required"});
    }
    if (row.violations.empty()) {
      row.new_key = OfferKey(network_, ids_.NewId(now));
      row.blocks = Kind::BlocksOf(row.offer);
    }
    return row;
  }

  const OfferTables<Kind>& tables_;
  const OfferIntake<Kind>& intake_;
  const OfferWrites<Kind>& writes_;
  IdSource& ids_;
  storage::Store& store_;
  std::string network_;  // Empty before the first request.
  int64_t next_row_ = 0;
};

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_OFFER_IMPORT_H_
