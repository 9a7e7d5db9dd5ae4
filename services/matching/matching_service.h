// MatchingService: heimweg.matching.v1.MatchingService over gRPC. It only
// forwards to the matcher and the runs.
#ifndef HEIMWEG_SERVICES_MATCHING_MATCHING_SERVICE_H_
#define HEIMWEG_SERVICES_MATCHING_MATCHING_SERVICE_H_

#include <grpcpp/support/byte_buffer.h>

#include "heimweg/matching/v1/matching_service.grpc.pb.h"
#include "services/matching/matcher.h"
#include "services/matching/profile_runs.h"
#include "services/server/edge.h"

namespace heimweg::matching {

// Thread-safe.
class MatchingService
    : public v1::MatchingService::WithRawCallbackMethod_RankOffers<
          v1::MatchingService::WithRawCallbackMethod_RankProfiles<
              v1::MatchingService::CallbackService>> {
 public:
  // All outlive this.
  MatchingService(const Matcher& matcher, ProfileRuns& runs, server::Edge& edge)
      : matcher_(matcher), runs_(runs), edge_(edge) {}

  // Raw: their answers are made as bytes.
  grpc::ServerUnaryReactor* RankOffers(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* RankProfiles(
      grpc::CallbackServerContext* context,
      const grpc::ByteBuffer* request) override;
  grpc::ServerUnaryReactor* ExplainMatch(
      grpc::CallbackServerContext* context,
      const v1::ExplainMatchRequest* request,
      v1::ExplainMatchResponse* response) override;
  grpc::ServerUnaryReactor* RankPackages(
      grpc::CallbackServerContext* context,
      const v1::RankPackagesRequest* request,
      v1::RankPackagesResponse* response) override;
  grpc::ServerUnaryReactor* RankRegions(
      grpc::CallbackServerContext* context,
      const v1::RankRegionsRequest* request,
      v1::RankRegionsResponse* response) override;
  grpc::ServerUnaryReactor* RankReturnees(
      grpc::CallbackServerContext* context,
      const v1::RankReturneesRequest* request,
      v1::RankReturneesResponse* response) override;
  grpc::ServerWriteReactor<v1::AssignOffersResponse>* AssignOffers(
      grpc::CallbackServerContext* context,
      const v1::AssignOffersRequest* request) override;
  grpc::ServerUnaryReactor* GetIndexStatus(
      grpc::CallbackServerContext* context,
      const v1::GetIndexStatusRequest* request,
      v1::GetIndexStatusResponse* response) override;

 private:
  const Matcher& matcher_;
  ProfileRuns& runs_;
  server::Edge& edge_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_MATCHING_SERVICE_H_
