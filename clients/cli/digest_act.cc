#include "clients/cli/digest_act.h"

#include <algorithm>

#include "heimweg/profiles/v1/profile_service.grpc.pb.h"

namespace heimweg::cli {
namespace {

using digest::LinkAction;
using profiles::v1::Profile;
using profiles::v1::ProfileService;

// Tries of a change while others change the same profile.
constexpr int kTries = 5;

absl::StatusOr<Profile> Read(ProfileService::Stub& stub,
                             const std::string& name, Session& session) {
  profiles::v1::GetProfileRequest request;
  request.set_name(name);
  request.set_view(profiles::v1::PROFILE_VIEW_CORE);
  Profile profile;
  const absl::Status status =
      session.Call(Area::kProfiles, [&](grpc::ClientContext& context) {
        return stub.GetProfile(&context, request, &profile);
      });
  if (!status.ok()) return status;
  return profile;
}

absl::Status Unsubscribe(ProfileService::Stub& stub, const Profile& profile,
                         const std::string& network, Session& session) {
  for (const profiles::v1::Consent& consent : profile.consents()) {
    if (consent.purpose() != profiles::v1::CONSENT_PURPOSE_DIGEST ||
        (consent.network() != network && consent.network() != "networks/-")) {
      continue;
    }
    profiles::v1::RevokeConsentRequest request;
    request.set_name(profile.name());
    request.set_consent_id(consent.id());
    request.set_request_id(session.console().new_request_id());
    Profile response;
    absl::Status status =
        session.Call(Area::kProfiles, [&](grpc::ClientContext& context) {
          return stub.RevokeConsent(&context, request, &response);
        });
    // Another click was first.
    if (!status.ok() && !absl::IsNotFound(status)) return status;
  }
  return absl::OkStatus();
}

absl::Status Dismiss(ProfileService::Stub& stub, const Profile& profile,
                     const std::string& offer, Session& session) {
  const auto& dismissed = profile.dismissed_offers();
  if (std::find(dismissed.begin(), dismissed.end(), offer) != dismissed.end()) {
    return absl::OkStatus();
  }
  profiles::v1::UpdateProfileRequest request;
  Profile& changed = *request.mutable_profile();
  changed.set_name(profile.name());
  changed.set_etag(profile.etag());
  *changed.mutable_dismissed_offers() = dismissed;
  changed.add_dismissed_offers(offer);
  request.mutable_update_mask()->add_paths("dismissed_offers");
  request.set_request_id(session.console().new_request_id());
  Profile response;
  return session.Call(Area::kProfiles, [&](grpc::ClientContext& context) {
    return stub.UpdateProfile(&context, request, &response);
  });
}

}  // namespace

absl::Status ActOn(const LinkAction& action, Session& session) {
  const auto stub = ProfileService::NewStub(session.Channel(Area::kProfiles));
  for (int tried = 1;; ++tried) {
    const absl::StatusOr<Profile> profile =
        Read(*stub, action.profile, session);
    if (!profile.ok()) return profile.status();
    absl::Status status =
        action.verb == LinkAction::Verb::kUnsubscribe
            ? Unsubscribe(*stub, *profile, action.object, session)
            : Dismiss(*stub, *profile, action.object, session);
    if (!absl::IsAborted(status) || tried == kTries) return status;
  }
}

}  // namespace heimweg::cli
