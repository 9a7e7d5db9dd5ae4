#include "clients/importers/place_fields.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "clients/importers/field_text.h"

namespace heimweg::importers {
namespace {

constexpr std::array<absl::string_view, 8> kGermany = {
    "de", "deu", "d", "ger", "deutschland", "germany", "brd", "allemagne"};

bool IsGermany(absl::string_view country) {
  const std::string lower = absl::AsciiStrToLower(OneLine(country));
  return lower.empty() ||
         std::find(kGermany.begin(), kGermany.end(), lower) != kGermany.end() ||
         lower == "bundesrepublik deutschland";
}

bool IsInGermany(double latitude, double longitude) {
  return latitude > 47.2 && latitude < 55.2 && longitude > 5.8 &&
         longitude < 15.1;
}

void SetLocation(const Address& address, type::v1::Place& place, Draft& draft) {
  if (!address.latitude.has_value() || !address.longitude.has_value()) return;
  double latitude = *address.latitude;
  double longitude = *address.longitude;
  if (!IsInGermany(latitude, longitude)) {
    if (!IsInGermany(longitude, latitude)) {
      draft.Repaired("coordinates-dropped", "place.location");
      return;
    }
    std::swap(latitude, longitude);
    draft.Repaired("coordinates-swapped", "place.location");
  }
  place.mutable_location()->set_latitude(latitude);
  place.mutable_location()->set_longitude(longitude);
}

void SetPostcode(absl::string_view text, type::v1::Place& place, Draft& draft) {
  if (OneLine(text).empty()) return;
  bool repaired = false;
  const auto postcode = ParsePostcode(text, repaired);
  if (!postcode.has_value()) {
    draft.Repaired("postcode-dropped", "place.postal_code");
    return;
  }
  if (repaired) draft.Repaired("postcode-completed", "place.postal_code");
  place.set_postal_code(*postcode);
}

// "Prenzlau OT Güstow", "Prenzlau, Ortsteil Güstow" -> "Prenzlau".
std::string TownOf(absl::string_view text, Draft& draft) {
  std::string town = draft.Line(100, text, "place.municipality");
  for (const absl::string_view mark :
       {", OT ", " OT ", ", Ortsteil ", " Ortsteil "}) {
    const size_t at = town.find(mark.data(), 0, mark.size());
    if (at == std::string::npos || at == 0) continue;
    town.resize(at);
    draft.Repaired("district-of-town-dropped", "place.municipality");
  }
  return town;
}

}  // namespace

Where SetPlace(const Address& address, type::v1::Place& place, Draft& draft) {
  if (!IsGermany(address.country)) return Where::kAbroad;
  type::v1::Place found;
  SetPostcode(address.postal_code, found, draft);
  found.set_municipality(TownOf(address.town, draft));
  const std::string ags = OneLine(address.ags);
  if (AllDigits(ags) && (ags.size() == 8 || ags.size() == 5)) {
    found.set_ags(ags);
  }
  SetLocation(address, found, draft);
  if (found.postal_code().empty() && found.municipality().empty() &&
      found.ags().empty() && !found.has_location()) {
    return Where::kUnknown;
  }
  found.set_street_address(
      draft.Line(200, address.street, "place.street_address"));
  place = std::move(found);
  return Where::kGermany;
}

Address ParseAddressLine(absl::string_view line) {
  Address address;
  std::vector<std::string> before;
  const std::string one_line = OneLine(line);
  const std::vector<absl::string_view> parts = absl::StrSplit(one_line, ',');
  for (const absl::string_view part : parts) {
    const absl::string_view text = absl::StripAsciiWhitespace(part);
    const size_t end = text.find(' ');
    const absl::string_view first =
        absl::StripPrefix(text.substr(0, end), "D-");
    if (first.size() == 5 && AllDigits(first) && address.postal_code.empty()) {
      address.postal_code = std::string(first);
      if (end != absl::string_view::npos) {
        address.town =
            std::string(absl::StripAsciiWhitespace(text.substr(end)));
      }
      address.street = absl::StrJoin(before, ", ");
    } else if (!text.empty()) {
      before.emplace_back(text);
    }
  }
  const bool is_town =
      parts.size() == 1 &&
      std::none_of(one_line.begin(), one_line.end(), absl::ascii_isdigit);
  if (address.postal_code.empty() && is_town) address.town = one_line;
  return address;
}

}  // namespace heimweg::importers
