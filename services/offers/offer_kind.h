// OfferKind: what a kind of offer has to say about itself so that OfferBook can
// keep it. A kind is a struct of types and static functions; JobKind in
// services/jobs/job_kind.h is the one to read.
#ifndef HEIMWEG_SERVICES_OFFERS_OFFER_KIND_H_
#define HEIMWEG_SERVICES_OFFERS_OFFER_KIND_H_

#include <concepts>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/occupations/catalog_source.h"
#include "services/offers/likeness.h"
#include "services/server/errors.h"

namespace heimweg::offers {

// The rules of a kind. Besides them a kind names the messages of its service
// and their differing fields: see OfferMessages.
template <typename K>
concept OfferRules = requires(const typename K::Offer& offer,
                              const typename K::Filter& filter,
                              const occupations::OccupationCatalog& catalog,
                              typename K::Offer& changed) {
  // Collection in names, e.g. "jobs", and one of it, e.g. "job": also the name
  // of the field that holds an offer in requests.
  { K::kCollection } -> std::convertible_to<absl::string_view>;
  { K::kOne } -> std::convertible_to<absl::string_view>;

  // How long an offer is valid that does not say until when.
  { K::kLifetime } -> std::convertible_to<absl::Duration>;

  // Every broken rule, common fields included (CheckCommonFields), with paths
  // from the offer's root.
  { K::Violations(offer) } -> std::same_as<std::vector<server::Violation>>;

  // Clears the kind's own output-only fields, or sets them to what follows from
  // the others.
  { K::SetOutputOnly(catalog, changed) } -> std::same_as<void>;

  // Texts by which the kind's filter finds offers (KindTerm).
  { K::Terms(offer) } -> std::same_as<std::vector<std::string>>;

  // Where offers lie that may be alike, from public fields alone. Two of which
  // Likeness gives kLikelyOne are of one block or near to each other.
  { K::BlocksOf(offer) } -> std::same_as<Blocks>;

  // How alike two offers are, in points (likeness.h); symmetric. Both may have
  // their personal part.
  { K::Likeness(offer, offer) } -> std::same_as<int>;

  // Every broken rule of the filter's own fields, paths from its root.
  {
    K::FilterViolations(filter)
    } -> std::same_as<std::vector<server::Violation>>;

  // One of the terms that all offers have which match the filter; nullopt if
  // there is none.
  { K::Term(filter) } -> std::same_as<std::optional<std::string>>;

  // Whether the offer matches the filter's own fields (20 and up).
  { K::Matches(filter, offer) } -> std::same_as<bool>;
};

// The messages of a kind's service, and the fields in them that are named
// after the kind.
template <typename K>
concept OfferMessages = requires(const typename K::CreateRequest& create,
                                 const typename K::UpdateRequest& update,
                                 typename K::ImportRequest& import,
                                 typename K::ListResponse& listed,
                                 typename K::BatchGetResponse& got,
                                 typename K::Change& change) {
  { K::OfferOf(create) } -> std::same_as<const typename K::Offer&>;
  { K::IdOf(create) } -> std::same_as<const std::string&>;
  { K::OfferOf(update) } -> std::same_as<const typename K::Offer&>;
  K::OffersIn(import).size();
  { K::AddOffer(listed) } -> std::same_as<typename K::Offer&>;
  { K::AddOffer(got) } -> std::same_as<typename K::Offer&>;
  { K::OfferOf(change) } -> std::same_as<typename K::Offer&>;
  typename K::GetRequest;
  typename K::ListRequest;
  typename K::DeleteRequest;
  typename K::BatchGetRequest;
  typename K::ImportResponse;
  typename K::WatchRequest;
  typename K::WatchResponse;
};

template <typename K>
concept OfferKind = OfferRules<K> && OfferMessages<K>;

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_OFFER_KIND_H_
