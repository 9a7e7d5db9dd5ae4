#include "services/reference/place_book.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/places/commute.h"
#include "services/places/distance.h"
#include "services/places/germany.h"
#include "services/places/known_places.h"
#include "services/server/errors.h"

namespace heimweg::reference {
namespace {

using ::heimweg::places::CommuteMode;
using ::heimweg::places::ResolvedPlace;

constexpr int kMostPostcodes = 20;
constexpr int kDefaultSuggestions = 10;
constexpr int kMostSuggestions = 100;
constexpr int kDefaultPage = 100;
constexpr int kLargestPage = 1'000;
constexpr int kMostPrefixes = 100;
constexpr size_t kLongestText = 100;

void SetLocation(places::LatLng where, type::v1::LatLng& location) {
  location.set_latitude(where.lat_deg);
  location.set_longitude(where.lng_deg);
}

// What the key says: municipality, district, state.
void DescribeKey(const places::Gazetteer& gazetteer, absl::string_view ags,
                 places::v1::KnownPlace& place) {
  place.set_ags(std::string(ags));
  if (const auto* whole = gazetteer.FindMunicipality(ags)) {
    place.set_municipality(whole->name);
  }
  if (const auto* district = gazetteer.FindDistrict(ags.substr(0, 5))) {
    place.set_district(district->name);
  }
  place.set_state(std::string(places::StateName(ags)));
}

void Describe(const PlaceWorld& world, const places::KnownPlace& known,
              places::v1::KnownPlace& place) {
  DescribeKey(*world.gazetteer, known.ags, place);
  place.set_name(known.name);
  for (const std::string& code : known.postal_codes) {
    if (place.postal_codes_size() == kMostPostcodes) break;
    place.add_postal_codes(code);
  }
  SetLocation(known.location, *place.mutable_location());
  place.set_population(known.population);
  place.set_inferred(known.inferred);
}

void Describe(const PlaceWorld& world, const ResolvedPlace& found,
              places::v1::KnownPlace& place) {
  const auto* known = world.known.Find(found.municipality, found.ags);
  if (known != nullptr) Describe(world, *known, place);
  DescribeKey(*world.gazetteer, found.ags, place);
  place.set_name(found.municipality);
  if (!found.postal_code.empty()) {
    place.clear_postal_codes();
    place.add_postal_codes(found.postal_code);
  }
  SetLocation(found.location, *place.mutable_location());
  place.set_inferred(found.inferred);
}

// Finds what `place` means; adds what is wrong with it, with `field` before the
// path.
ResolvedPlace Resolve(const PlaceWorld& world, const type::v1::Place& place,
                      absl::string_view field,
                      std::vector<server::Violation>& wrong) {
  places::PlaceQuery query;
  query.postal_code = place.postal_code();
  query.municipality = place.municipality();
  query.ags = place.ags();
  if (place.has_location()) {
    query.location = {place.location().latitude(),
                      place.location().longitude()};
  }
  if (query.municipality.size() > kLongestText) {
    wrong.push_back({absl::StrCat(field, ".municipality"),
                     "expected at most 100 characters"});
    return {};
  }
  auto found = world.gazetteer->Resolve(query);
  if (found.ok()) return *std::move(found);
  const absl::string_view message = found.status().message();
  const size_t colon = message.find(": ");
  wrong.push_back({absl::StrCat(field, ".", message.substr(0, colon)),
                   std::string(colon == absl::string_view::npos
                                   ? message
                                   : message.substr(colon + 2))});
  return {};
}

template <typename Prefixes>
absl::Status CheckPrefixes(const Prefixes& prefixes) {
  const bool well =
      prefixes.size() <= kMostPrefixes &&
      std::all_of(prefixes.begin(), prefixes.end(),
                  [](const std::string& prefix) {
                    return prefix.size() >= 2 && prefix.size() <= 8 &&
                           places::IsDigits(prefix, prefix.size());
                  });
  if (well) return absl::OkStatus();
  return server::InvalidFields(
      {{"ags_prefixes", "expected at most 100, of 2 to 8 digits each"}});
}

template <typename Prefixes>
bool IsWithin(absl::string_view ags, const Prefixes& prefixes) {
  return prefixes.empty() ||
         std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) {
                       // A district counts if any of it is asked for.
                       return absl::StartsWith(ags, prefix) ||
                              absl::StartsWith(prefix, ags);
                     });
}

