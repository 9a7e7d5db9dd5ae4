// ProfileService on the wire: forwards every method to a ProfileBook.
#ifndef HEIMWEG_SERVICES_PROFILES_PROFILE_SERVICE_H_
#define HEIMWEG_SERVICES_PROFILES_PROFILE_SERVICE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include "heimweg/profiles/v1/profile_service.grpc.pb.h"
#include "services/profiles/profile_book.h"
#include "services/server/edge.h"

namespace heimweg::profiles {

// Thread-safe.
class ProfileService final : public v1::ProfileService::CallbackService {
 public:
  // Both outlive this.
  ProfileService(server::Edge& edge, ProfileBook& book)
      : edge_(edge), book_(book) {}

  grpc::ServerUnaryReactor* CreateProfile(
      grpc::CallbackServerContext* context,
      const v1::CreateProfileRequest* request, v1::Profile* response) override;
  grpc::ServerUnaryReactor* GetProfile(grpc::CallbackServerContext* context,
                                       const v1::GetProfileRequest* request,
                                       v1::Profile* response) override;
  grpc::ServerUnaryReactor* ListProfiles(
      grpc::CallbackServerContext* context,
      const v1::ListProfilesRequest* request,
      v1::ListProfilesResponse* response) override;
  grpc::ServerUnaryReactor* UpdateProfile(
      grpc::CallbackServerContext* context,
      const v1::UpdateProfileRequest* request, v1::Profile* response) override;
  grpc::ServerUnaryReactor* EraseProfile(grpc::CallbackServerContext* context,
                                         const v1::EraseProfileRequest* request,
                                         v1::ErasureReceipt* response) override;
  grpc::ServerUnaryReactor* ExportProfile(
      grpc::CallbackServerContext* context,
      const v1::ExportProfileRequest* request,
      v1::ExportProfileResponse* response) override;
  grpc::ServerUnaryReactor* GrantConsent(grpc::CallbackServerContext* context,
                                         const v1::GrantConsentRequest* request,
                                         v1::Profile* response) override;
  grpc::ServerUnaryReactor* RevokeConsent(
      grpc::CallbackServerContext* context,
      const v1::RevokeConsentRequest* request, v1::Profile* response) override;
  grpc::ServerWriteReactor<v1::WatchProfilesResponse>* WatchProfiles(
      grpc::CallbackServerContext* context,
      const v1::WatchProfilesRequest* request) override;

 private:
  server::Edge& edge_;
  ProfileBook& book_;
};

}  // namespace heimweg::profiles

#endif  // HEIMWEG_SERVICES_PROFILES_PROFILE_SERVICE_H_
