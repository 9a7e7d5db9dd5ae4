// OfferFilter: which stored offers a List request asks for, and where to look
// for them.
#ifndef HEIMWEG_SERVICES_OFFERS_OFFER_FILTER_H_
#define HEIMWEG_SERVICES_OFFERS_OFFER_FILTER_H_

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "heimweg/type/v1/offer.pb.h"
#include "services/offers/common_rules.h"
#include "services/offers/index_terms.h"
#include "services/offers/offer_kind.h"
#include "services/server/errors.h"
#include "services/server/field_checks.h"

namespace heimweg::offers {

// Prefixes of digits, `least` to `most` of them, at most 50 prefixes.
void CheckDigitPrefixes(
    absl::string_view field,
    const google::protobuf::RepeatedPtrField<std::string>& prefixes,
    size_t least, size_t most, server::FieldChecks& checks);

// Whether `text` begins with one of `prefixes`.
bool HasPrefixOf(
    absl::string_view text,
    const google::protobuf::RepeatedPtrField<std::string>& prefixes);

// Thread-compatible.
template <OfferKind Kind>
class OfferFilter {
 public:
  using Offer = typename Kind::Offer;
  using Filter = typename Kind::Filter;

  // `filter` must outlive this. Offers whose validity ended at `now` or before
  // have expired.
  OfferFilter(const Filter& filter, absl::Time now)
      : filter_(filter), now_(now) {}

  // Paths from the filter's root.
  std::vector<server::Violation> Violations() const {
    server::FieldChecks checks;
    for (int i = 0; i < filter_.states_size(); ++i) {
      checks.Known(server::Field("states", i), filter_.states(i),
                   type::v1::OfferState_IsValid);
    }
    CheckDigitPrefixes("ags_prefixes", filter_.ags_prefixes(), 2, 8, checks);
    if (!filter_.external_id().empty() && filter_.source().empty()) {
      checks.Add("source", "is required with external_id");
    }
    checks.PlainText("source", filter_.source(), 100);
    checks.PlainText("external_id", filter_.external_id(), 200);
    checks.AddAll(Kind::FilterViolations(filter_));
    return std::move(checks).Take();
  }

  // A term that every match has, the rarest that is known; nullopt: look at all
  // offers.
  std::optional<std::string> Term() const {
    if (!filter_.external_id().empty()) {
      return ExternalTerm(filter_.source(), filter_.external_id());
    }
    if (filter_.only_duplicates()) return std::string(kLinkedTerm);
    if (const std::optional<std::string> term = Kind::Term(filter_)) {
      return KindTerm(*term);
    }
    if (filter_.ags_prefixes_size() == 1 &&
        filter_.ags_prefixes(0).size() >= 5) {
      return DistrictTerm(filter_.ags_prefixes(0));
    }
    return std::nullopt;
  }

  bool Matches(const Offer& offer) const {
    if (!filter_.include_expired() && offer.validity().has_end_time() &&
        ToTime(offer.validity().end_time()) <= now_) {
      return false;
    }
    if (filter_.only_duplicates() && !offer.has_duplicate_of()) return false;
    const auto& states = filter_.states();
    if (!states.empty() && std::find(states.begin(), states.end(),
                                     offer.state()) == states.end()) {
      return false;
    }
    if (!filter_.ags_prefixes().empty() &&
        !HasPrefixOf(offer.place().resolved().ags(), filter_.ags_prefixes())) {
      return false;
    }
    if (!filter_.source().empty() && filter_.source() != offer.source()) {
      return false;
    }
    if (!filter_.external_id().empty() &&
        filter_.external_id() != offer.external_id()) {
      return false;
    }
    return Kind::Matches(filter_, offer);
  }

 private:
  const Filter& filter_;
  const absl::Time now_;
};

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_OFFER_FILTER_H_
