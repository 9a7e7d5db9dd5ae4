// OfferFacts: what the engine of standing wishes keeps of a changed offer. What
// it is worth is the index's affair.
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_OFFER_FACTS_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_OFFER_FACTS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "heimweg/type/v1/offer.pb.h"
#include "services/matching/standing/match_records.h"

namespace heimweg::matching {

struct OfferFacts {
  std::string name;
  std::string etag;
  bool published = false;                   // false also if it was deleted
  absl::Time begin = absl::InfinitePast();  // of its validity, inside
  absl::Time end = absl::InfiniteFuture();  // outside
  absl::Time updated = absl::InfinitePast();
  int32_t capacity = 1;

  // Whether it may be ranked at `now`, as far as its state says.
  bool IsLive(absl::Time now) const {
    return published && begin <= now && now < end;
  }
};

inline OfferFacts DeletedOffer(absl::string_view name) {
  OfferFacts facts;
  facts.name = std::string(name);
  return facts;
}

// Of a job, home or contact.
template <typename Offer>
OfferFacts FactsOf(const Offer& offer) {
  OfferFacts facts;
  facts.name = offer.name();
  facts.etag = offer.etag();
  facts.published = offer.state() == type::v1::OFFER_STATE_PUBLISHED;
  facts.updated = TimeOf(offer.update_time());
  facts.begin =
      TimeOf(offer.validity().has_start_time() ? offer.validity().start_time()
                                               : offer.create_time());
  if (offer.validity().has_end_time()) {
    facts.end = TimeOf(offer.validity().end_time());
  }
  if (offer.has_capacity()) facts.capacity = offer.capacity();
  return facts;
}

// What is known of an offer by its match alone.
inline OfferFacts FactsOfMatch(const v1::StoredMatch& match) {
  OfferFacts facts;
  facts.name = match.match().offer();
  facts.etag = match.offer_etag();
  facts.published = true;
  if (match.has_offer_expire_time()) {
    facts.end = TimeOf(match.offer_expire_time());
  }
  facts.capacity = match.offer_capacity();
  return facts;
}

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_OFFER_FACTS_H_
