// OfferIntake: makes an offer as a client sent it ready to be stored: what only
// the service says is taken out or set, the place is resolved, every rule is
// checked.
#ifndef HEIMWEG_SERVICES_OFFERS_OFFER_INTAKE_H_
#define HEIMWEG_SERVICES_OFFERS_OFFER_INTAKE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "heimweg/type/v1/offer.pb.h"
#include "heimweg/type/v1/place.pb.h"
#include "services/occupations/catalog_source.h"
#include "services/offers/common_rules.h"
#include "services/offers/offer_kind.h"
#include "services/offers/place_resolver.h"
#include "services/offers/resource_name.h"
#include "services/server/errors.h"
#include "services/server/field_checks.h"

namespace heimweg::offers {

// The place as it was said, without what was made of it.
inline std::string SaidPlace(type::v1::Place place) {
  place.clear_resolved();
  return place.SerializeAsString();
}

// Thread-safe.
template <OfferKind Kind>
class OfferIntake {
 public:
  using Offer = typename Kind::Offer;

  // `places` must outlive this.
  OfferIntake(const PlaceResolver& places, occupations::CatalogSource catalog)
      : places_(places), catalog_(std::move(catalog)) {}

  // For a new offer. Returns every broken rule, with paths from its root.
  std::vector<server::Violation> Accept(Offer& offer) const {
    ClearOutputOnly(offer);
    Kind::SetOutputOnly(*catalog_(), offer);
    server::FieldChecks checks;
    if (offer.has_place()) {
      places_.Resolve("place", *offer.mutable_place(), checks);
    }
    Check(offer, checks);
    return std::move(checks).Take();
  }

  // For a stored offer that was changed, with the gazetteer that answers now.
  // A place that was not changed itself stays as it was found if it is not
  // found any more, so that a newer gazetteer hinders no other change.
  std::vector<server::Violation> AcceptChange(const Offer& stored,
                                              Offer& changed) const {
    Kind::SetOutputOnly(*catalog_(), changed);
    server::FieldChecks checks;
    if (SaidPlace(changed.place()) == SaidPlace(stored.place())) {
      server::FieldChecks anew;
      if (stored.has_place()) {
        places_.Resolve("place", *changed.mutable_place(), anew);
      }
      if (!anew.ok()) *changed.mutable_place() = stored.place();
    } else if (changed.has_place()) {
      places_.Resolve("place", *changed.mutable_place(), checks);
    }
    Check(changed, checks);
    return std::move(checks).Take();
  }

 private:
  static void Check(const Offer& offer, server::FieldChecks& checks) {
    checks.AddAll(Kind::Violations(offer));
    const type::v1::DuplicateRuling& ruling = offer.duplicate_ruling();
    if (ruling.has_same_as() &&
        !ParseOfferName(Kind::kCollection, ruling.same_as()).has_value()) {
      checks.Add("duplicate_ruling.same_as",
                 absl::StrCat("must be networks/{network}/", Kind::kCollection,
                              "/{", Kind::kOne, "}"));
    }
  }

  static void ClearOutputOnly(Offer& offer) {
    offer.clear_name();
    offer.clear_etag();
    offer.clear_create_time();
    offer.clear_update_time();
    offer.clear_duplicate_of();
  }

  const PlaceResolver& places_;
  const occupations::CatalogSource catalog_;
};

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_OFFER_INTAKE_H_
