// HomeKind: what is particular to homes among the offers: rules, index terms,
// filter. See services/offers/offer_kind.h for what each part means.
#ifndef HEIMWEG_SERVICES_HOUSING_HOME_KIND_H_
#define HEIMWEG_SERVICES_HOUSING_HOME_KIND_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/housing/v1/home_service.pb.h"
#include "services/occupations/catalog_source.h"
#include "services/offers/likeness.h"
#include "services/server/errors.h"

namespace heimweg::housing {

// The messages of HomeService and their fields that are named after homes.
struct HomeMessages {
  using Offer = v1::Home;
  using Filter = v1::HomeFilter;
  using Change = v1::HomeChange;
  using CreateRequest = v1::CreateHomeRequest;
  using GetRequest = v1::GetHomeRequest;
  using ListRequest = v1::ListHomesRequest;
  using ListResponse = v1::ListHomesResponse;
  using UpdateRequest = v1::UpdateHomeRequest;
  using DeleteRequest = v1::DeleteHomeRequest;
  using BatchGetRequest = v1::BatchGetHomesRequest;
  using BatchGetResponse = v1::BatchGetHomesResponse;
  using ImportRequest = v1::ImportHomesRequest;
  using ImportResponse = v1::ImportHomesResponse;
  using WatchRequest = v1::WatchHomesRequest;
  using WatchResponse = v1::WatchHomesResponse;

  static const Offer& OfferOf(const CreateRequest& create) {
    return create.home();
  }
  static const Offer& OfferOf(const UpdateRequest& update) {
    return update.home();
  }
  static Offer& OfferOf(Change& change) { return *change.mutable_home(); }
  static const std::string& IdOf(const CreateRequest& create) {
    return create.home_id();
  }
  static google::protobuf::RepeatedPtrField<Offer>& OffersIn(
      ImportRequest& import) {
    return *import.mutable_homes();
  }
  static Offer& AddOffer(ListResponse& listed) { return *listed.add_homes(); }
  static Offer& AddOffer(BatchGetResponse& got) { return *got.add_homes(); }
};

// Stateless.
struct HomeKind : HomeMessages {
  static constexpr absl::string_view kCollection = "homes";
  static constexpr absl::string_view kOne = "home";
  static constexpr absl::Duration kLifetime = absl::Hours(24 * 60);

  static std::vector<server::Violation> Violations(const Offer& home);
  static void SetOutputOnly(const occupations::OccupationCatalog& catalog,
                            Offer& home);

  // Its tenure.
  static std::vector<std::string> Terms(const Offer& home);

  // By the rules that the README of this room states.
  static offers::Blocks BlocksOf(const Offer& home);
  static int Likeness(const Offer& a, const Offer& b);

  static std::vector<server::Violation> FilterViolations(const Filter& filter);
  static std::optional<std::string> Term(const Filter& filter);
  static bool Matches(const Filter& filter, const Offer& home);
};

}  // namespace heimweg::housing

#endif  // HEIMWEG_SERVICES_HOUSING_HOME_KIND_H_
