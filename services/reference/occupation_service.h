// OccupationService on the wire: forwards every method to an OccupationBook.
#ifndef HEIMWEG_SERVICES_REFERENCE_OCCUPATION_SERVICE_H_
#define HEIMWEG_SERVICES_REFERENCE_OCCUPATION_SERVICE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include "heimweg/occupations/v1/occupation_service.grpc.pb.h"
#include "services/reference/occupation_book.h"
#include "services/server/edge.h"

namespace heimweg::reference {

// Thread-safe.
class OccupationService final
    : public ::heimweg::occupations::v1::OccupationService::CallbackService {
 public:
  // Both outlive this.
  OccupationService(const OccupationBook& book, server::Edge& edge)
      : book_(book), edge_(edge) {}

  grpc::ServerUnaryReactor* ResolveTitles(
      grpc::CallbackServerContext* context,
      const ::heimweg::occupations::v1::ResolveTitlesRequest* request,
      ::heimweg::occupations::v1::ResolveTitlesResponse* response) override;
  grpc::ServerUnaryReactor* SuggestOccupations(
      grpc::CallbackServerContext* context,
      const ::heimweg::occupations::v1::SuggestOccupationsRequest* request,
      ::heimweg::occupations::v1::SuggestOccupationsResponse* response)
      override;
  grpc::ServerUnaryReactor* ResolveSkills(
      grpc::CallbackServerContext* context,
      const ::heimweg::occupations::v1::ResolveSkillsRequest* request,
      ::heimweg::occupations::v1::ResolveSkillsResponse* response) override;
  grpc::ServerUnaryReactor* SuggestSkills(
      grpc::CallbackServerContext* context,
      const ::heimweg::occupations::v1::SuggestSkillsRequest* request,
      ::heimweg::occupations::v1::SuggestSkillsResponse* response) override;
  grpc::ServerUnaryReactor* GetOccupation(
      grpc::CallbackServerContext* context,
      const ::heimweg::occupations::v1::GetOccupationRequest* request,
      ::heimweg::occupations::v1::KnownOccupation* response) override;
  grpc::ServerUnaryReactor* ListOccupations(
      grpc::CallbackServerContext* context,
      const ::heimweg::occupations::v1::ListOccupationsRequest* request,
      ::heimweg::occupations::v1::ListOccupationsResponse* response) override;

 private:
  const OccupationBook& book_;
  server::Edge& edge_;
};

}  // namespace heimweg::reference

#endif  // HEIMWEG_SERVICES_REFERENCE_OCCUPATION_SERVICE_H_
