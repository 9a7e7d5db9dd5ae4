#include "services/places/place_candidates.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"

namespace heimweg::places {
namespace {

// Below this, "Hausen Mitte" is rather another village than a quarter.
constexpr int32_t kPopulationWithQuarters = 20'000;

}  // namespace

std::vector<PlaceCandidate> CandidateSearch::Named(
    const PlaceName& name) const {
  const auto rows = gazetteer_.by_name_.find(name.loose);
  if (rows == gazetteer_.by_name_.end()) return {};
  std::vector<PlaceCandidate> found;
  auto best = NameAgreement::kNone;
  for (const Gazetteer::NamedRow& row : rows->second) {
    PlaceCandidate candidate = Describe(row);
    candidate.agreement = Agreement(name, ParsePlaceName(candidate.name));
    best = std::min(best, candidate.agreement);
    found.push_back(std::move(candidate));
  }
  if (best == NameAgreement::kNone) return {};
  // A name without additions means any place that bears it with or without.
  const auto limit = best == NameAgreement::kSame && name.additions.empty()
                         ? NameAgreement::kSameMain
                         : best;
  const auto drop = [&](auto unwanted) {
    found.erase(std::remove_if(found.begin(), found.end(), unwanted),
                found.end());
  };
  drop([&](const PlaceCandidate& c) { return c.agreement > limit; });
  const bool has_whole =
      std::any_of(found.begin(), found.end(),
                  [](const PlaceCandidate& c) { return !c.is_part; });
  if (has_whole) drop([](const PlaceCandidate& c) { return c.is_part; });
  // Villages without a key of their own are the same if district and name are.
  std::stable_sort(found.begin(), found.end(),
                   [](const PlaceCandidate& a, const PlaceCandidate& b) {
                     return std::tie(a.ags, a.name) < std::tie(b.ags, b.name);
                   });
  // One without a key may be a municipality whose postcode spells it otherwise.
  const std::vector<PlaceCandidate> all = found;
  drop([&](const PlaceCandidate& c) {
    return c.ags.size() == 5 &&
           std::any_of(all.begin(), all.end(),
                       [&](const PlaceCandidate& other) {
                         return other.ags.size() == 8 &&
                                Agreement(ParsePlaceName(other.name),
                                          ParsePlaceName(c.name)) <=
                                    NameAgreement::kSameMain &&
                                absl::StartsWith(other.ags, c.ags);
                       });
  });
  const auto same = [](const PlaceCandidate& a, const PlaceCandidate& b) {
    return a.ags == b.ags && (a.ags.size() == 8 || a.name == b.name);
  };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  return found;
}

std::vector<PlaceCandidate> CandidateSearch::CitiesBeginning(
    const PlaceName& name) const {
  for (size_t words = name.words.size() - 1; words > 0; --words) {
    std::vector<PlaceCandidate> found = Named(FirstWords(name, words));
    found.erase(std::remove_if(found.begin(), found.end(),
                               [](const PlaceCandidate& c) {
                                 return c.population < kPopulationWithQuarters;
                               }),
                found.end());
    if (found.empty()) continue;
    for (PlaceCandidate& city : found) city.inferred = true;
    return found;
  }
  return {};
}

PlaceCandidate CandidateSearch::Describe(const Gazetteer::NamedRow& row) const {
  const auto at = static_cast<size_t>(row.row);
  switch (row.table) {
    case Gazetteer::NamedRow::Table::kMunicipality:
      return Describe(gazetteer_.municipalities()[at]);
    case Gazetteer::NamedRow::Table::kPostalPlace:
      return Describe(
          gazetteer_.postal_codes()[at].places[static_cast<size_t>(row.place)]);
    case Gazetteer::NamedRow::Table::kLocality:
      break;
  }
  const Locality& part = gazetteer_.localities()[at];
  return {part.name, part.ags, part.location, part.population, false, true};
}

PlaceCandidate CandidateSearch::Describe(const PostalPlace& place) const {
  const Municipality* whole = gazetteer_.FindMunicipality(place.ags);
  const bool is_part = whole != nullptr && whole->name != place.name;
  return {place.name, place.ags, place.location, 0, place.inferred, is_part};
}

PlaceCandidate CandidateSearch::Describe(const Municipality& row) const {
  return {row.name, row.ags, row.location, row.population, false};
}

}  // namespace heimweg::places