CommuteMode ModeOf(places::v1::TravelMode mode) {
  switch (mode) {
    case places::v1::TRAVEL_MODE_TRANSIT:
      return CommuteMode::kTransit;
    case places::v1::TRAVEL_MODE_BICYCLE:
      return CommuteMode::kBicycle;
    case places::v1::TRAVEL_MODE_WALK:
      return CommuteMode::kWalk;
    default:
      return CommuteMode::kCar;
  }
}

// By municipality, else by postcode.
std::optional<int32_t> Find(const places::TravelTimes& times,
                            const ResolvedPlace& from, const ResolvedPlace& to,
                            CommuteMode mode) {
  if (auto minutes = times.Find(from.ags, to.ags, mode)) return minutes;
  return times.Find(from.postal_code, to.postal_code, mode);
}

}  // namespace

absl::Status PlaceBook::Lookup(
    const server::Call& /*call*/, const places::v1::LookupPlaceRequest& request,
    places::v1::LookupPlaceResponse* response) const {
  const auto world = data_sets_.world();
  std::vector<server::Violation> wrong;
  const ResolvedPlace found = Resolve(*world, request.place(), "place", wrong);
  if (!wrong.empty()) return server::InvalidFields(wrong);
  Describe(*world, found, *response->mutable_place());
  return absl::OkStatus();
}

absl::Status PlaceBook::Suggest(
    const server::Call& /*call*/,
    const places::v1::SuggestPlacesRequest& request,
    places::v1::SuggestPlacesResponse* response) const {
  std::vector<server::Violation> wrong;
  if (request.text().empty() || request.text().size() > kLongestText) {
    wrong.push_back({"text", "expected 1 to 100 bytes"});
  }
  if (request.limit() < 0 || request.limit() > kMostSuggestions) {
    wrong.push_back({"limit", "expected 0 to 100"});
  }
  if (!wrong.empty()) return server::InvalidFields(wrong);
  const auto world = data_sets_.world();
  const int limit =
      request.limit() == 0 ? kDefaultSuggestions : request.limit();
  for (const places::PlaceSuggestion& one :
       world->suggester.Suggest(request.text(), static_cast<size_t>(limit))) {
    places::v1::PlaceSuggestion& suggestion = *response->add_suggestions();
    Describe(*world, world->known.places()[static_cast<size_t>(one.place)],
             *suggestion.mutable_place());
    suggestion.set_typos(one.typos);
    if (!one.postal_code.empty()) {
      suggestion.mutable_place()->clear_postal_codes();
      suggestion.mutable_place()->add_postal_codes(one.postal_code);
    }
  }
  return absl::OkStatus();
}

absl::Status PlaceBook::ListDistricts(
    const server::Call& /*call*/,
    const places::v1::ListDistrictsRequest& request,
    places::v1::ListDistrictsResponse* response) const {
  absl::Status status = CheckPrefixes(request.ags_prefixes());
  if (!status.ok()) return status;
  const auto world = data_sets_.world();
  for (const places::District& row : world->gazetteer->districts()) {
    if (!IsWithin(row.ags, request.ags_prefixes())) continue;
    places::v1::District& district = *response->add_districts();
    district.set_ags(row.ags);
    district.set_name(row.name);
    district.set_state(std::string(places::StateName(row.ags)));
    SetLocation(row.location, *district.mutable_location());
    for (const auto& one : world->gazetteer->MunicipalitiesOf(row.ags)) {
      district.set_population(district.population() + one.population);
      district.set_municipalities(district.municipalities() + 1);
    }
  }
  return absl::OkStatus();
}

