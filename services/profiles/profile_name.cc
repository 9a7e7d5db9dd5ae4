#include "services/profiles/profile_name.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "services/offers/resource_name.h"
#include "services/server/field_checks.h"

namespace heimweg::profiles {
namespace {

constexpr absl::string_view kCollection = "profiles/";

}  // namespace

std::string ProfileName(absl::string_view id) {
  return absl::StrCat(kCollection, id);
}

std::optional<std::string> ParseProfileName(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kCollection) || !offers::IsResourceId(name)) {
    return std::nullopt;
  }
  return std::string(name);
}

std::optional<std::string> CheckProfileName(const server::Field& field,
                                            absl::string_view name,
                                            server::FieldChecks& checks) {
  std::optional<std::string> id = ParseProfileName(name);
  if (!id.has_value()) checks.Add(field, "must be profiles/{profile}");
  return id;
}

}  // namespace heimweg::profiles
