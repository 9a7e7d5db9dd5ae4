#include "services/profiles/violations.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/offers/common_rules.h"
#include "services/offers/resource_name.h"
#include "services/server/errors.h"
#include "services/server/field_checks.h"

namespace heimweg::profiles {
namespace {

using ::heimweg::profiles::v1::Consent;
using ::heimweg::profiles::v1::PersonalPart;

bool IsEmail(absl::string_view email) {
  const size_t at = email.find('@');
  return at != absl::string_view::npos && at > 0 && at + 1 < email.size() &&
         email.find_first_of(" \t\r\n") == absl::string_view::npos;
}

}  // namespace

std::vector<server::Violation> PersonalViolations(
    const PersonalPart& personal) {
  server::FieldChecks checks;
  checks.Text("display_name", personal.display_name(), 200);
  checks.Text("email", personal.email(), 254);
  if (!personal.email().empty() && !IsEmail(personal.email())) {
    checks.Add("email", "must be an e-mail address");
  }
  checks.Text("phone_number", personal.phone_number(), 40);
  checks.Text("note", personal.note(), 10'000);
  if (!personal.language_code().empty()) {
    checks.Language("language_code", personal.language_code());
  }
  return server::Below("personal", std::move(checks).Take());
}

std::vector<server::Violation> ConsentViolations(const Consent& consent,
                                                 absl::Time now) {
  server::FieldChecks checks;
  if (consent.purpose() == v1::CONSENT_PURPOSE_UNSPECIFIED) {
    checks.Add("purpose", "must be matching, contact or digest");
  }
  checks.Known("purpose", consent.purpose(), v1::ConsentPurpose_IsValid);
  if (!offers::ParseNetwork(consent.network()).has_value()) {
    checks.Add("network", "must be networks/{network}, or networks/- for all");
  }
  if (consent.has_expire_time()) {
    checks.Time("expire_time", consent.expire_time());
    if (offers::ToTime(consent.expire_time()) <= now) {
      checks.Add("expire_time", "must lie in the future");
    }
  }
  checks.Text("text_version", consent.text_version(), 100);
  return std::move(checks).Take();
}

}  // namespace heimweg::profiles
