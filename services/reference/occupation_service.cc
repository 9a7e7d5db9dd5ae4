#include "services/reference/occupation_service.h"

#include "services/server/call.h"

namespace heimweg::reference {

using ::heimweg::server::Call;

grpc::ServerUnaryReactor* OccupationService::ResolveTitles(
    grpc::CallbackServerContext* context,
    const occupations::v1::ResolveTitlesRequest* request,
    occupations::v1::ResolveTitlesResponse* response) {
  return edge_.Unary(
      context, "heimweg.occupations.v1.OccupationService/ResolveTitles",
      request, response,
      [this](const Call& call,
             const occupations::v1::ResolveTitlesRequest& request,
             occupations::v1::ResolveTitlesResponse* response) {
        return book_.ResolveTitles(call, request, response);
      });
}

grpc::ServerUnaryReactor* OccupationService::SuggestOccupations(
    grpc::CallbackServerContext* context,
    const occupations::v1::SuggestOccupationsRequest* request,
    occupations::v1::SuggestOccupationsResponse* response) {
  return edge_.Unary(
      context, "heimweg.occupations.v1.OccupationService/SuggestOccupations",
      request, response,
      [this](const Call& call,
             const occupations::v1::SuggestOccupationsRequest& request,
             occupations::v1::SuggestOccupationsResponse* response) {
        return book_.SuggestOccupations(call, request, response);
      });
}

grpc::ServerUnaryReactor* OccupationService::ResolveSkills(
    grpc::CallbackServerContext* context,
    const occupations::v1::ResolveSkillsRequest* request,
    occupations::v1::ResolveSkillsResponse* response) {
  return edge_.Unary(
      context, "heimweg.occupations.v1.OccupationService/ResolveSkills",
      request, response,
      [this](const Call& call,
             const occupations::v1::ResolveSkillsRequest& request,
             occupations::v1::ResolveSkillsResponse* response) {
        return book_.ResolveSkills(call, request, response);
      });
}

grpc::ServerUnaryReactor* OccupationService::SuggestSkills(
    grpc::CallbackServerContext* context,
    const occupations::v1::SuggestSkillsRequest* request,
    occupations::v1::SuggestSkillsResponse* response) {
  return edge_.Unary(
      context, "heimweg.occupations.v1.OccupationService/SuggestSkills",
      request, response,
      [this](const Call& call,
             const occupations::v1::SuggestSkillsRequest& request,
             occupations::v1::SuggestSkillsResponse* response) {
        return book_.SuggestSkills(call, request, response);
      });
}

grpc::ServerUnaryReactor* OccupationService::GetOccupation(
    grpc::CallbackServerContext* context,
    const occupations::v1::GetOccupationRequest* request,
    occupations::v1::KnownOccupation* response) {
  return edge_.Unary(
      context, "heimweg.occupations.v1.OccupationService/GetOccupation",
      request, response,
      [this](const Call& call,
             const occupations::v1::GetOccupationRequest& request,
             occupations::v1::KnownOccupation* response) {
        return book_.GetOccupation(call, request, response);
      });
}

grpc::ServerUnaryReactor* OccupationService::ListOccupations(
    grpc::CallbackServerContext* context,
    const occupations::v1::ListOccupationsRequest* request,
    occupations::v1::ListOccupationsResponse* response) {
  return edge_.Unary(
      context, "heimweg.occupations.v1.OccupationService/ListOccupations",
      request, response,
      [this](const Call& call,
             const occupations::v1::ListOccupationsRequest& request,
             occupations::v1::ListOccupationsResponse* response) {
        return book_.ListOccupations(call, request, response);
      });
}

}  // namespace heimweg::reference
