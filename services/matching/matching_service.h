// MatchingService: heimweg.matching.v1.MatchingService over gRPC. It only
// forwards to the matcher and the runs.
#ifndef HEIMWEG_SERVICES_MATCHING_MATCHING_SERVICE_H_
#define HEIMWEG_SERVICES_MATCHING_MATCHING_SERVICE_H_

#include "heimweg/matching/v1/matching_service.grpc.pb.h"
#include "services/matching/matcher.h"
#include "services/matching/profile_runs.h"
#include "services/server/arena_messages.h"
#include "services/server/edge.h"

namespace heimweg::matching {

// Thread-safe.
class MatchingService : public v1::MatchingService::CallbackService {
 public:
  // All outlive this.
  MatchingService(const Matcher& matcher, ProfileRuns& runs, server::Edge& edge)
      : matcher_(matcher), runs_(runs), edge_(edge) {
    SetMessageAllocatorFor_RankOffers(&ranking_messages_);
  }

  grpc::ServerUnaryReactor* RankOffers(
      grpc::CallbackServerContext* context,
      const v1::RankOffersRequest* request,
      v1::RankOffersResponse* response) override;
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
  grpc::ServerWriteReactor<v1::RankProfilesResponse>* RankProfiles(
      grpc::CallbackServerContext* context,
      const v1::RankProfilesRequest* request) override;
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
  server::ArenaMessages<v1::RankOffersRequest, v1::RankOffersResponse>
      ranking_messages_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_MATCHING_SERVICE_H_
