// The rules of the fields that all kinds of offers share (1 to 19), as the
// comments in the protos state them. Where an offer lies is place_resolver.h's.
#ifndef HEIMWEG_SERVICES_OFFERS_COMMON_RULES_H_
#define HEIMWEG_SERVICES_OFFERS_COMMON_RULES_H_

#include <array>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "google/protobuf/timestamp.pb.h"
#include "heimweg/type/v1/offer.pb.h"
#include "services/server/field_checks.h"

namespace heimweg::offers {

// What only the service changes.
inline constexpr std::array<absl::string_view, 6> kFixedFields = {
    "name",        "etag",           "create_time",
    "update_time", "place.resolved", "duplicate_of"};

absl::Time ToTime(const google::protobuf::Timestamp& time);
google::protobuf::Timestamp ToTimestamp(absl::Time time);

void CheckValidity(const type::v1::ValidityPeriod& validity,
                   server::FieldChecks& checks);
void CheckContactPerson(const type::v1::ContactPerson& person,
                        server::FieldChecks& checks);
// `source` is the key of an import together with `external_id`.
void CheckSource(absl::string_view source, absl::string_view external_id,
                 absl::string_view source_uri, server::FieldChecks& checks);

// Which names `same_as` may hold is the kind's: OfferIntake.
void CheckRuling(const type::v1::DuplicateRuling& ruling,
                 server::FieldChecks& checks);

template <typename Offer>
void CheckCommonFields(const Offer& offer, server::FieldChecks& checks) {
  checks.Known("state", offer.state(), type::v1::OfferState_IsValid);
  checks.RequiredText("title", offer.title(), 200);
  checks.Text("description", offer.description(), 20'000);
  if (!offer.language_code().empty()) {
    checks.Language("language_code", offer.language_code());
  }
  if (offer.has_validity()) CheckValidity(offer.validity(), checks);
  CheckSource(offer.source(), offer.external_id(), offer.source_uri(), checks);
  if (offer.has_verified_time()) {
    checks.Time("verified_time", offer.verified_time());
  }
  if (offer.has_capacity()) {
    checks.Range("capacity", offer.capacity(), 1, 100'000);
  }
  checks.Known("visibility", offer.visibility(), type::v1::Visibility_IsValid);
  if (offer.has_contact_person()) {
    CheckContactPerson(offer.contact_person(), checks);
  }
  if (offer.has_duplicate_ruling()) {
    CheckRuling(offer.duplicate_ruling(), checks);
  }
}

// Gives what was not said its stored default. `created` is when the offer was
// or is created.
template <typename Offer>
void SetDefaults(absl::Time created, absl::Duration lifetime, Offer& offer) {
  if (offer.state() == type::v1::OFFER_STATE_UNSPECIFIED) {
    offer.set_state(type::v1::OFFER_STATE_DRAFT);
  }
  if (offer.visibility() == type::v1::VISIBILITY_UNSPECIFIED) {
    offer.set_visibility(type::v1::VISIBILITY_PUBLIC);
  }
  if (offer.language_code().empty()) offer.set_language_code("de");
  if (!offer.validity().has_end_time()) {
    const absl::Time start = offer.validity().has_start_time()
                                 ? ToTime(offer.validity().start_time())
                                 : created;
    *offer.mutable_validity()->mutable_end_time() =
        ToTimestamp(start + lifetime);
  }
}

}  // namespace heimweg::offers

#endif  // HEIMWEG_SERVICES_OFFERS_COMMON_RULES_H_
