#include "services/places/place_resolver.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/places/averages.h"
#include "services/places/distance.h"
#include "services/places/germany.h"

namespace heimweg::places {
namespace {

// A named part or neighbour belongs to a postcode up to this far from the
// postcode's middle. The largest rural postcodes measure about 20 km.
constexpr int32_t kPostalReachMeters = 20'000;

// A concluded district gives way to a stated one up to this far from that
// district's middle; hardly any district reaches farther.
constexpr int32_t kDistrictReachMeters = 60'000;

// From here on a name means the town, not a village of the same name.
constexpr int32_t kTownPopulation = 10'000;

constexpr size_t kNamesInMessage = 5;

absl::Status Wrong(absl::string_view field, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(field, ": ", what));
}

// Leaves out what a postcode across the border of a municipality's district
// adds: a place of the same name, known by the district alone, beside it.
void DropOutskirts(std::vector<PlaceCandidate>& found) {
  std::vector<LatLng> municipalities;
  for (const PlaceCandidate& c : found) {
    if (c.ags.size() == 8) municipalities.push_back(c.location);
  }
  const auto is_outskirts = [&](const PlaceCandidate& c) {
    return c.ags.size() < 8 &&
           std::any_of(municipalities.begin(), municipalities.end(),
                       [&](const LatLng& location) {
                         return Between(location, c.location) <=
                                kPostalReachMeters;
                       });
  };
  found.erase(std::remove_if(found.begin(), found.end(), is_outskirts),
              found.end());
}

bool OneContainsTheOther(absl::string_view ags, absl::string_view other) {
  return absl::StartsWith(ags, other) || absl::StartsWith(other, ags);
}

}  // namespace

absl::StatusOr<ResolvedPlace> PlaceResolver::Run() {
  if (absl::Status status = CheckFields(); !status.ok()) return status;
  absl::StatusOr<PlaceCandidate> found = Find();
  if (!found.ok()) return found.status();
  return Finish(*found);
}

absl::Status PlaceResolver::CheckFields() {
  if (query_.location.has_value() &&
      !(IsOnEarth(*query_.location) && IsInOrNearGermany(*query_.location))) {
    return Wrong("location",
                 "expected WGS84 degrees in or near Germany (latitude 46.8 to "
                 "55.6, longitude 5.4 to 15.6)");
  }
  if (!query_.postal_code.empty()) {
    if (!IsDigits(query_.postal_code, 5)) {
      return Wrong("postal_code", "expected a German postcode of 5 digits");
    }
    postal_code_ = gazetteer_.FindPostalCode(query_.postal_code);
    if (postal_code_ == nullptr) {
      return Wrong("postal_code",
                   "not known; expected the postcode of a street address (not "
                   "of a box or a company), or a municipality or ags instead");
    }
  }
  return query_.ags.empty() ? absl::OkStatus() : CheckAgs();
}

absl::Status PlaceResolver::CheckAgs() const {
  if (IsDigits(query_.ags, 2)) {
    return Wrong("ags",
                 "a state is too large for a place; expected 8 digits "
                 "(municipality) or 5 (district)");
  }
  if (!IsDigits(query_.ags, 8) && !IsDigits(query_.ags, 5)) {
    return Wrong("ags",
                 "expected 8 digits (municipality) or 5 (district), with "
                 "leading zeros");
  }
  if (gazetteer_.FindDistrict(query_.ags.substr(0, 5)) == nullptr) {
    return Wrong("ags", "its first 5 digits name no district that is known");
  }
  return absl::OkStatus();
}

absl::StatusOr<PlaceCandidate> PlaceResolver::Find() const {
  if (!query_.municipality.empty()) {
    absl::StatusOr<PlaceCandidate> found = FindByName();
    return found.ok() ? WithAgs(*std::move(found)) : found.status();
  }
  if (postal_code_ != nullptr) return WithAgs(FindByPostalCode());
  if (!query_.ags.empty()) return FindByAgs();
  if (query_.location.has_value()) return FindByLocation();
  return Wrong("postal_code",
               "no place given; expected a postal_code, municipality, ags or "
               "location");
}