absl::Status PlaceBook::ListMunicipalities(
    const server::Call& /*call*/,
    const places::v1::ListMunicipalitiesRequest& request,
    places::v1::ListMunicipalitiesResponse* response) const {
  absl::Status status = CheckPrefixes(request.ags_prefixes());
  if (!status.ok()) return status;
  std::vector<server::Violation> wrong;
  if (request.page_size() < 0 || request.page_size() > kLargestPage) {
    wrong.push_back({"page_size", "expected 0 to 1,000"});
  }
  // The token is the last key of the page before.
  const std::string& after = request.page_token();
  if (!after.empty() && !places::IsDigits(after, 8)) {
    wrong.push_back({"page_token", "expected the token of the page before"});
  }
  if (!wrong.empty()) return server::InvalidFields(wrong);
  const int size =
      request.page_size() == 0 ? kDefaultPage : request.page_size();
  const auto world = data_sets_.world();
  for (const places::Municipality& row : world->gazetteer->municipalities()) {
    if (row.ags <= after || (!IsWithin(row.ags, request.ags_prefixes()))) {
      continue;
    }
    if (response->municipalities_size() == size) {
      response->set_next_page_token(response->municipalities(size - 1).ags());
      break;
    }
    places::v1::KnownPlace& place = *response->add_municipalities();
    const auto* known = world->known.Find(row.name, row.ags);
    if (known != nullptr) Describe(*world, *known, place);
  }
  return absl::OkStatus();
}

absl::Status PlaceBook::Distance(
    const server::Call& /*call*/,
    const places::v1::ComputeDistanceRequest& request,
    places::v1::ComputeDistanceResponse* response) const {
  const auto world = data_sets_.world();
  std::vector<server::Violation> wrong;
  const ResolvedPlace from = Resolve(*world, request.from(), "from", wrong);
  const ResolvedPlace to = Resolve(*world, request.to(), "to", wrong);
  if (!wrong.empty()) return server::InvalidFields(wrong);
  response->set_distance_m(places::DistanceMeters(from.point, to.point));
  Describe(*world, from, *response->mutable_from());
  Describe(*world, to, *response->mutable_to());
  return absl::OkStatus();
}

absl::Status PlaceBook::Commute(
    const server::Call& /*call*/,
    const places::v1::ComputeCommuteRequest& request,
    places::v1::ComputeCommuteResponse* response) const {
  const auto world = data_sets_.world();
  std::vector<server::Violation> wrong;
  const ResolvedPlace from = Resolve(*world, request.from(), "from", wrong);
  const ResolvedPlace to = Resolve(*world, request.to(), "to", wrong);
  if (!places::v1::TravelMode_IsValid(request.mode())) {
    wrong.push_back({"mode", "expected a known travel mode"});
  }
  if (!wrong.empty()) return server::InvalidFields(wrong);
  const CommuteMode mode = ModeOf(request.mode());
  const auto times = data_sets_.travel_times();
  response->set_distance_m(places::DistanceMeters(from.point, to.point));
  if (const auto minutes = Find(*times, from, to, mode)) {
    response->set_minutes(*minutes);
    response->set_source(places::v1::COMMUTE_SOURCE_TRAVEL_TIMES);
  } else if (const auto back = Find(*times, to, from, mode)) {
    response->set_minutes(*back);
    response->set_source(places::v1::COMMUTE_SOURCE_TRAVEL_TIMES_REVERSED);
  } else {
    response->set_minutes(places::CommuteMinutes(response->distance_m(), mode));
    response->set_source(places::v1::COMMUTE_SOURCE_MODEL);
  }
  Describe(*world, from, *response->mutable_from());
  Describe(*world, to, *response->mutable_to());
  return absl::OkStatus();
}

absl::Status PlaceBook::Gazetteer(
    const server::Call& /*call*/,
    const places::v1::GetGazetteerRequest& /*request*/,
    places::v1::GetGazetteerResponse* response) const {
  response->set_content(data_sets_.world()->gazetteer->Format());
  return absl::OkStatus();
}

}  // namespace heimweg::reference
