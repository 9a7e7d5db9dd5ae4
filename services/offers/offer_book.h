// OfferBook<Kind>: the offers of one kind with everything that their service
// does (AIP-131 to 135, Import, Watch) but for the transport. All that is the
// same for every kind is in this room; all that is not is in the Kind.
#ifndef HEIMWEG_SERVICES_OFFERS_OFFER_BOOK_H_
#define HEIMWEG_SERVICES_OFFERS_OFFER_BOOK_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/feeds/token.h"
#include "services/occupations/catalog_source.h"
#include "services/offers/id_source.h"
#include "services/offers/offer_expiry.h"
#include "services/offers/offer_feed.h"
#include "services/offers/offer_import.h"
#include "services/offers/offer_intake.h"
#include "services/offers/offer_kind.h"
#include "services/offers/offer_links.h"
#include "services/offers/offer_reads.h"
#include "services/offers/offer_tables.h"
#include "services/offers/offer_writes.h"
#include "services/offers/place_resolver.h"
#include "services/offers/request_checks.h"
#include "services/offers/resource_name.h"
#include "services/places/gazetteer_source.h"
#include "services/server/call.h"
#include "services/server/errors.h"
#include "services/server/source.h"
#include "storage/store.h"

namespace heimweg::offers {

struct BookOptions {
  // Tells which offers have expired. Times of changes are the store's clock's.
  std::function<absl::Time()> clock = absl::Now;

  // What titles are resolved with.
  occupations::CatalogSource catalog = occupations::BuiltInCatalog();

  // Chooses the ids of offers: different in every process.
  uint64_t id_seed = 0;

  // How long an offer is kept after its validity ended; at least 0.
  absl::Duration keep_ended = absl::Hours(24) * 90;

  // Offers that one edit of SweepExpired erases at most; 1 to 1,000.
  size_t sweep_limit = 100;

  // Offers that one page of List looks at, matching or not; at least 1.
  size_t looks_per_page = 10'000;
};

// The service's comments in the kind's proto say what each method does and
// which errors it gives. Requests, responses and calls of those that take a
// Done live until it is called, on the store's commit thread. Thread-safe.
template <OfferKind Kind>
class OfferBook {
 public:
  using Done = storage::Store::Done;
  using Offer = typename Kind::Offer;
  using ImportDone = typename OfferImport<Kind>::Done;

  // The store, which holds this book alone, must outlive the book; the book
  // must outlive its feeds, imports and unfinished writes.
  OfferBook(storage::Store& store, places::GazetteerSource gazetteer,
            BookOptions options)
      : options_(std::move(options)),
        store_(store),
        places_(std::move(gazetteer)),
        ids_(options_.id_seed),
        intake_(places_, options_.catalog),
        reads_(tables_, store_, options_.clock, options_.looks_per_page),
        links_(tables_),
        writes_(tables_, intake_, links_, store_),
        expiry_(tables_, links_, store_) {}
  OfferBook(const OfferBook&) = delete;
  OfferBook& operator=(const OfferBook&) = delete;

  void Create(const server::Call& call,
              const typename Kind::CreateRequest& request, Offer* response,
              const Done& done) {
    writes_.Create(call, request, ids_.NewId(options_.clock()), response, done);
  }

  absl::Status Get(const typename Kind::GetRequest& request,
                   Offer* response) const {
    return reads_.Get(request, response);
  }

  absl::Status List(const typename Kind::ListRequest& request,
                    typename Kind::ListResponse* response) const {
    return reads_.List(request, response);
  }

  void Update(const server::Call& call,
              const typename Kind::UpdateRequest& request, Offer* response,
              const Done& done) {
    writes_.Update(call, request, response, done);
  }

  void Delete(const server::Call& call,
              const typename Kind::DeleteRequest& request, const Done& done) {
    writes_.Delete(call, request, done);
  }

  absl::Status BatchGet(const typename Kind::BatchGetRequest& request,
                        typename Kind::BatchGetResponse* response) const {
    return reads_.BatchGet(request, response);
  }

  // A stream of Import: call what it returns with one request after the other.
  // The book must outlive it.
  std::function<void(const server::Call&, typename Kind::ImportRequest,
                     ImportDone)>
  Import() {
    auto import = std::make_shared<OfferImport<Kind>>(tables_, intake_, writes_,
                                                      ids_, store_);
    return
        [this, import](const server::Call& /*call*/,
                       typename Kind::ImportRequest request, ImportDone done) {
          import->Import(std::move(request), options_.clock(), std::move(done));
        };
  }

  // A stream of Watch, which calls `wake` when there may be more.
  absl::StatusOr<std::unique_ptr<server::Source<typename Kind::WatchResponse>>>
  Watch(const typename Kind::WatchRequest& request, server::Wake wake) {
    server::FieldChecks checks;
    const auto network = CheckParent(request.parent(), true, checks);
    std::optional<feeds::WatchPosition> position;
    if (network.has_value() && !request.resume_token().empty()) {
      position =
          feeds::ParseWatchToken(store_.id(), *network, request.resume_token());
      if (!position.has_value()) {
        checks.Add("resume_token", "must be of this service and parent");
      }
    }
    if (!checks.ok()) return server::InvalidFields(std::move(checks).Take());
    return std::make_unique<OfferFeed<Kind>>(
        OfferTopic<Kind>(tables_, *network), store_, std::move(position),
        std::move(wake), &recent_);
  }

  // Looks anew at the duplicates whose link has ended, because the offer that
  // they repeat has, or they themselves; returns at how many. Rankings do not
  // wait for it. For a timer, as SweepExpired.
  absl::StatusOr<int> RenewLinks() {
    return expiry_.RenewLinks(options_.clock(), options_.sweep_limit);
  }

  // Erases some of the offers that ended longer ago than they are kept; returns
  // how many. For a timer: call again at once if it was sweep_limit.
  absl::StatusOr<int> SweepExpired() {
    return expiry_.Sweep(options_.clock() - options_.keep_ended,
                         options_.sweep_limit);
  }

 private:
  const BookOptions options_;
  storage::Store& store_;
  const PlaceResolver places_;
  IdSource ids_;
  const OfferTables<Kind> tables_;
  const OfferIntake<Kind> intake_;
  const OfferReads<Kind> reads_;
  const OfferLinks<Kind> links_;
  OfferWrites<Kind> writes_;
  OfferExpiry<Kind> expiry_;
  feeds::RecentMessages<typename Kind::WatchResponse> recent_;
};

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_OFFER_BOOK_H_
