#include "clients/generator/towns.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/places/germany.h"

namespace heimweg::generator {
namespace {

// Offers lie up to 2.2 km to the north and 1.4 to the east of a town's centre.
constexpr int kVillageSpread = 2'000;

type::v1::ResolvedPlace ToProto(const places::ResolvedPlace& place) {
  type::v1::ResolvedPlace made;
  made.mutable_location()->set_latitude(place.location.lat_deg);
  made.mutable_location()->set_longitude(place.location.lng_deg);
  made.set_ags(place.ags);
  made.set_postal_code(place.postal_code);
  made.set_municipality(place.municipality);
  made.set_district(place.district);
  made.set_state(std::string(places::StateName(place.state_ags)));
  made.set_inferred(place.inferred);
  return made;
}

// Adds the address if the gazetteer takes it for a place in the town.
void AddAddress(const places::Gazetteer& gazetteer,
                const places::PlaceQuery& query, Town& town) {
  const auto resolved = gazetteer.Resolve(query);
  if (!resolved.ok() || resolved->ags != town.ags) return;
  Town::Address address;
  address.given.set_postal_code(query.postal_code);
  address.given.set_municipality(query.municipality);
  address.given.set_ags(query.ags);
  address.resolved = ToProto(*resolved);
  town.addresses.push_back(std::move(address));
}

int64_t InHundredThousandths(double degrees) {
  return static_cast<int64_t>(degrees * 100'000 + 0.5);
}

// Moves a point by up to `spread` x 10^-5 degrees each way. Whole numbers over
// a whole number: every machine rounds that alike.
void MoveAround(int spread, Random& random, type::v1::LatLng& point) {
  const int64_t north = random.Between(-spread, spread);
  const int64_t east = random.Between(-spread, spread);
  const int64_t lat = InHundredThousandths(point.latitude()) + north;
  const int64_t lng = InHundredThousandths(point.longitude()) + east;
  point.set_latitude(static_cast<double>(lat) / 100'000);
  point.set_longitude(static_cast<double>(lng) / 100'000);
}

std::vector<uint32_t> Populations(const std::vector<Town>& towns) {
  std::vector<uint32_t> populations;
  populations.reserve(towns.size());
  for (const Town& town : towns) {
    populations.push_back(
        static_cast<uint32_t>(std::max<int64_t>(town.population, 100)));
  }
  return populations;
}

using CodesByAgs =
    absl::flat_hash_map<absl::string_view, std::vector<absl::string_view>>;

CodesByAgs PostalCodesByAgs(const places::Gazetteer& gazetteer) {
  CodesByAgs codes;
  for (const places::PostalCode& row : gazetteer.postal_codes()) {
    for (const places::PostalPlace& place : row.places) {
      std::vector<absl::string_view>& known = codes[place.ags];
      if (known.empty() || known.back() != row.code) known.push_back(row.code);
    }
  }
  return codes;
}

}  // namespace

int Town::size_class() const {
  if (population < 5'000) return 0;
  if (population < 20'000) return 1;
  if (population < 100'000) return 2;
  return population < 500'000 ? 3 : 4;
}

Towns::Towns(std::vector<Town> all)
    : all_(std::move(all)), choice_(Populations(all_)) {}

Towns Towns::Of(const places::Gazetteer& gazetteer) {
  const CodesByAgs codes = PostalCodesByAgs(gazetteer);
  std::vector<Town> all;
  for (const places::Municipality& row : gazetteer.municipalities()) {
    Town town;
    town.ags = row.ags;
    town.name = row.name;
    town.population = row.population;
    town.spread = kVillageSpread;
    places::PlaceQuery query;
    query.ags = row.ags;
    AddAddress(gazetteer, query, town);
    if (const auto found = codes.find(row.ags); found != codes.end()) {
      query.ags.clear();
      query.municipality = row.name;
      for (const absl::string_view code : found->second) {
        query.postal_code = std::string(code);
        AddAddress(gazetteer, query, town);
      }
    }
    if (!town.addresses.empty()) all.push_back(std::move(town));
  }
  return all.empty() ? BuiltIn() : Towns(std::move(all));
}

type::v1::Place Towns::PlaceIn(const Town& town, bool resolved,
                               Random& random) {
  const Town::Address& address =
      random.Pick(std::span<const Town::Address>(town.addresses));
  type::v1::Place place = address.given;
  const bool scattered = place.has_location() || random.Percent(35);
  if (scattered) {
    *place.mutable_location() = address.resolved.location();
    MoveAround(town.spread, random, *place.mutable_location());
  }
  if (resolved) {
    *place.mutable_resolved() = address.resolved;
    if (scattered)
      *place.mutable_resolved()->mutable_location() = place.location();
  }
  return place;
}

}  // namespace heimweg::generator
