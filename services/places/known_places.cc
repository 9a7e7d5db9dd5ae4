#include "services/places/known_places.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace heimweg::places {
namespace {

// The same place in two tables may be spelt in two ways, but has one key.
std::string KeyOf(const PlaceName& name, absl::string_view ags) {
  return absl::StrCat(name.loose, "\n", ags);
}

}  // namespace

KnownPlaces::KnownPlaces(const Gazetteer& gazetteer) {
  for (const Municipality& row : gazetteer.municipalities()) {
    Add(row.name, row.ags, row.location, row.population, false);
  }
  for (const Locality& row : gazetteer.localities()) {
    Add(row.name, row.ags, row.location, row.population, false);
  }
  // A village whose district alone is known may be one of these.
  for (size_t i = 0; i < places_.size(); ++i) {
    by_name_.try_emplace(KeyOf(places_[i].parsed, places_[i].district_ags()),
                         static_cast<int32_t>(i));
  }
  for (const PostalCode& row : gazetteer.postal_codes()) {
    Postcode postcode{row.code, {}};
    for (const PostalPlace& place : row.places) {
      const int32_t at =
          Add(place.name, place.ags, place.location, 0, place.inferred);
      std::vector<std::string>& codes =
          places_[static_cast<size_t>(at)].postal_codes;
      if (codes.empty() || codes.back() != row.code) codes.push_back(row.code);
      postcode.places.push_back(at);
    }
    postcodes_.push_back(std::move(postcode));
  }
  Sort();
}

int32_t KnownPlaces::Add(absl::string_view name, const std::string& ags,
                         LatLng location, int32_t population, bool inferred) {
  PlaceName parsed = ParsePlaceName(name);
  const auto [row, is_new] = by_name_.try_emplace(
      KeyOf(parsed, ags), static_cast<int32_t>(places_.size()));
  if (is_new) {
    places_.push_back({std::string(name),
                       ags,
                       location,
                       population,
                       inferred,
                       {},
                       std::move(parsed)});
  }
  return row->second;
}

void KnownPlaces::Sort() {
  std::vector<int32_t> order(places_.size());
  std::iota(order.begin(), order.end(), 0);
  const auto at = [&](int32_t i) -> const KnownPlace& {
    return places_[static_cast<size_t>(i)];
  };
  std::sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
    return std::tuple(-at(a).population, at(a).name, at(a).ags) <
           std::tuple(-at(b).population, at(b).name, at(b).ags);
  });
  std::vector<int32_t> place_of(order.size());
  std::vector<KnownPlace> sorted;
  sorted.reserve(order.size());
  for (const int32_t old : order) {
    place_of[static_cast<size_t>(old)] = static_cast<int32_t>(sorted.size());
    sorted.push_back(std::move(places_[static_cast<size_t>(old)]));
  }
  places_ = std::move(sorted);
  for (auto& [key, index] : by_name_) {
    index = place_of[static_cast<size_t>(index)];
  }
  for (Postcode& postcode : postcodes_) {
    for (int32_t& place : postcode.places) {
      place = place_of[static_cast<size_t>(place)];
    }
  }
}

std::span<const KnownPlaces::Postcode> KnownPlaces::PostcodesBeginning(
    absl::string_view digits) const {
  const auto prefix = [&](const Postcode& row) {
    return absl::string_view(row.code).substr(0, digits.size());
  };
  const auto begin = std::partition_point(
      postcodes_.begin(), postcodes_.end(),
      [&](const Postcode& row) { return prefix(row) < digits; });
  const auto end = std::partition_point(
      begin, postcodes_.end(),
      [&](const Postcode& row) { return prefix(row) == digits; });
  return {begin, end};
}

std::span<const int32_t> KnownPlaces::OfPostalCode(
    absl::string_view code) const {
  const auto found = PostcodesBeginning(code);
  if (found.size() != 1 || found.front().code != code) return {};
  return found.front().places;
}

const KnownPlace* KnownPlaces::Find(absl::string_view name,
                                    absl::string_view ags) const {
  const auto found = by_name_.find(KeyOf(ParsePlaceName(name), ags));
  return found == by_name_.end() ? nullptr
                                 : &places_[static_cast<size_t>(found->second)];
}

}  // namespace heimweg::places