absl::StatusOr<PlaceCandidate> PlaceResolver::FindByName() const {
  const PlaceName name = ParsePlaceName(query_.municipality);
  if (name.loose.empty()) {
    return Wrong("municipality", "expected the name of a place");
  }
  return postal_code_ != nullptr ? FindByNameInPostalCode(name)
                                 : FindByNameAnywhere(name);
}

absl::StatusOr<PlaceCandidate> PlaceResolver::FindByNameInPostalCode(
    const PlaceName& name) const {
  // "Dresden-Neustadt" is tried as a whole, then as "Dresden".
  for (size_t words = name.words.size(); words > 0; --words) {
    const PlaceName part =
        words == name.words.size() ? name : FirstWords(name, words);
    const PostalPlace* best = nullptr;
    auto agreement = NameAgreement::kNone;
    for (const PostalPlace& place : postal_code_->places) {
      const NameAgreement a = Agreement(part, ParsePlaceName(place.name));
      if (a >= agreement) continue;
      best = &place;
      agreement = a;
    }
    if (best != nullptr) return search_.Describe(*best);
  }
  std::vector<PlaceCandidate> near = search_.Named(name);
  const auto distance = [&](const PlaceCandidate& c) {
    return Between(c.location, postal_code_->location);
  };
  std::stable_sort(near.begin(), near.end(),
                   [&](const PlaceCandidate& a, const PlaceCandidate& b) {
                     return distance(a) < distance(b);
                   });
  if (!near.empty() && distance(near.front()) <= kPostalReachMeters) {
    near.front().inferred = true;
    return near.front();
  }
  // A village that no table knows, though one may know a namesake: the postcode
  // decides. A town is no such namesake.
  const bool town = std::any_of(
      near.begin(), near.end(),
      [](const PlaceCandidate& c) { return c.population >= kTownPopulation; });
  if (!town) {
    PlaceCandidate found = FindByPostalCode();
    found.inferred = true;
    return found;
  }
  return Wrong(
      "municipality",
      absl::StrCat("lies elsewhere than the postal_code, which is that of ",
                   PlacesOfPostalCode(),
                   "; expected one of these, or the postal_code alone"));
}

absl::StatusOr<PlaceCandidate> PlaceResolver::FindByNameAnywhere(
    const PlaceName& name) const {
  std::vector<PlaceCandidate> found = search_.Named(name);
  if (found.empty()) found = search_.CitiesBeginning(name);
  if (found.empty()) {
    return Wrong("municipality",
                 "not known; expected the name of a German municipality, or "
                 "its postal_code or ags");
  }
  if (!query_.ags.empty()) {
    found.erase(std::remove_if(found.begin(), found.end(),
                               [&](const PlaceCandidate& c) {
                                 return !OneContainsTheOther(c.ags, query_.ags);
                               }),
                found.end());
    if (found.empty()) {
      return Wrong("municipality", "no place of this name has the ags given");
    }
  }
  if (query_.location.has_value()) {
    return *std::min_element(
        found.begin(), found.end(),
        [&](const PlaceCandidate& a, const PlaceCandidate& b) {
          return Between(a.location, *query_.location) <
                 Between(b.location, *query_.location);
        });
  }
  DropOutskirts(found);
  if (found.size() > 1) return Ambiguous(std::move(found));
  return found.front();
}

PlaceCandidate PlaceResolver::FindByPostalCode() const {
  const std::vector<PostalPlace>& places = postal_code_->places;
  for (const PostalPlace& place : places) {
    if (!query_.ags.empty() && absl::StartsWith(place.ags, query_.ags)) {
      return search_.Describe(place);
    }
  }
  PlaceCandidate found = search_.Describe(places.front());
  found.location = postal_code_->location;
  // Several municipalities share the postcode: the greatest is a guess.
  if (places.size() > 1 || postal_code_->inferred) found.inferred = true;
  return found;
}

absl::StatusOr<PlaceCandidate> PlaceResolver::FindByAgs() const {
  if (const Municipality* row = gazetteer_.FindMunicipality(query_.ags)) {
    return search_.Describe(*row);
  }
  const District& district = *gazetteer_.FindDistrict(query_.ags.substr(0, 5));
  if (query_.ags.size() == 5) {
    return PlaceCandidate{"", district.ags, district.location, 0, false};
  }
  if (query_.location.has_value()) {
    return PlaceCandidate{"", query_.ags, *query_.location, 0, false};
  }
  return Wrong("ags",
               "its district is known but not where the municipality is; "
               "expected a postal_code or location with it, or the district's "
               "5 digits");
}

