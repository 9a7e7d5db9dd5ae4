// OfferWrites: Create, Update and Delete of one kind of offers. What needs no
// stored state is checked on the caller's thread; the rest happens in an edit
// on the store's commit thread, which also finishes the call.
#ifndef HEIMWEG_SERVICES_OFFERS_OFFER_WRITES_H_
#define HEIMWEG_SERVICES_OFFERS_OFFER_WRITES_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/offers/common_rules.h"
#include "services/offers/field_mask.h"
#include "services/offers/likeness.h"
#include "services/offers/offer_intake.h"
#include "services/offers/offer_kind.h"
#include "services/offers/offer_links.h"
#include "services/offers/offer_tables.h"
#include "services/offers/request_checks.h"
#include "services/offers/resource_name.h"
#include "services/server/call.h"
#include "services/server/errors.h"
#include "storage/requests.h"
#include "storage/store.h"
#include "storage/transaction.h"

namespace heimweg::offers {

// Requests, responses and calls live until Done was called. Thread-safe.
template <OfferKind Kind>
class OfferWrites {
 public:
  using Offer = typename Kind::Offer;
  using CreateRequest = typename Kind::CreateRequest;
  using UpdateRequest = typename Kind::UpdateRequest;
  using DeleteRequest = typename Kind::DeleteRequest;
  using Done = storage::Store::Done;
  using Transaction = storage::Transaction;

  // All references must outlive this.
  OfferWrites(const OfferTables<Kind>& tables, const OfferIntake<Kind>& intake,
              const OfferLinks<Kind>& links, storage::Store& store)
      : tables_(tables), intake_(intake), links_(links), store_(store) {}

  // `new_id` is taken if the request names no id.
  void Create(const server::Call& call, const CreateRequest& request,
              const std::string& new_id, Offer* response, const Done& done) {
    Offer offer = Kind::OfferOf(request);
    server::FieldChecks checks;
    const auto network = CheckParent(request.parent(), false, checks);
    CheckRequestId(request.request_id(), checks);
    const std::string& id = Kind::IdOf(request);
    if (!id.empty() && !IsResourceId(id)) {
      checks.Add(server::Field(absl::StrCat(Kind::kOne, "_id").c_str()),
                 "must be 1 to 63 of a-z, 0-9 and -");
    }
    checks.AddAll(server::Below(Kind::kOne, intake_.Accept(offer)));
    if (!checks.ok()) {
      done(server::InvalidFields(std::move(checks).Take()));
      return;
    }
    std::string key = OfferKey(*network, id.empty() ? new_id : id);
    store_.Commit(
        [this, key = std::move(key), offer = std::move(offer), response,
         repeat = KeyOf(call, "Create", request)](Transaction& txn) {
          return Once(txn, repeat, key, response, [&] {
            *response = offer;
            return Insert(txn, key, *response);
          });
        },
        done);
  }

  void Update(const server::Call& call, const UpdateRequest& request,
              Offer* response, const Done& done) {
    const Offer& offer = Kind::OfferOf(request);
    server::FieldChecks checks;
    const auto key = CheckName(server::Field(Kind::kOne, "name"),
                               Kind::kCollection, offer.name(), checks);
    CheckRequestId(request.request_id(), checks);
    checks.AddAll(MaskViolations(*Offer::descriptor(), request.update_mask(),
                                 kFixedFields));
    if (!checks.ok()) {
      done(server::InvalidFields(std::move(checks).Take()));
      return;
    }
    store_.Commit(
        [this, key = *key, &request, response,
         repeat = KeyOf(call, "Update", request)](Transaction& txn) {
          return Once(txn, repeat, key, response,
                      [&] { return Change(txn, key, request, *response); });
        },
        done);
  }

  void Delete(const server::Call& call, const DeleteRequest& request,
              const Done& done) {
    server::FieldChecks checks;
    const auto key =
        CheckName("name", Kind::kCollection, request.name(), checks);
    CheckRequestId(request.request_id(), checks);
    if (!checks.ok()) {
      done(server::InvalidFields(std::move(checks).Take()));
      return;
    }
    store_.Commit(
        [this, key = *key, &request,
         repeat = KeyOf(call, "Delete", request)](Transaction& txn) {
          return Once(txn, repeat, key, nullptr, [&]() -> absl::Status {
            auto row = tables_.rows().Find(txn, key);
            if (!row.ok()) return row.status();
            if (!row->has_value()) return tables_.Missing(key);
            absl::Status fresh = CheckEtag(request.etag(), **row);
            return fresh.ok() ? links_.Erase(txn, key) : fresh;
          });
        },
        done);
  }

  // Stores a new offer that was accepted: defaults, times, name and etag are
  // set in it. ALREADY_EXISTS if the key or the key of an import is taken.
  absl::Status Insert(Transaction& txn, const std::string& key,
                      Offer& offer) const {
    auto row = tables_.rows().Find(txn, key);
    if (!row.ok()) return row.status();
    if (row->has_value()) {
      return absl::AlreadyExistsError(
          absl::StrCat(OfferName(Kind::kCollection, key), " exists already"));
    }
    absl::Status stored = CheckAlone(txn, key, offer);
    if (stored.ok()) {
      stored = InsertAlone(txn, key, Kind::BlocksOf(offer), offer);
    }
    return stored.ok() ? links_.Meet(txn, key) : stored;
  }

