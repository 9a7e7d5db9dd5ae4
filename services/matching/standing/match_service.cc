#include "services/matching/standing/match_service.h"

#include <utility>

namespace heimweg::matching {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;
using server::Call;

ServerUnaryReactor* MatchService::GetMatch(CallbackServerContext* context,
                                           const v1::GetMatchRequest* request,
                                           v1::StoredMatch* response) {
  return edge_.Unary(
      context, "heimweg.matching.v1.MatchService/GetMatch", request, response,
      [this](const Call& call, const v1::GetMatchRequest& get,
             v1::StoredMatch* match) { return book_.Get(call, get, match); });
}

ServerUnaryReactor* MatchService::ListMatches(
    CallbackServerContext* context, const v1::ListMatchesRequest* request,
    v1::ListMatchesResponse* response) {
  return edge_.Unary(
      context, "heimweg.matching.v1.MatchService/ListMatches", request,
      response,
      [this](const Call& call, const v1::ListMatchesRequest& list,
             v1::ListMatchesResponse* page) {
        return book_.List(call, list, page);
      });
}

grpc::ServerWriteReactor<v1::WatchMatchesResponse>* MatchService::WatchMatches(
    CallbackServerContext* context, const v1::WatchMatchesRequest* request) {
  return edge_.Watch<v1::WatchMatchesResponse>(
      context, "heimweg.matching.v1.MatchService/WatchMatches", request,
      [this](const Call& call, const v1::WatchMatchesRequest& watch,
             server::Wake wake) {
        return book_.Watch(call, watch, std::move(wake));
      });
}

ServerUnaryReactor* MatchService::ActOnMatch(
    CallbackServerContext* context, const v1::ActOnMatchRequest* request,
    v1::StoredMatch* response) {
  return edge_.Unary(context, "heimweg.matching.v1.MatchService/ActOnMatch",
                     request, response,
                     [this](const Call& call, const v1::ActOnMatchRequest& act,
                            v1::StoredMatch* match, server::Done done) {
                       book_.Act(call, act, match, std::move(done));
                     });
}

ServerUnaryReactor* MatchService::GiveFeedback(
    CallbackServerContext* context, const v1::GiveFeedbackRequest* request,
    v1::Feedback* response) {
  return edge_.Unary(
      context, "heimweg.matching.v1.MatchService/GiveFeedback", request,
      response,
      [this](const Call& call, const v1::GiveFeedbackRequest& give,
             v1::Feedback* feedback, server::Done done) {
        feedback_.Give(call, give, feedback, std::move(done));
      });
}

ServerUnaryReactor* MatchService::ListFeedback(
    CallbackServerContext* context, const v1::ListFeedbackRequest* request,
    v1::ListFeedbackResponse* response) {
  return edge_.Unary(
      context, "heimweg.matching.v1.MatchService/ListFeedback", request,
      response,
      [this](const Call& call, const v1::ListFeedbackRequest& list,
             v1::ListFeedbackResponse* all) {
        return feedback_.List(call, list, all);
      });
}

ServerUnaryReactor* MatchService::DeleteFeedback(
    CallbackServerContext* context, const v1::DeleteFeedbackRequest* request,
    google::protobuf::Empty* response) {
  return edge_.Unary(
      context, "heimweg.matching.v1.MatchService/DeleteFeedback", request,
      response,
      [this](const Call& call, const v1::DeleteFeedbackRequest& erase,
             google::protobuf::Empty* nothing, server::Done done) {
        feedback_.Delete(call, erase, nothing, std::move(done));
      });
}

}  // namespace heimweg::matching
