// PlaceService on the wire: forwards every method to a PlaceBook.
#ifndef HEIMWEG_SERVICES_REFERENCE_PLACE_SERVICE_H_
#define HEIMWEG_SERVICES_REFERENCE_PLACE_SERVICE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include "heimweg/places/v1/place_service.grpc.pb.h"
#include "services/reference/place_book.h"
#include "services/server/edge.h"

namespace heimweg::reference {

// Thread-safe.
class PlaceService final : public places::v1::PlaceService::CallbackService {
 public:
  // Both outlive this.
  PlaceService(const PlaceBook& book, server::Edge& edge)
      : book_(book), edge_(edge) {}

  grpc::ServerUnaryReactor* LookupPlace(
      grpc::CallbackServerContext* context,
      const places::v1::LookupPlaceRequest* request,
      places::v1::LookupPlaceResponse* response) override;
  grpc::ServerUnaryReactor* SuggestPlaces(
      grpc::CallbackServerContext* context,
      const places::v1::SuggestPlacesRequest* request,
      places::v1::SuggestPlacesResponse* response) override;
  grpc::ServerUnaryReactor* ListDistricts(
      grpc::CallbackServerContext* context,
      const places::v1::ListDistrictsRequest* request,
      places::v1::ListDistrictsResponse* response) override;
  grpc::ServerUnaryReactor* ListMunicipalities(
      grpc::CallbackServerContext* context,
      const places::v1::ListMunicipalitiesRequest* request,
      places::v1::ListMunicipalitiesResponse* response) override;
  grpc::ServerUnaryReactor* ComputeDistance(
      grpc::CallbackServerContext* context,
      const places::v1::ComputeDistanceRequest* request,
      places::v1::ComputeDistanceResponse* response) override;
  grpc::ServerUnaryReactor* ComputeCommute(
      grpc::CallbackServerContext* context,
      const places::v1::ComputeCommuteRequest* request,
      places::v1::ComputeCommuteResponse* response) override;
  grpc::ServerUnaryReactor* GetGazetteer(
      grpc::CallbackServerContext* context,
      const places::v1::GetGazetteerRequest* request,
      places::v1::GetGazetteerResponse* response) override;

 private:
  const PlaceBook& book_;
  server::Edge& edge_;
};

}  // namespace heimweg::reference

#endif  // HEIMWEG_SERVICES_REFERENCE_PLACE_SERVICE_H_
