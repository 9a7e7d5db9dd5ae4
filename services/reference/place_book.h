// PlaceBook: what PlaceService answers, free of gRPC.
#ifndef HEIMWEG_SERVICES_REFERENCE_PLACE_BOOK_H_
#define HEIMWEG_SERVICES_REFERENCE_PLACE_BOOK_H_

#include "absl/status/status.h"
#include "heimweg/places/v1/place_service.pb.h"
#include "services/reference/place_data_sets.h"
#include "services/server/call.h"

namespace heimweg::reference {

// The methods are those of heimweg.places.v1.PlaceService, whose comments say
// what they mean and which errors they have. Thread-safe.
class PlaceBook {
 public:
  // `data_sets` outlives this.
  explicit PlaceBook(const PlaceDataSets& data_sets) : data_sets_(data_sets) {}

  absl::Status Lookup(const server::Call& call,
                      const places::v1::LookupPlaceRequest& request,
                      places::v1::LookupPlaceResponse* response) const;
  absl::Status Suggest(const server::Call& call,
                       const places::v1::SuggestPlacesRequest& request,
                       places::v1::SuggestPlacesResponse* response) const;
  absl::Status ListDistricts(const server::Call& call,
                             const places::v1::ListDistrictsRequest& request,
                             places::v1::ListDistrictsResponse* response) const;
  absl::Status ListMunicipalities(
      const server::Call& call,
      const places::v1::ListMunicipalitiesRequest& request,
      places::v1::ListMunicipalitiesResponse* response) const;
  absl::Status Distance(const server::Call& call,
                        const places::v1::ComputeDistanceRequest& request,
                        places::v1::ComputeDistanceResponse* response) const;
  absl::Status Commute(const server::Call& call,
                       const places::v1::ComputeCommuteRequest& request,
                       places::v1::ComputeCommuteResponse* response) const;
  absl::Status Gazetteer(const server::Call& call,
                         const places::v1::GetGazetteerRequest& request,
                         places::v1::GetGazetteerResponse* response) const;

 private:
  const PlaceDataSets& data_sets_;
};

}  // namespace heimweg::reference

#endif  // HEIMWEG_SERVICES_REFERENCE_PLACE_BOOK_H_
