#include "services/matching/matching_service.h"

#include <utility>

namespace heimweg::matching {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;
using server::Call;

ServerUnaryReactor* MatchingService::RankOffers(
    CallbackServerContext* context, const v1::RankOffersRequest* request,
    v1::RankOffersResponse* response) {
  return edge_.Unary(context, "heimweg.matching.v1.MatchingService/RankOffers",
                     request, response,
                     [this](const Call& call, const v1::RankOffersRequest& rank,
                            v1::RankOffersResponse* ranking) {
                       return matcher_.RankOffers(call, rank, ranking);
                     });
}

ServerUnaryReactor* MatchingService::ExplainMatch(
    CallbackServerContext* context, const v1::ExplainMatchRequest* request,
    v1::ExplainMatchResponse* response) {
  return edge_.Unary(
      context, "heimweg.matching.v1.MatchingService/ExplainMatch", request,
      response,
      [this](const Call& call, const v1::ExplainMatchRequest& explain,
             v1::ExplainMatchResponse* explanation) {
        return matcher_.ExplainMatch(call, explain, explanation);
      });
}

ServerUnaryReactor* MatchingService::GetIndexStatus(
    CallbackServerContext* context, const v1::GetIndexStatusRequest* request,
    v1::GetIndexStatusResponse* response) {
  return edge_.Unary(
      context, "heimweg.matching.v1.MatchingService/GetIndexStatus", request,
      response,
      [this](const Call& /*call*/, const v1::GetIndexStatusRequest& /*get*/,
             v1::GetIndexStatusResponse* status) {
        return matcher_.GetIndexStatus(status);
      });
}

}  // namespace heimweg::matching