  // Insert where neither key is taken nor known to anybody. `blocks` are
  // Kind::BlocksOf(offer).
  absl::Status InsertAlone(Transaction& txn, const std::string& key,
                           const Blocks& blocks, Offer& offer) const {
    SetDefaults(txn.now(), Kind::kLifetime, offer);
    *offer.mutable_create_time() = ToTimestamp(txn.now());
    *offer.mutable_update_time() = offer.create_time();
    return links_.Insert(txn, key, blocks, offer);
  }

  // What became of a change of a stored offer.
  struct Replaced {
    bool written = false;  // False: it said the same already, or violations.
    std::vector<server::Violation> violations;
  };

  // Stores `changed` in the place of `stored` and sets its defaults, times,
  // name and etag.
  absl::StatusOr<Replaced> Replace(
      Transaction& txn, const typename OfferTables<Kind>::Row& stored,
      Offer& changed) const {
    Replaced replaced;
    replaced.violations = intake_.AcceptChange(stored.record, changed);
    if (changed.duplicate_ruling().same_as() ==
        OfferName(Kind::kCollection, stored.id)) {
      replaced.violations.push_back(
          {"duplicate_ruling.same_as", "must be another offer"});
    }
    if (!replaced.violations.empty()) return replaced;
    SetDefaults(ToTime(stored.record.create_time()), Kind::kLifetime, changed);
    changed.clear_name();
    changed.clear_etag();
    if (changed.SerializeAsString() == stored.record.SerializeAsString()) {
      changed.set_name(OfferName(Kind::kCollection, stored.id));
      changed.set_etag(Etag(stored.revision));
      return replaced;
    }
    absl::Status alone = CheckAlone(txn, stored.id, changed);
    if (!alone.ok()) return alone;
    *changed.mutable_update_time() = ToTimestamp(txn.now());
    absl::Status put = links_.Replace(txn, stored, changed);
    if (!put.ok()) return put;
    replaced.written = true;
    return replaced;
  }

 private:
  // Runs `change` unless the same request was carried out before; then
  // `response`, if there is one, gets the offer that it led to.
  template <typename Edit>
  absl::Status Once(Transaction& txn, const RequestKey& repeat,
                    const std::string& key, Offer* response,
                    const Edit& change) const {
    if (repeat.id.empty()) return change();
    auto before = requests_.Find(txn, repeat.View());
    if (!before.ok()) return before.status();
    if (before->has_value()) {
      return response == nullptr ? absl::OkStatus()
                                 : Answer(txn, **before, *response);
    }
    absl::Status changed = change();
    return changed.ok() ? requests_.Remember(txn, repeat.View(), key) : changed;
  }

  absl::Status Answer(const Transaction& txn, const std::string& key,
                      Offer& response) const {
    auto row = tables_.Find(txn, key);
    if (!row.ok()) return row.status();
    if (!row->has_value()) return tables_.Missing(key);
    response = OfferTables<Kind>::PublicView(**std::move(row));
    return absl::OkStatus();
  }

  absl::Status Change(Transaction& txn, const std::string& key,
                      const UpdateRequest& request, Offer& response) const {
    auto row = tables_.Find(txn, key);
    if (!row.ok()) return row.status();
    if (!row->has_value()) return tables_.Missing(key);
    const Offer& offer = Kind::OfferOf(request);
    absl::Status fresh = CheckEtag(offer.etag(), **row);
    if (!fresh.ok()) return fresh;
    response = (*row)->record;
    ReplaceFields(request.update_mask(), kFixedFields, offer, response);
    auto replaced = Replace(txn, **row, response);
    if (!replaced.ok()) return replaced.status();
    return server::InvalidFields(
        server::Below(Kind::kOne, std::move(replaced->violations)));
  }

  static absl::Status CheckEtag(absl::string_view etag,
                                const typename OfferTables<Kind>::Row& row) {
    if (etag.empty() || etag == Etag(row.revision)) return absl::OkStatus();
    return absl::AbortedError(
        absl::StrCat(OfferName(Kind::kCollection, row.id),
                     " has changed since it was read: read it again"));
  }

  // ALREADY_EXISTS if another offer of the network has the same source and
  // external id.
  absl::Status CheckAlone(const Transaction& txn, absl::string_view key,
                          const Offer& offer) const {
    if (offer.external_id().empty()) return absl::OkStatus();
    auto other = tables_.FindExternal(txn, key.substr(0, key.find('/')),
                                      offer.source(), offer.external_id());
    if (!other.ok()) return other.status();
    if (!other->has_value() || **other == key) return absl::OkStatus();
    return absl::AlreadyExistsError(
        absl::StrCat(OfferName(Kind::kCollection, **other),
                     " has the same source and external_id"));
  }

  const OfferTables<Kind>& tables_;
  const OfferIntake<Kind>& intake_;
  const OfferLinks<Kind>& links_;
  storage::Store& store_;
  const storage::RequestLog requests_;
};

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_OFFER_WRITES_H_
