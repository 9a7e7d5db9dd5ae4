#include "services/matching/matching_service.h"

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/server/answer_bytes.h"
#include "services/server/raw_messages.h"
#include "services/server/source.h"

namespace heimweg::matching {

using grpc::ByteBuffer;
using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;
using server::Call;

ServerUnaryReactor* MatchingService::RankOffers(CallbackServerContext* context,
                                                const ByteBuffer* request,
                                                ByteBuffer* response) {
  return edge_.Unary(
      context, "heimweg.matching.v1.MatchingService/RankOffers", request,
      response,
      [this](const Call& call, const ByteBuffer& bytes, ByteBuffer* ranking) {
        v1::RankOffersRequest rank;
        absl::Status status = server::ParseRequest(bytes, &rank);
        if (!status.ok()) return status;
        server::AnswerBytes answer;
        status = matcher_.RankOffers(call, rank, &answer);
        if (status.ok()) *ranking = server::ToByteBuffer(std::move(answer));
        return status;
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

ServerUnaryReactor* MatchingService::RankPackages(
    CallbackServerContext* context, const v1::RankPackagesRequest* request,
    v1::RankPackagesResponse* response) {
  return edge_.Unary(
      context, "heimweg.matching.v1.MatchingService/RankPackages", request,
      response,
      [this](const Call& call, const v1::RankPackagesRequest& rank,
             v1::RankPackagesResponse* ranked) {
        return matcher_.RankPackages(call, rank, ranked);
      });
}

ServerUnaryReactor* MatchingService::RankRegions(
    CallbackServerContext* context, const v1::RankRegionsRequest* request,
    v1::RankRegionsResponse* response) {
  return edge_.Unary(
      context, "heimweg.matching.v1.MatchingService/RankRegions", request,
      response,
      [this](const Call& call, const v1::RankRegionsRequest& rank,
             v1::RankRegionsResponse* ranked) {
        return matcher_.RankRegions(call, rank, ranked);
      });
}

ServerUnaryReactor* MatchingService::RankReturnees(
    CallbackServerContext* context, const v1::RankReturneesRequest* request,
    v1::RankReturneesResponse* response) {
  return edge_.Unary(
      context, "heimweg.matching.v1.MatchingService/RankReturnees", request,
      response,
      [this](const Call& call, const v1::RankReturneesRequest& rank,
             v1::RankReturneesResponse* ranked) {
        return matcher_.RankReturnees(call, rank, ranked);
      });
}

grpc::ServerWriteReactor<ByteBuffer>* MatchingService::RankProfiles(
    CallbackServerContext* context, const ByteBuffer* request) {
  using Stream = std::unique_ptr<server::Source<ByteBuffer>>;
  return edge_.Watch<ByteBuffer>(
      context, "heimweg.matching.v1.MatchingService/RankProfiles", request,
      [this](const Call& /*call*/, const ByteBuffer& bytes,
             server::Wake wake) -> absl::StatusOr<Stream> {
        v1::RankProfilesRequest rank;
        absl::Status status = server::ParseRequest(bytes, &rank);
        if (!status.ok()) return status;
        auto rankings = runs_.Open(rank, std::move(wake));
        if (!rankings.ok()) return rankings.status();
        return server::RawSource(*std::move(rankings));
      });
}

grpc::ServerWriteReactor<v1::AssignOffersResponse>*
MatchingService::AssignOffers(CallbackServerContext* context,
                              const v1::AssignOffersRequest* request) {
  return edge_.Watch<v1::AssignOffersResponse>(
      context, "heimweg.matching.v1.MatchingService/AssignOffers", request,
      [this](const Call& /*call*/, const v1::AssignOffersRequest& assign,
             server::Wake wake) {
        return runs_.OpenAssignment(assign, std::move(wake));
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
