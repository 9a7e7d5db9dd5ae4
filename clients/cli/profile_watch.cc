#include "clients/cli/profile_watch.h"

#include <string>

#include "heimweg/profiles/v1/profile_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using profiles::v1::ProfileService;

struct ProfileWatchKind {
  using WatchResponse = profiles::v1::WatchProfilesResponse;
  static const profiles::v1::Profile* Resource(
      const profiles::v1::ProfileChange& change) {
    return change.has_profile() ? &change.profile() : nullptr;
  }
};

}  // namespace

std::unique_ptr<WatchStream> NewProfileWatch(Session& session,
                                             absl::string_view resume_token,
                                             grpc::CompletionQueue* queue) {
  profiles::v1::WatchProfilesRequest request;
  request.set_resume_token(std::string(resume_token));
  const auto stub = ProfileService::NewStub(session.Channel(Area::kProfiles));
  return std::make_unique<TypedWatchStream<ProfileWatchKind>>(
      [&](grpc::ClientContext* context) {
        return stub->PrepareAsyncWatchProfiles(context, request, queue);
      });
}

}  // namespace heimweg::cli
