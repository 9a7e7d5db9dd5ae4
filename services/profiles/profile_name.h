// Names of profiles: profiles/{profile}.
#ifndef HEIMWEG_SERVICES_PROFILES_PROFILE_NAME_H_
#define HEIMWEG_SERVICES_PROFILES_PROFILE_NAME_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "services/server/field_checks.h"

namespace heimweg::profiles {

std::string ProfileName(absl::string_view id);

// ProfileName's inverse; nullopt if `name` is none.
std::optional<std::string> ParseProfileName(absl::string_view name);

// The id of the profile with this name; nullopt and a violation of `field` if
// it is none.
std::optional<std::string> CheckProfileName(const server::Field& field,
                                            absl::string_view name,
                                            server::FieldChecks& checks);

}  // namespace heimweg::profiles

#endif  // HEIMWEG_SERVICES_PROFILES_PROFILE_NAME_H_
