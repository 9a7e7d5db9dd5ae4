// OfferPair: the rules, the same for all kinds, by which one offer may be taken
// to repeat another one; how alike two are is the kind's (likeness.h).
#ifndef HEIMWEG_SERVICES_OFFERS_OFFER_PAIR_H_
#define HEIMWEG_SERVICES_OFFERS_OFFER_PAIR_H_

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "heimweg/type/v1/offer.pb.h"
#include "services/offers/common_rules.h"
#include "services/offers/likeness.h"

namespace heimweg::offers {

// Offers are older or younger by when they were created, then by key: no two
// are of one age.
using Age = std::pair<int64_t, std::string>;

inline int64_t CreatedNs(const google::protobuf::Timestamp& created) {
  return created.seconds() * 1'000'000'000 + created.nanos();
}

// Whether the offer takes part as far as it says itself: it is published, no
// person has said what it is, and it has a block. Not whether it has ended.
template <typename Offer>
bool TakesPart(const Offer& offer, uint64_t block) {
  return block != 0 && offer.state() == type::v1::OFFER_STATE_PUBLISHED &&
         offer.duplicate_ruling().ruling_case() ==
             type::v1::DuplicateRuling::RULING_NOT_SET;
}

template <typename Offer>
bool IsLive(const Offer& offer, absl::Time now) {
  return offer.state() == type::v1::OFFER_STATE_PUBLISHED &&
         (!offer.validity().has_end_time() ||
          ToTime(offer.validity().end_time()) > now);
}

// When the offer's link to another one ends: one of the two has.
template <typename Offer>
absl::Time LinkEnd(const Offer& offer) {
  absl::Time end = absl::InfiniteFuture();
  if (offer.duplicate_of().has_end_time()) {
    end = ToTime(offer.duplicate_of().end_time());
  }
  if (offer.validity().has_end_time()) {
    end = std::min(end, ToTime(offer.validity().end_time()));
  }
  return end;
}

// Where an offer comes from, as far as pairs ask for it.
struct Origin {
  absl::string_view network;
  absl::string_view source;  // Empty: written by the network itself.
  absl::string_view external_id;
};

// Whether the two may be one at all. A source lists nothing twice; the same
// feed, read by two networks, lists the same under the same id.
inline bool MayBeOne(const Origin& a, const Origin& b) {
  if (a.source != b.source) return true;
  if (a.network == b.network) return false;
  return a.source.empty() || a.external_id == b.external_id;
}

template <typename Offer>
Origin OriginOf(absl::string_view key, const Offer& offer) {
  return {key.substr(0, key.find('/')), offer.source(), offer.external_id()};
}

// Whether whoever may see `follower` sees `leader` as well, from when it would
// be shown on.
template <typename Offer>
bool StandsFor(const Offer& leader, absl::string_view leader_network,
               const Offer& follower, absl::string_view follower_network) {
  const auto start = [](const Offer& offer) {
    return offer.validity().has_start_time()
               ? ToTime(offer.validity().start_time())
               : ToTime(offer.create_time());
  };
  // A leader that a person named may be the younger one.
  if (start(leader) > std::max({start(follower), ToTime(follower.create_time()),
                                ToTime(leader.create_time())})) {
    return false;
  }
  return leader.visibility() == type::v1::VISIBILITY_PUBLIC ||
         (leader_network == follower_network &&
          leader.visibility() <= follower.visibility());
}

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_OFFER_PAIR_H_
