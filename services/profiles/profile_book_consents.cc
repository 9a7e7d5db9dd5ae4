// ProfileBook's methods on consents.
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/profiles/v1/profile_service.pb.h"
#include "services/offers/request_checks.h"
#include "services/offers/resource_name.h"
#include "services/profiles/consents.h"
#include "services/profiles/profile_book.h"
#include "services/profiles/profile_name.h"
#include "services/profiles/violations.h"
#include "services/server/call.h"
#include "services/server/errors.h"
#include "services/server/field_checks.h"

namespace heimweg::profiles {

using ::heimweg::profiles::v1::Profile;
using ::heimweg::server::FieldChecks;

void ProfileBook::GrantConsent(const server::Call& call,
                               const v1::GrantConsentRequest& request,
                               Profile* response, Done done) {
  FieldChecks checks;
  const auto id = CheckProfileName("name", request.name(), checks);
  checks.AddAll(
      server::Below("consent", ConsentViolations(request.consent(), clock_())));
  offers::CheckRequestId(request.request_id(), checks);
  if (!checks.ok()) {
    return done(server::InvalidFields(std::move(checks).Take()));
  }
  Commit(
      *id, offers::KeyOf(call, "GrantConsent", request),
      [&request, consent_id = ids_.NewId(clock_())](absl::Time now,
                                                    Profile& whole) {
        if (whole.consents_size() >= kMaxConsents) {
          return server::InvalidFields(
              {{"consent",
                absl::StrCat("would be one of more than ", kMaxConsents,
                             " consents; revoke those that have ended")}});
        }
        AddConsent(request.consent(), consent_id, now, whole);
        return absl::OkStatus();
      },
      response, std::move(done));
}

void ProfileBook::RevokeConsent(const server::Call& call,
                                const v1::RevokeConsentRequest& request,
                                Profile* response, Done done) {
  FieldChecks checks;
  const auto id = CheckProfileName("name", request.name(), checks);
  if (!offers::IsResourceId(request.consent_id())) {
    checks.Add("consent_id", "must be the id of a consent");
  }
  offers::CheckRequestId(request.request_id(), checks);
  if (!checks.ok()) {
    return done(server::InvalidFields(std::move(checks).Take()));
  }
  Commit(
      *id, offers::KeyOf(call, "RevokeConsent", request),
      [&request](absl::Time, Profile& whole) {
        if (RemoveConsent(request.consent_id(), whole)) {
          return absl::OkStatus();
        }
        return absl::NotFoundError(
            absl::StrCat(whole.name(), " has no such consent"));
      },
      response, std::move(done));
}

}  // namespace heimweg::profiles