absl::StatusOr<PlaceCandidate> PlaceResolver::FindByLocation() const {
  const Municipality* nearest =
      gazetteer_.Nearest(ToGeoPoint(*query_.location));
  if (nearest == nullptr) {
    return Wrong("location", "no municipality is known that it could be in");
  }
  PlaceCandidate found = search_.Describe(*nearest);
  found.inferred = true;
  return found;
}

absl::StatusOr<PlaceCandidate> PlaceResolver::WithAgs(
    PlaceCandidate found) const {
  if (query_.ags.empty() || absl::StartsWith(found.ags, query_.ags)) {
    return found;
  }
  if (absl::StartsWith(query_.ags, found.ags)) {
    found.ags = query_.ags;
    return found;
  }
  const Municipality* stated = gazetteer_.FindMunicipality(query_.ags);
  if (query_.municipality.empty() && stated != nullptr &&
      Between(stated->location, found.location) <= kPostalReachMeters) {
    return search_.Describe(*stated);
  }
  const District& district = *gazetteer_.FindDistrict(query_.ags.substr(0, 5));
  if (found.inferred &&
      Between(district.location, found.location) <= kDistrictReachMeters) {
    // The name of a guess does not go with a key that was stated.
    if (query_.municipality.empty() && query_.ags.size() == 8) {
      found.name.clear();
    }
    found.ags = query_.ags;
    return found;
  }
  return Wrong(
      "ags",
      absl::StrCat("does not agree with the ",
                   query_.municipality.empty() ? "postal_code" : "municipality",
                   "; expected the key of that place, or none"));
}

absl::Status PlaceResolver::Ambiguous(
    std::vector<PlaceCandidate> candidates) const {
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const PlaceCandidate& a, const PlaceCandidate& b) {
                     return a.population > b.population;
                   });
  std::vector<std::string> names;
  for (const PlaceCandidate& c : candidates) {
    if (names.size() == kNamesInMessage) break;
    const District& district = *gazetteer_.FindDistrict(c.ags.substr(0, 5));
    names.push_back(
        absl::StrCat(c.name, " (", district.name, ", ", StateName(c.ags), ")"));
  }
  std::string more;
  if (candidates.size() > names.size()) {
    more = absl::StrCat(" and ", candidates.size() - names.size(), " more");
  }
  return Wrong("municipality", absl::StrCat("several places have this name: ",
                                            absl::StrJoin(names, "; "), more,
                                            "; add a postal_code or an ags"));
}

std::string PlaceResolver::PlacesOfPostalCode() const {
  const std::vector<PostalPlace>& places = postal_code_->places;
  std::string names;
  for (size_t i = 0; i < places.size() && i < kNamesInMessage; ++i) {
    absl::StrAppend(&names, i == 0 ? "" : ", ", places[i].name);
  }
  if (places.size() > kNamesInMessage) {
    absl::StrAppend(&names, " and ", places.size() - kNamesInMessage, " more");
  }
  return names;
}

ResolvedPlace PlaceResolver::Finish(const PlaceCandidate& found) const {
  ResolvedPlace place;
  place.location = query_.location.value_or(found.location);
  place.point = ToGeoPoint(place.location);
  place.ags = found.ags;
  place.precision = found.ags.size() == 8 ? AgsPrecision::kMunicipality
                                          : AgsPrecision::kDistrict;
  place.postal_code = query_.postal_code;
  place.municipality = found.name;
  place.district_ags = found.ags.substr(0, 5);
  place.district = gazetteer_.FindDistrict(place.district_ags)->name;
  place.state_ags = found.ags.substr(0, 2);
  place.inferred = found.inferred;
  return place;
}

absl::StatusOr<ResolvedPlace> Gazetteer::Resolve(
    const PlaceQuery& query) const {
  return PlaceResolver(*this, query).Run();
}

}  // namespace heimweg::places
