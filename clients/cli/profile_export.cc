#include "clients/cli/profile_export.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/status/status.h"
#include "clients/cli/json.h"
#include "heimweg/matching/v1/match_service.grpc.pb.h"
#include "heimweg/profiles/v1/profile_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using matching::v1::MatchService;
using Json = nlohmann::ordered_json;

Json JsonOf(const google::protobuf::Message& message) {
  return Json::parse(ToJson(message));
}

absl::Status AddMatches(const std::string& name, MatchService::Stub& stub,
                        Session& session, Json& matches) {
  matching::v1::ListMatchesRequest request;
  request.set_parent(name);
  do {
    matching::v1::ListMatchesResponse page;
    absl::Status listed =
        session.Call(Area::kMatching, [&](grpc::ClientContext& context) {
          return stub.ListMatches(&context, request, &page);
        });
    if (!listed.ok()) return listed;
    for (const auto& match : page.matches()) matches.push_back(JsonOf(match));
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::Status AddFeedback(const std::string& name, MatchService::Stub& stub,
                         Session& session, Json& feedback) {
  matching::v1::ListFeedbackRequest request;
  request.set_parent(name);
  matching::v1::ListFeedbackResponse response;
  absl::Status listed =
      session.Call(Area::kMatching, [&](grpc::ClientContext& context) {
        return stub.ListFeedback(&context, request, &response);
      });
  for (const auto& one : response.feedback()) feedback.push_back(JsonOf(one));
  return listed;
}

}  // namespace

absl::StatusOr<std::string> ExportedProfile(const std::string& name,
                                            Session& session) {
  profiles::v1::ExportProfileRequest request;
  request.set_name(name);
  profiles::v1::ExportProfileResponse response;
  const auto profiles =
      profiles::v1::ProfileService::NewStub(session.Channel(Area::kProfiles));
  absl::Status status =
      session.Call(Area::kProfiles, [&](grpc::ClientContext& context) {
        return profiles->ExportProfile(&context, request, &response);
      });
  if (!status.ok()) return status;
  Json exported = JsonOf(response);
  Json& matches = exported["matches"] = Json::array();
  const auto matching = MatchService::NewStub(session.Channel(Area::kMatching));
  status = AddMatches(name, *matching, session, matches);
  if (!status.ok()) return status;
  Json feedback = Json::array();
  status = AddFeedback(name, *matching, session, feedback);
  if (!status.ok()) return status;
  exported["feedback"] = std::move(feedback);
  return exported.dump(session.json() ? -1 : 2);
}

}  // namespace heimweg::cli
