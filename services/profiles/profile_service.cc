#include "services/profiles/profile_service.h"

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <utility>

#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/profiles/v1/profile_service.pb.h"
#include "services/profiles/profile_book.h"
#include "services/server/call.h"
#include "services/server/edge.h"
#include "services/server/source.h"

namespace heimweg::profiles {

using ::heimweg::server::Call;
using ::heimweg::server::Done;

grpc::ServerUnaryReactor* ProfileService::CreateProfile(
    grpc::CallbackServerContext* context,
    const v1::CreateProfileRequest* request, v1::Profile* response) {
  return edge_.Unary(
      context, "heimweg.profiles.v1.ProfileService/CreateProfile", request,
      response,
      [this](const Call& call, const v1::CreateProfileRequest& request,
             v1::Profile* response, Done done) {
        book_.Create(call, request, response, std::move(done));
      });
}

grpc::ServerUnaryReactor* ProfileService::GetProfile(
    grpc::CallbackServerContext* context, const v1::GetProfileRequest* request,
    v1::Profile* response) {
  return edge_.Unary(
      context, "heimweg.profiles.v1.ProfileService/GetProfile", request,
      response,
      [this](const Call& call, const v1::GetProfileRequest& request,
             v1::Profile* response) {
        return book_.Get(call, request, response);
      });
}

grpc::ServerUnaryReactor* ProfileService::ListProfiles(
    grpc::CallbackServerContext* context,
    const v1::ListProfilesRequest* request,
    v1::ListProfilesResponse* response) {
  return edge_.Unary(
      context, "heimweg.profiles.v1.ProfileService/ListProfiles", request,
      response,
      [this](const Call& call, const v1::ListProfilesRequest& request,
             v1::ListProfilesResponse* response) {
        return book_.List(call, request, response);
      });
}

grpc::ServerUnaryReactor* ProfileService::UpdateProfile(
    grpc::CallbackServerContext* context,
    const v1::UpdateProfileRequest* request, v1::Profile* response) {
  return edge_.Unary(
      context, "heimweg.profiles.v1.ProfileService/UpdateProfile", request,
      response,
      [this](const Call& call, const v1::UpdateProfileRequest& request,
             v1::Profile* response, Done done) {
        book_.Update(call, request, response, std::move(done));
      });
}

grpc::ServerUnaryReactor* ProfileService::EraseProfile(
    grpc::CallbackServerContext* context,
    const v1::EraseProfileRequest* request, v1::ErasureReceipt* response) {
  return edge_.Unary(
      context, "heimweg.profiles.v1.ProfileService/EraseProfile", request,
      response,
      [this](const Call& call, const v1::EraseProfileRequest& request,
             v1::ErasureReceipt* response, Done done) {
        book_.Erase(call, request, response, std::move(done));
      });
}

grpc::ServerUnaryReactor* ProfileService::ExportProfile(
    grpc::CallbackServerContext* context,
    const v1::ExportProfileRequest* request,
    v1::ExportProfileResponse* response) {
  return edge_.Unary(
      context, "heimweg.profiles.v1.ProfileService/ExportProfile", request,
      response,
      [this](const Call& call, const v1::ExportProfileRequest& request,
             v1::ExportProfileResponse* response) {
        return book_.Export(call, request, response);
      });
}

grpc::ServerUnaryReactor* ProfileService::GrantConsent(
    grpc::CallbackServerContext* context,
    const v1::GrantConsentRequest* request, v1::Profile* response) {
  return edge_.Unary(
      context, "heimweg.profiles.v1.ProfileService/GrantConsent", request,
      response,
      [this](const Call& call, const v1::GrantConsentRequest& request,
             v1::Profile* response, Done done) {
        book_.GrantConsent(call, request, response, std::move(done));
      });
}

grpc::ServerUnaryReactor* ProfileService::RevokeConsent(
    grpc::CallbackServerContext* context,
    const v1::RevokeConsentRequest* request, v1::Profile* response) {
  return edge_.Unary(
      context, "heimweg.profiles.v1.ProfileService/RevokeConsent", request,
      response,
      [this](const Call& call, const v1::RevokeConsentRequest& request,
             v1::Profile* response, Done done) {
        book_.RevokeConsent(call, request, response, std::move(done));
      });
}

grpc::ServerWriteReactor<v1::WatchProfilesResponse>*
ProfileService::WatchProfiles(grpc::CallbackServerContext* context,
                              const v1::WatchProfilesRequest* request) {
  return edge_.Watch<v1::WatchProfilesResponse>(
      context, "heimweg.profiles.v1.ProfileService/WatchProfiles", request,
      [this](const Call& call, const v1::WatchProfilesRequest& request,
             server::Wake wake) {
        return book_.Watch(call, request, std::move(wake));
      });
}

}  // namespace heimweg::profiles
