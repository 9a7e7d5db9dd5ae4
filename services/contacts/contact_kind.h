// ContactKind: what is particular to contacts among the offers: rules, index
// terms, filter. See services/offers/offer_kind.h for what each part means.
#ifndef HEIMWEG_SERVICES_CONTACTS_CONTACT_KIND_H_
#define HEIMWEG_SERVICES_CONTACTS_CONTACT_KIND_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/contacts/v1/contact_service.pb.h"
#include "services/occupations/catalog_source.h"
#include "services/offers/likeness.h"
#include "services/server/errors.h"

namespace heimweg::contacts {

// The messages of ContactService and their fields that are named after
// contacts.
struct ContactMessages {
  using Offer = v1::Contact;
  using Filter = v1::ContactFilter;
  using Change = v1::ContactChange;
  using CreateRequest = v1::CreateContactRequest;
  using GetRequest = v1::GetContactRequest;
  using ListRequest = v1::ListContactsRequest;
  using ListResponse = v1::ListContactsResponse;
  using UpdateRequest = v1::UpdateContactRequest;
  using DeleteRequest = v1::DeleteContactRequest;
  using BatchGetRequest = v1::BatchGetContactsRequest;
  using BatchGetResponse = v1::BatchGetContactsResponse;
  using ImportRequest = v1::ImportContactsRequest;
  using ImportResponse = v1::ImportContactsResponse;
  using WatchRequest = v1::WatchContactsRequest;
  using WatchResponse = v1::WatchContactsResponse;

  static const Offer& OfferOf(const CreateRequest& create) {
    return create.contact();
  }
  static const Offer& OfferOf(const UpdateRequest& update) {
    return update.contact();
  }
  static Offer& OfferOf(Change& change) { return *change.mutable_contact(); }
  static const std::string& IdOf(const CreateRequest& create) {
    return create.contact_id();
  }
  static google::protobuf::RepeatedPtrField<Offer>& OffersIn(
      ImportRequest& import) {
    return *import.mutable_contacts();
  }
  static Offer& AddOffer(ListResponse& listed) {
    return *listed.add_contacts();
  }
  static Offer& AddOffer(BatchGetResponse& got) { return *got.add_contacts(); }
};

// Stateless.
struct ContactKind : ContactMessages {
  static constexpr absl::string_view kCollection = "contacts";
  static constexpr absl::string_view kOne = "contact";
  static constexpr absl::Duration kLifetime = absl::Hours(24 * 365);

  static std::vector<server::Violation> Violations(const Offer& contact);
  static void SetOutputOnly(const occupations::OccupationCatalog& catalog,
                            Offer& contact);

  // Its type.
  static std::vector<std::string> Terms(const Offer& contact);

  // By the rules that the README of this room states.
  static offers::Blocks BlocksOf(const Offer& contact);
  static int Likeness(const Offer& a, const Offer& b);

  static std::vector<server::Violation> FilterViolations(const Filter& filter);
  static std::optional<std::string> Term(const Filter& filter);
  static bool Matches(const Filter& filter, const Offer& contact);
};

}  // namespace heimweg::contacts

#endif  // HEIMWEG_SERVICES_CONTACTS_CONTACT_KIND_H_
