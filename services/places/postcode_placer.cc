#include "services/places/postcode_placer.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "services/places/averages.h"

namespace heimweg::places {
namespace {

// The reaches below were chosen by trying: smaller ones lose true matches,
// greater ones take a namesake in another region for the place.
constexpr int32_t kLargeTownPopulation = 10'000;
constexpr int32_t kLargeTownReachMeters = 120'000;  // few namesakes
constexpr int32_t kNameReachMeters = 35'000;
constexpr int32_t kManyNamesReachMeters = 30'000;  // small villages
constexpr int32_t kStationReachMeters = 30'000;    // from a postcode's station
constexpr int32_t kVagueNameReachMeters = 20'000;  // "X bei Y" for "X"
constexpr int32_t kUniqueNameReachMeters = 100'000;
constexpr int32_t kSharedReachMeters = 30'000;   // of a name that is taken
constexpr int32_t kStationErrorMeters = 60'000;  // a wrong address beyond it
constexpr int32_t kScatterMeters = 20'000;       // within one postcode
constexpr int32_t kNeighbourScatterMeters = 40'000;
constexpr int32_t kMiddleScatterMeters = 80'000;

// Of several names those count more that are where they are expected.
constexpr double kNearMeters = 10'000;

constexpr int kRounds = 5;
constexpr size_t kNeighbours = 4;  // on each side
constexpr size_t kMiddleNeighbours = 6;
constexpr int32_t kManyPostcodes = 3;

// Postcodes of one name that are at most so far apart in number are of one
// municipality.
constexpr int kGroupGap = 200;
constexpr int kCityGroupGap = 1'000;
constexpr int32_t kCityPopulation = 100'000;

int Number(const std::string& code) {
  int number = 0;
  return absl::SimpleAtoi(code, &number) ? number : 0;
}

bool SamePrefix(const std::string& a, const std::string& b, size_t digits) {
  return absl::string_view(a).substr(0, digits) ==
         absl::string_view(b).substr(0, digits);
}

}  // namespace

PostcodePlacer::PostcodePlacer(const RawTables& tables)
    : tables_(tables), rows_(tables.postcodes.size()) {
  IndexCities();
  IndexNames();
  for (const RawStation& station : tables_.stations) {
    stations_[station.code].push_back(station.location);
  }
}

std::vector<PlacedPostcode> PostcodePlacer::Place() {
  FindPrefixMiddles();
  Seed();
  for (int round = 0; round < kRounds; ++round) Refine();
  SpreadWithinCities();
  std::vector<PlacedPostcode> placed;
  for (size_t i = 0; i < rows_.size(); ++i) {
    const bool predicted = rows_[i].basis == Basis::kNothing;
    placed.push_back(
        {predicted ? Predict(i, Prediction::kInTheMiddle) : rows_[i].location,
         predicted, std::move(rows_[i].cities)});
  }
  return placed;
}

void PostcodePlacer::IndexCities() {
  absl::flat_hash_map<std::string, int32_t> lots;
  for (size_t i = 0; i < tables_.cities.size(); ++i) {
    const RawCity& city = tables_.cities[i];
    cities_by_name_[ParsePlaceName(city.name).loose].push_back(
        static_cast<int32_t>(i));
    const auto fresh = static_cast<int32_t>(cities_in_lot_.size());
    const bool own = city.is_part || city.ags.empty();
    const int32_t lot =
        own ? fresh : lots.try_emplace(city.ags, fresh).first->second;
    if (lot == fresh) cities_in_lot_.push_back(0);
    ++cities_in_lot_[static_cast<size_t>(lot)];
    lot_of_city_.push_back(lot);
  }
}

void PostcodePlacer::IndexNames() {
  for (const RawPostcode& postcode : tables_.postcodes) {
    for (const std::string& text : postcode.names) {
      Name& name = names_[text];
      if (++name.postcodes == 1) {
        name.parsed = ParsePlaceName(text);
        FindCities(name);
      }
    }
  }
  GroupNames();
}

void PostcodePlacer::GroupNames() {
  std::map<std::string, std::vector<Name*>> by_key;
  absl::flat_hash_map<const Name*, int> last_number;
  for (size_t i = 0; i < rows_.size(); ++i) {
    const int number = Number(tables_.postcodes[i].code);
    for (const std::string& text : tables_.postcodes[i].names) {
      Name& name = names_.find(text)->second;
      const bool is_city = std::any_of(
          name.cities.begin(), name.cities.end(),
          [&](int32_t at) { return CityAt(at).population >= kCityPopulation; });
      const int gap = is_city ? kCityGroupGap : kGroupGap;
      const auto [last, is_new] = last_number.try_emplace(&name, number);
      if (is_new) by_key[name.parsed.loose].push_back(&name);
      if (is_new || number - last->second > gap) {
        name.groups.push_back(static_cast<int32_t>(i));
      }
      last->second = number;
    }
  }
  for (const auto& [key, names] : by_key) {
    Name& name = *names.front();
    name.unique =
        names.size() == 1 && name.groups.size() == 1 && name.cities.size() == 1;
  }
}

int32_t PostcodePlacer::GroupOf(const Name& name, size_t postcode) const {
  return *(std::upper_bound(name.groups.begin(), name.groups.end(),
                            static_cast<int32_t>(postcode)) -
           1);
}

bool PostcodePlacer::IsOnlyOne(const Name& name, int32_t city) const {
  const auto lot = static_cast<size_t>(lot_of_city_[static_cast<size_t>(city)]);
  return name.unique && !CityAt(city).is_part && cities_in_lot_[lot] == 1;
}

void PostcodePlacer::FindOwners() {
  owners_.assign(cities_in_lot_.size(), {});
  for (size_t i = 0; i < rows_.size(); ++i) {
    const RawPostcode& raw = tables_.postcodes[i];
    for (size_t j = 0; j < raw.names.size(); ++j) {
      const int32_t at = rows_[i].cities[j];
      if (at == PlacedPostcode::kNoCity) continue;
      const Name& name = NameOf(raw.names[j]);
      const int32_t distance_m =
          Between(CityAt(at).location, rows_[i].expected);
      const int32_t lot = lot_of_city_[static_cast<size_t>(at)];
      Owner& owner = owners_[static_cast<size_t>(lot)];
      if (owner.name == nullptr || distance_m < owner.distance_m) {
        owner = {&name, GroupOf(name, i), distance_m};
      }
    }
  }
}

bool PostcodePlacer::IsOthers(const Name& name, size_t postcode, int32_t city,
                              int32_t distance_m) const {
  if (owners_.empty()) return false;
  const int32_t lot = lot_of_city_[static_cast<size_t>(city)];
  const Owner& owner = owners_[static_cast<size_t>(lot)];
  if (owner.name == nullptr || owner.distance_m >= distance_m) return false;
  if (owner.name != &name) return true;
  // A municipality on the edge of two regions of postcodes has some of both.
  return owner.group != GroupOf(name, postcode) &&
         distance_m > kSharedReachMeters;
}

void PostcodePlacer::FindCities(Name& name) const {
  const auto found = cities_by_name_.find(name.parsed.loose);
  if (found == cities_by_name_.end()) return;
  std::vector<int32_t> loose;
  for (int32_t city : found->second) {
    const PlaceName other = ParsePlaceName(CityAt(city).name);
    const NameAgreement agreement = Agreement(name.parsed, other);
    if (agreement <= NameAgreement::kSameMain) name.cities.push_back(city);
    if (agreement == NameAgreement::kLoose) loose.push_back(city);
  }
  if (name.cities.empty()) name.cities = std::move(loose);
}

const PostcodePlacer::Name& PostcodePlacer::NameOf(
    const std::string& name) const {
  return names_.find(name)->second;
}

void PostcodePlacer::FindPrefixMiddles() {
  std::map<std::string, std::vector<LatLng>> points;
  const auto add = [&](const std::string& code, LatLng where) {
    for (size_t digits : {0, 2, 3}) {
      points[code.substr(0, digits)].push_back(where);
    }
  };
  for (const RawPostcode& postcode : tables_.postcodes) {
    for (const std::string& text : postcode.names) {
      const std::vector<int32_t>& cities = NameOf(text).cities;
      if (cities.size() != 1) continue;
      add(postcode.code, CityAt(cities[0]).location);
    }
  }
  for (const RawStation& station : tables_.stations) {
    add(station.code, station.location);
  }
  for (const auto& [prefix, where] : points) {
    prefix_middles_[prefix] = Median(where);
  }
}

LatLng PostcodePlacer::PrefixMiddle(const std::string& code) const {
  for (size_t digits : {3, 2, 0}) {
    const auto found = prefix_middles_.find(code.substr(0, digits));
    if (found != prefix_middles_.end()) return found->second;
  }
  return {51.16, 10.45};  // the middle of Germany: there was no table at all
}

std::vector<LatLng> PostcodePlacer::StationsNear(const std::string& code,
                                                 LatLng expected) const {
  std::vector<LatLng> near;
  const auto found = stations_.find(code);
  if (found == stations_.end()) return near;
  for (LatLng where : found->second) {
    if (Between(where, expected) <= kStationErrorMeters) near.push_back(where);
  }
  return near;
}

const RawCity& PostcodePlacer::CityAt(int32_t index) const {
  return tables_.cities[static_cast<size_t>(index)];
}

void PostcodePlacer::Seed() {
  for (size_t i = 0; i < rows_.size(); ++i) {
    const RawPostcode& postcode = tables_.postcodes[i];
    const LatLng middle = PrefixMiddle(postcode.code);
    std::vector<LatLng> points = StationsNear(postcode.code, middle);
    for (const std::string& text : postcode.names) {
      const Name& name = NameOf(text);
      if (points.empty() && name.cities.size() == 1) {
        const int32_t only = Nearest(name, i, middle);
        if (only != PlacedPostcode::kNoCity) {
          points.push_back(CityAt(only).location);
        }
      }
    }
    if (points.empty()) continue;
    rows_[i].location = Median(points);
    rows_[i].basis = Basis::kName;
  }
}

void PostcodePlacer::Refine() {
  std::vector<Row> refined;
  for (size_t i = 0; i < rows_.size(); ++i) refined.push_back(Refined(i));
  rows_ = std::move(refined);
  FindOwners();
}

PostcodePlacer::Row PostcodePlacer::Refined(size_t postcode) const {
  const RawPostcode& raw = tables_.postcodes[postcode];
  LatLng expected = Predict(postcode, Prediction::kWhereMostAre);
  const std::vector<LatLng> stations = StationsNear(raw.code, expected);
  if (!stations.empty()) expected = Mean(stations);
  Row row;
  row.expected = expected;
  std::vector<Weighted> named;
  for (const std::string& text : raw.names) {
    row.cities.push_back(Nearest(NameOf(text), postcode, expected));
    if (row.cities.back() == PlacedPostcode::kNoCity) continue;
    const LatLng where = CityAt(row.cities.back()).location;
    named.push_back({1.0 / (kNearMeters + Between(where, expected)), where});
  }
  const bool of_many = IsOneOfManyInCity(postcode);
  if (!stations.empty() && (of_many || named.empty())) {
    row.basis = Basis::kStation;
    row.location = Mean(stations);
  } else if (!named.empty()) {
    row.basis = of_many ? Basis::kCityOfMany : Basis::kName;
    if (raw.names.size() > 1) {
      for (LatLng where : stations) {
        named.push_back(
            {1.0 / (kNearMeters + Between(where, expected)), where});
      }
    }
    row.location = MeanWithoutStrays(named, kScatterMeters);
  }
  return row;
}

int32_t PostcodePlacer::Nearest(const Name& name, size_t postcode,
                                LatLng expected) const {
  int32_t nearest = PlacedPostcode::kNoCity;
  std::pair<bool, int32_t> least;
  for (int32_t at : name.cities) {
    const RawCity& city = CityAt(at);
    const int32_t distance_m = Between(city.location, expected);
    if (distance_m > ReachMeters(name, at, postcode)) continue;
    if (IsOthers(name, postcode, at, distance_m)) continue;
    // A part of a city is meant only where no municipality has the name.
    const std::pair<bool, int32_t> rank{city.is_part, distance_m};
    if (nearest != PlacedPostcode::kNoCity && rank >= least) continue;
    nearest = at;
    least = rank;
  }
  return nearest;
}

int32_t PostcodePlacer::ReachMeters(const Name& name, int32_t at,
                                    size_t postcode) const {
  if (IsOnlyOne(name, at)) return kUniqueNameReachMeters;
  const RawCity& city = CityAt(at);
  const NameAgreement agreement =
      Agreement(name.parsed, ParsePlaceName(city.name));
  const bool vague =
      agreement == NameAgreement::kLoose ||
      (agreement == NameAgreement::kSameMain && !name.parsed.additions.empty());
  if (vague) return kVagueNameReachMeters;
  const RawPostcode& raw = tables_.postcodes[postcode];
  const bool many_names = raw.names.size() > 2;
  if (city.population >= kLargeTownPopulation && !many_names) {
    return kLargeTownReachMeters;
  }
  if (many_names) return kManyNamesReachMeters;
  return stations_.contains(raw.code) ? kStationReachMeters : kNameReachMeters;
}

LatLng PostcodePlacer::Predict(size_t postcode, Prediction prediction) const {
  const bool middle = prediction == Prediction::kInTheMiddle;
  const size_t most = middle ? kMiddleNeighbours : kNeighbours;
  const std::string& code = tables_.postcodes[postcode].code;
  std::vector<Weighted> neighbours;
  const auto look = [&](ptrdiff_t step) {
    size_t seen = 0;
    const auto size = static_cast<ptrdiff_t>(rows_.size());
    for (ptrdiff_t i = static_cast<ptrdiff_t>(postcode) + step;
         i >= 0 && i < size && seen < most; i += step) {
      const auto at = static_cast<size_t>(i);
      const std::string& other = tables_.postcodes[at].code;
      if (!SamePrefix(code, other, 2)) break;
      if (rows_[at].basis == Basis::kNothing) continue;
      const int steps = std::abs(Number(other) - Number(code));
      const double kinship = SamePrefix(code, other, 4)   ? 3
                             : SamePrefix(code, other, 3) ? 1.5
                                                          : 1;
      const double farness = middle ? 1.0 + steps : std::sqrt(1.0 + steps);
      neighbours.push_back({kinship / farness, rows_[at].location});
      ++seen;
    }
  };
  look(-1);
  look(+1);
  return neighbours.empty()
             ? PrefixMiddle(code)
             : MeanWithoutStrays(neighbours, middle ? kMiddleScatterMeters
                                                    : kNeighbourScatterMeters);
}

bool PostcodePlacer::IsOneOfManyInCity(size_t postcode) const {
  const std::vector<std::string>& names = tables_.postcodes[postcode].names;
  return names.size() == 1 && NameOf(names[0]).postcodes >= kManyPostcodes;
}

void PostcodePlacer::SpreadWithinCities() {
  // Without a station of its own, a city's postcode lies between its centre and
  // those stations whose postcodes are next in number.
  constexpr double kCentreWeight = 0.15;
  std::map<std::string, std::vector<size_t>> with_station;
  for (size_t i = 0; i < rows_.size(); ++i) {
    if (IsOneOfManyInCity(i) && rows_[i].basis == Basis::kStation) {
      with_station[tables_.postcodes[i].names[0]].push_back(i);
    }
  }
  for (size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].basis != Basis::kCityOfMany) continue;
    const RawPostcode& raw = tables_.postcodes[i];
    std::vector<std::pair<int, size_t>> nearest;
    for (size_t other : with_station[raw.names[0]]) {
      nearest.emplace_back(
          std::abs(Number(tables_.postcodes[other].code) - Number(raw.code)),
          other);
    }
    std::sort(nearest.begin(), nearest.end());
    if (nearest.size() > kNeighbours) nearest.resize(kNeighbours);
    std::vector<Weighted> points = {{kCentreWeight, rows_[i].location}};
    for (const auto& [steps, other] : nearest) {
      points.push_back({1.0 / steps, rows_[other].location});
    }
    rows_[i].location = Mean(points);
  }
}

}  // namespace heimweg::places
