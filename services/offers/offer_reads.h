// OfferReads: Get, List and BatchGet of one kind of offers. They read one
// snapshot of the store, on the caller's thread.
#ifndef HEIMWEG_SERVICES_OFFERS_OFFER_READS_H_
#define HEIMWEG_SERVICES_OFFERS_OFFER_READS_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "heimweg/type/v1/offer.pb.h"
#include "services/feeds/token.h"
#include "services/offers/offer_filter.h"
#include "services/offers/offer_kind.h"
#include "services/offers/offer_tables.h"
#include "services/offers/request_checks.h"
#include "services/offers/resource_name.h"
#include "services/server/errors.h"
#include "storage/store.h"

namespace heimweg::offers {

// Thread-safe.
template <OfferKind Kind>
class OfferReads {
 public:
  using Offer = typename Kind::Offer;

  // All references must outlive this. A List request looks at no more than
  // `looks_per_page` offers.
  OfferReads(const OfferTables<Kind>& tables, const storage::Store& store,
             const std::function<absl::Time()>& clock, size_t looks_per_page)
      : tables_(tables),
        store_(store),
        clock_(clock),
        looks_per_page_(looks_per_page) {}

  absl::Status Get(const typename Kind::GetRequest& request,
                   Offer* response) const {
    server::FieldChecks checks;
    const auto key =
        CheckName("name", Kind::kCollection, request.name(), checks);
    CheckView(request.view(), checks);
    if (!checks.ok()) return server::InvalidFields(std::move(checks).Take());
    auto reader = store_.Read();
    if (!reader.ok()) return reader.status();
    auto row = tables_.rows().Find(**reader, *key);
    if (!row.ok()) return row.status();
    if (!row->has_value()) return tables_.Missing(*key);
    *response = OfferTables<Kind>::PublicView(**std::move(row));
    return AddPersonal(**reader, request.view(), {response});
  }

  absl::Status List(const typename Kind::ListRequest& request,
                    typename Kind::ListResponse* response) const {
    const OfferFilter<Kind> filter(request.filter(), clock_());
    server::FieldChecks checks;
    const auto network = CheckParent(request.parent(), true, checks);
    const int size = CheckPageSize(request.page_size(), checks);
    CheckView(request.view(), checks);
    checks.AddAll(server::Below("filter", filter.Violations()));
    const std::string query = QueryOf(request);
    storage::TableScan scan;
    if (!request.page_token().empty()) {
      const auto position = feeds::ParsePageToken(query, request.page_token());
      if (position.has_value()) {
        scan.after_id = *position;
      } else {
        checks.Add("page_token", "must be of the same request");
      }
    }
    if (!checks.ok()) return server::InvalidFields(std::move(checks).Take());
    scan.id_prefix = KeyPrefix(*network);
    scan.term = filter.Term();
    auto reader = store_.Read();
    if (!reader.ok()) return reader.status();
    std::vector<Offer*> page;
    auto next = Fill(**reader, scan, filter, size, *response, page);
    if (!next.ok()) return next.status();
    if (!next->empty())
      response->set_next_page_token(feeds::PageToken(query, *next));
    return AddPersonal(**reader, request.view(), page);
  }

  absl::Status BatchGet(const typename Kind::BatchGetRequest& request,
                        typename Kind::BatchGetResponse* response) const {
    server::FieldChecks checks;
    const std::vector<std::string> keys = CheckNames(request, checks);
    if (!checks.ok()) return server::InvalidFields(std::move(checks).Take());
    auto reader = store_.Read();
    if (!reader.ok()) return reader.status();
    auto rows = tables_.rows().MultiGet(**reader, keys);
    if (!rows.ok()) return rows.status();
    std::vector<std::string> missing;
    std::vector<Offer*> found;
    for (size_t i = 0; i < keys.size(); ++i) {
      if (!(*rows)[i].has_value()) {
        missing.push_back(keys[i]);
        continue;
      }
      Offer& offer = Kind::AddOffer(*response);
      offer = OfferTables<Kind>::PublicView(*std::move((*rows)[i]));
      found.push_back(&offer);
    }
    if (!missing.empty()) return NoneOf(missing);
    return AddPersonal(**reader, request.view(), found);
  }

 private:
  static void CheckView(type::v1::OfferView view, server::FieldChecks& checks) {
    checks.Known("view", view, type::v1::OfferView_IsValid);
  }

  // Adds the matches of `scan` to `response` and `page`. Returns the key after
  // which the next page begins; empty if there is none.
  absl::StatusOr<std::string> Fill(const storage::Reader& reader,
                                   const storage::TableScan& scan,
                                   const OfferFilter<Kind>& filter, int size,
                                   typename Kind::ListResponse& response,
                                   std::vector<Offer*>& page) const {
    std::string last = scan.after_id;
    bool more = false;
    size_t looks = 0;
    size_t bytes = 0;
    absl::Status visited = tables_.rows().Visit(
        reader, scan, [&](typename OfferTables<Kind>::Row row) {
          const bool full =
              static_cast<int>(page.size()) == size || bytes >= kMostPageBytes;
          const bool match = filter.Matches(row.record);
          if ((full && match) || looks == looks_per_page_) {
            more = true;
            return false;
          }
          ++looks;
          last = row.id;
          if (!match) return true;
          bytes += row.record.ByteSizeLong();
          page.push_back(&Kind::AddOffer(response));
          *page.back() = OfferTables<Kind>::PublicView(std::move(row));
          return true;
        });
    if (!visited.ok()) return visited;
    return more ? last : std::string();
  }

  static std::vector<std::string> CheckNames(
      const typename Kind::BatchGetRequest& request,
      server::FieldChecks& checks) {
    const auto network = CheckParent(request.parent(), true, checks);
    CheckView(request.view(), checks);
    if (request.names().empty()) checks.Add("names", "is required");
    checks.Count("names", request.names_size(), kMostPerMessage);
    std::vector<std::string> keys;
    for (int i = 0; i < request.names_size(); ++i) {
      auto key = CheckName(server::Field("names", i), Kind::kCollection,
                           request.names(i), checks);
      if (!key.has_value() || !network.has_value()) continue;
      if (!absl::StartsWith(*key, KeyPrefix(*network))) {
        checks.Add(server::Field("names", i), "must lie in parent");
      }
      keys.push_back(*std::move(key));
    }
    return keys;
  }

  static absl::Status NoneOf(const std::vector<std::string>& keys) {
    // All of them might not fit into the metadata that carry the message.
    constexpr size_t kMostNamed = 20;
    std::string message = "there is no";
    for (size_t i = 0; i < keys.size() && i < kMostNamed; ++i) {
      absl::StrAppend(&message, i == 0 ? " " : ", ",
                      OfferName(Kind::kCollection, keys[i]));
    }
    if (keys.size() > kMostNamed) {
      absl::StrAppend(&message, ", and ", keys.size() - kMostNamed, " more");
    }
    return absl::NotFoundError(message);
  }

  absl::Status AddPersonal(const storage::Reader& reader,
                           type::v1::OfferView view,
                           const std::vector<Offer*>& offers) const {
    if (view != type::v1::OFFER_VIEW_FULL) return absl::OkStatus();
    return tables_.AddPersonal(reader, offers);
  }

  const OfferTables<Kind>& tables_;
  const storage::Store& store_;
  const std::function<absl::Time()>& clock_;
  const size_t looks_per_page_;
};

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_OFFER_READS_H_
