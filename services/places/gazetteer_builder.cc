#include "services/places/gazetteer_builder.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/places/averages.h"
#include "services/places/district_name.h"
#include "services/places/postcode_placer.h"

namespace heimweg::places {
namespace {

class Builder {
 public:
  explicit Builder(RawTables raw) : raw_(std::move(raw)) {}

  absl::StatusOr<Gazetteer> Build() {
    if (raw_.cities.empty() || raw_.postcodes.empty() ||
        raw_.districts.empty()) {
      return absl::FailedPreconditionError(
          "expected at least one row each of cities, postcodes and districts");
    }
    UseGermanNames();
    placed_ = PostcodePlacer(raw_).Place();
    AddMunicipalities();
    AddDistricts();
    DropUnknownDistricts();
    AddPostalCodes();
    return Gazetteer::Make(std::move(tables_));
  }

 private:
  // A city that is a district of its own has its name in the register; the
  // cities' table has English ones ("Munich").
  void UseGermanNames() {
    std::map<std::string, std::string> name_of;
    for (const RawDistrict& row : raw_.districts) {
      name_of[absl::StrCat(row.ags, "000")] = MainName(row.name);
    }
    std::map<std::string, RawCity*> greatest;
    for (RawCity& city : raw_.cities) {
      if (city.is_part || name_of.count(city.ags) == 0) continue;
      RawCity*& best = greatest[city.ags];
      if (best == nullptr || city.population > best->population) best = &city;
    }
    for (const auto& [ags, city] : greatest) {
      const PlaceName known = ParsePlaceName(city->name);
      const PlaceName official = ParsePlaceName(name_of[ags]);
      if (Agreement(known, official) == NameAgreement::kNone) {
        city->name = name_of[ags];
      }
    }
  }

  // Of the rows of one key that is the municipality which a postcode names: the
  // table gives hamlets their municipality's key and population.
  void AddMunicipalities() {
    std::set<const RawCity*> named;
    for (const PlacedPostcode& placed : placed_) {
      for (const int32_t at : placed.cities) {
        if (at == PlacedPostcode::kNoCity) continue;
        named.insert(&raw_.cities[static_cast<size_t>(at)]);
      }
    }
    std::vector<const RawCity*> cities;
    for (const RawCity& city : raw_.cities) {
      if (!city.ags.empty()) cities.push_back(&city);
    }
    const auto order = [&](const RawCity* a) {
      return std::tuple(absl::string_view(a->ags), a->is_part,
                        named.count(a) == 0, -a->population);
    };
    std::stable_sort(cities.begin(), cities.end(),
                     [&](const RawCity* a, const RawCity* b) {
                       return order(a) < order(b);
                     });
    for (const RawCity* city : cities) {
      if (tables_.municipalities.empty() ||
          tables_.municipalities.back().ags != city->ags) {
        tables_.municipalities.push_back(
            {city->ags, city->name, city->location, city->population});
      } else {
        // A part has fewer people than the whole; else the number is copied.
        const bool copied =
            city->population > tables_.municipalities.back().population / 2;
        tables_.localities.push_back({city->name, city->ags, city->location,
                                      copied ? 0 : city->population});
      }
    }
  }

  // A district lies where its people live: the mean of its municipalities by
  // population. One without any is left out, because nothing can be in it.
  void AddDistricts() {
    std::map<std::string, std::vector<Weighted>> settlements;
    for (const Municipality& row : tables_.municipalities) {
      settlements[std::string(row.district_ags())].push_back(
          {1.0 + row.population, row.location});
    }
    for (const RawDistrict& row : raw_.districts) {
      const auto found = settlements.find(row.ags);
      if (found == settlements.end()) continue;
      tables_.districts.push_back(
          {row.ags, DistrictName(row), Mean(found->second)});
      districts_.insert(row.ags);
    }
  }

  void DropUnknownDistricts() {
    const auto unknown = [&](const auto& row) {
      return districts_.count(row.ags.substr(0, 5)) == 0;
    };
    const auto drop = [&](auto& rows) {
      rows.erase(std::remove_if(rows.begin(), rows.end(), unknown), rows.end());
    };
    drop(tables_.municipalities);
    drop(tables_.localities);
  }

  void AddPostalCodes() {
    for (size_t i = 0; i < placed_.size(); ++i) {
      tables_.postal_codes.push_back(
          MakePostalCode(raw_.postcodes[i], placed_[i]));
    }
  }

  PostalCode MakePostalCode(const RawPostcode& raw,
                            const PlacedPostcode& placed) const {
    PostalCode code;
    code.code = raw.code;
    code.location = placed.location;
    code.inferred = placed.predicted;
    std::vector<std::pair<int32_t, PostalPlace>> by_population;
    for (size_t i = 0; i < raw.names.size(); ++i) {
      PostalPlace place{raw.names[i], "", placed.location, true};
      int32_t population = 0;
      if (placed.cities[i] != PlacedPostcode::kNoCity) {
        const RawCity& city =
            raw_.cities[static_cast<size_t>(placed.cities[i])];
        if (districts_.count(city.ags.substr(0, 5)) > 0) {
          place.ags = city.ags;
          place.inferred = false;
        }
        // Alone in its postcode, a name lies where the postcode was found.
        if (raw.names.size() > 1) place.location = city.location;
        population = city.population;
      }
      by_population.emplace_back(-population, std::move(place));
    }
    std::stable_sort(by_population.begin(), by_population.end(),
                     [](const auto& a, const auto& b) {
                       return std::tie(a.first, a.second.name) <
                              std::tie(b.first, b.second.name);
                     });
    for (auto& [population, place] : by_population) {
      code.places.push_back(std::move(place));
    }
    InferDistricts(code);
    return code;
  }

  void InferDistricts(PostalCode& code) const {
    const PostalPlace& greatest = code.places.front();
    code.inferred |= greatest.inferred;
    code.district_ags = greatest.ags.empty()
                            ? std::string(Nearest(code.location).district_ags())
                            : greatest.ags.substr(0, 5);
    for (PostalPlace& place : code.places) {
      if (place.ags.empty()) place.ags = code.district_ags;
    }
  }

  const Municipality& Nearest(LatLng where) const {
    return *std::min_element(
        tables_.municipalities.begin(), tables_.municipalities.end(),
        [&](const Municipality& a, const Municipality& b) {
          return Between(a.location, where) < Between(b.location, where);
        });
  }

  RawTables raw_;
  std::vector<PlacedPostcode> placed_;  // for each of raw_.postcodes
  GazetteerTables tables_;
  std::set<std::string> districts_;
};

}  // namespace

absl::StatusOr<Gazetteer> BuildGazetteer(RawTables tables) {
  return Builder(std::move(tables)).Build();
}

}  // namespace heimweg::places
