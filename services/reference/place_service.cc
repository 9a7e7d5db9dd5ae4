#include "services/reference/place_service.h"

#include "services/server/call.h"

namespace heimweg::reference {

using ::heimweg::server::Call;

grpc::ServerUnaryReactor* PlaceService::LookupPlace(
    grpc::CallbackServerContext* context,
    const places::v1::LookupPlaceRequest* request,
    places::v1::LookupPlaceResponse* response) {
  return edge_.Unary(
      context, "heimweg.places.v1.PlaceService/LookupPlace", request, response,
      [this](const Call& call, const places::v1::LookupPlaceRequest& request,
             places::v1::LookupPlaceResponse* response) {
        return book_.Lookup(call, request, response);
      });
}

grpc::ServerUnaryReactor* PlaceService::SuggestPlaces(
    grpc::CallbackServerContext* context,
    const places::v1::SuggestPlacesRequest* request,
    places::v1::SuggestPlacesResponse* response) {
  return edge_.Unary(
      context, "heimweg.places.v1.PlaceService/SuggestPlaces", request,
      response,
      [this](const Call& call, const places::v1::SuggestPlacesRequest& request,
             places::v1::SuggestPlacesResponse* response) {
        return book_.Suggest(call, request, response);
      });
}

grpc::ServerUnaryReactor* PlaceService::ListDistricts(
    grpc::CallbackServerContext* context,
    const places::v1::ListDistrictsRequest* request,
    places::v1::ListDistrictsResponse* response) {
  return edge_.Unary(
      context, "heimweg.places.v1.PlaceService/ListDistricts", request,
      response,
      [this](const Call& call, const places::v1::ListDistrictsRequest& request,
             places::v1::ListDistrictsResponse* response) {
        return book_.ListDistricts(call, request, response);
      });
}

grpc::ServerUnaryReactor* PlaceService::ListMunicipalities(
    grpc::CallbackServerContext* context,
    const places::v1::ListMunicipalitiesRequest* request,
    places::v1::ListMunicipalitiesResponse* response) {
  return edge_.Unary(
      context, "heimweg.places.v1.PlaceService/ListMunicipalities", request,
      response,
      [this](const Call& call,
             const places::v1::ListMunicipalitiesRequest& request,
             places::v1::ListMunicipalitiesResponse* response) {
        return book_.ListMunicipalities(call, request, response);
      });
}

grpc::ServerUnaryReactor* PlaceService::ComputeDistance(
    grpc::CallbackServerContext* context,
    const places::v1::ComputeDistanceRequest* request,
    places::v1::ComputeDistanceResponse* response) {
  return edge_.Unary(context, "heimweg.places.v1.PlaceService/ComputeDistance",
                     request, response,
                     [this](const Call& call,
                            const places::v1::ComputeDistanceRequest& request,
                            places::v1::ComputeDistanceResponse* response) {
                       return book_.Distance(call, request, response);
                     });
}

grpc::ServerUnaryReactor* PlaceService::ComputeCommute(
    grpc::CallbackServerContext* context,
    const places::v1::ComputeCommuteRequest* request,
    places::v1::ComputeCommuteResponse* response) {
  return edge_.Unary(
      context, "heimweg.places.v1.PlaceService/ComputeCommute", request,
      response,
      [this](const Call& call, const places::v1::ComputeCommuteRequest& request,
             places::v1::ComputeCommuteResponse* response) {
        return book_.Commute(call, request, response);
      });
}

grpc::ServerUnaryReactor* PlaceService::GetGazetteer(
    grpc::CallbackServerContext* context,
    const places::v1::GetGazetteerRequest* request,
    places::v1::GetGazetteerResponse* response) {
  return edge_.Unary(
      context, "heimweg.places.v1.PlaceService/GetGazetteer", request, response,
      [this](const Call& call, const places::v1::GetGazetteerRequest& request,
             places::v1::GetGazetteerResponse* response) {
        return book_.Gazetteer(call, request, response);
      });
}

}  // namespace heimweg::reference
