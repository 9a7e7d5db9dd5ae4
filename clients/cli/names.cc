#include "clients/cli/names.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace heimweg::cli {

absl::StatusOr<std::string> NetworkName(absl::string_view network) {
  absl::string_view id = network;
  absl::ConsumePrefix(&id, "networks/");
  if (id.empty() || id.find('/') != absl::string_view::npos) {
    return absl::InvalidArgumentError(
        "--network is expected as an id or networks/ID");
  }
  return absl::StrCat("networks/", id);
}

absl::StatusOr<Area> AreaOfOffer(absl::string_view name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() == 4 && parts[0] == "networks" && !parts[1].empty() &&
      !parts[3].empty()) {
    for (const Area area : {Area::kJobs, Area::kHomes, Area::kContacts}) {
      if (parts[2] == AreaName(area)) return area;
    }
  }
  return absl::InvalidArgumentError(
      "an offer's name is expected as networks/NETWORK/jobs|homes|contacts/ID");
}

absl::StatusOr<std::string> OfferName(Area area, absl::string_view network,
                                      absl::string_view name_or_id) {
  if (name_or_id.find('/') != absl::string_view::npos) {
    const absl::StatusOr<Area> of = AreaOfOffer(name_or_id);
    if (!of.ok()) return of.status();
    if (*of != area) {
      return absl::InvalidArgumentError(
          absl::StrCat("a name among ", AreaName(area), " is expected, not ",
                       AreaName(*of)));
    }
    return std::string(name_or_id);
  }
  if (name_or_id.empty() || network.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("a full name, networks/NETWORK/", AreaName(area),
                     "/ID, or --network NETWORK ID is expected"));
  }
  absl::StatusOr<std::string> parent = NetworkName(network);
  if (!parent.ok()) return parent.status();
  return absl::StrCat(*parent, "/", AreaName(area), "/", name_or_id);
}

absl::StatusOr<std::string> ProfileName(absl::string_view name_or_id) {
  absl::ConsumePrefix(&name_or_id, "profiles/");
  if (name_or_id.empty() || name_or_id.find('/') != absl::string_view::npos) {
    return absl::InvalidArgumentError(
        "a profile is expected as an id or profiles/ID");
  }
  return absl::StrCat("profiles/", name_or_id);
}

std::string LastId(absl::string_view name) {
  const size_t slash = name.rfind('/');
  return std::string(slash == absl::string_view::npos ? name
                                                      : name.substr(slash + 1));
}

std::vector<std::string> MaskPaths(const std::vector<std::string>& masks) {
  std::vector<std::string> paths;
  for (const std::string& mask : masks) {
    for (absl::string_view path : absl::StrSplit(mask, ',')) {
      path = absl::StripAsciiWhitespace(path);
      if (path.empty()) continue;
      std::string snake;
      for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        if (absl::ascii_isupper(byte)) snake += '_';
        snake += absl::ascii_tolower(byte);
      }
      paths.push_back(std::move(snake));
    }
  }
  return paths;
}

}  // namespace heimweg::cli
