// The rules by which Gazetteer::Resolve finds the place that a query means.
#ifndef HEIMWEG_SERVICES_PLACES_PLACE_RESOLVER_H_
#define HEIMWEG_SERVICES_PLACES_PLACE_RESOLVER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/places/gazetteer.h"
#include "services/places/place_candidates.h"
#include "services/places/place_name.h"

namespace heimweg::places {

// Resolves one query; the gazetteer and the query outlive it.
// Thread-compatible.
class PlaceResolver {
 public:
  PlaceResolver(const Gazetteer& gazetteer, const PlaceQuery& query)
      : gazetteer_(gazetteer), search_(gazetteer), query_(query) {}

  // As Gazetteer::Resolve.
  absl::StatusOr<ResolvedPlace> Run();

 private:
  // Each field alone: its form, and whether the gazetteer knows it.
  absl::Status CheckFields();
  absl::Status CheckAgs() const;

  // The place, by the strongest field: name, else postcode, AGS, location.
  absl::StatusOr<PlaceCandidate> Find() const;
  absl::StatusOr<PlaceCandidate> FindByName() const;
  absl::StatusOr<PlaceCandidate> FindByNameInPostalCode(
      const PlaceName& name) const;
  absl::StatusOr<PlaceCandidate> FindByNameAnywhere(
      const PlaceName& name) const;
  absl::StatusOr<PlaceCandidate> FindByAgs() const;
  absl::StatusOr<PlaceCandidate> FindByLocation() const;
  PlaceCandidate FindByPostalCode() const;

  // Reconciles a place that another field named with the AGS given.
  absl::StatusOr<PlaceCandidate> WithAgs(PlaceCandidate found) const;

  absl::Status Ambiguous(std::vector<PlaceCandidate> candidates) const;
  std::string PlacesOfPostalCode() const;
  ResolvedPlace Finish(const PlaceCandidate& found) const;

  const Gazetteer& gazetteer_;
  const CandidateSearch search_;
  const PlaceQuery& query_;
  const PostalCode* postal_code_ = nullptr;  // null if none was given
};

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_PLACE_RESOLVER_H_
