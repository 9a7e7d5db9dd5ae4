// MatchService: heimweg.matching.v1.MatchService over gRPC. It only forwards to
// the books.
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_SERVICE_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_SERVICE_H_

#include "heimweg/matching/v1/match_service.grpc.pb.h"
#include "services/matching/standing/feedback_book.h"
#include "services/matching/standing/match_book.h"
#include "services/server/edge.h"

namespace heimweg::matching {

// Thread-safe.
class MatchService : public v1::MatchService::CallbackService {
 public:
  // All outlive this.
  MatchService(MatchBook& book, FeedbackBook& feedback, server::Edge& edge)
      : book_(book), feedback_(feedback), edge_(edge) {}

  grpc::ServerUnaryReactor* GetMatch(grpc::CallbackServerContext* context,
                                     const v1::GetMatchRequest* request,
                                     v1::StoredMatch* response) override;
  grpc::ServerUnaryReactor* ListMatches(
      grpc::CallbackServerContext* context,
      const v1::ListMatchesRequest* request,
      v1::ListMatchesResponse* response) override;
  grpc::ServerWriteReactor<v1::WatchMatchesResponse>* WatchMatches(
      grpc::CallbackServerContext* context,
      const v1::WatchMatchesRequest* request) override;
  grpc::ServerUnaryReactor* ActOnMatch(grpc::CallbackServerContext* context,
                                       const v1::ActOnMatchRequest* request,
                                       v1::StoredMatch* response) override;
  grpc::ServerUnaryReactor* GiveFeedback(grpc::CallbackServerContext* context,
                                         const v1::GiveFeedbackRequest* request,
                                         v1::Feedback* response) override;
  grpc::ServerUnaryReactor* ListFeedback(
      grpc::CallbackServerContext* context,
      const v1::ListFeedbackRequest* request,
      v1::ListFeedbackResponse* response) override;
  grpc::ServerUnaryReactor* DeleteFeedback(
      grpc::CallbackServerContext* context,
      const v1::DeleteFeedbackRequest* request,
      google::protobuf::Empty* response) override;

 private:
  MatchBook& book_;
  FeedbackBook& feedback_;
  server::Edge& edge_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_SERVICE_H_
