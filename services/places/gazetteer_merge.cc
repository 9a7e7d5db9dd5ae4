#include "services/places/gazetteer_merge.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/places/averages.h"
#include "services/places/district_name.h"
#include "services/places/place_name.h"

namespace heimweg::places {
namespace {

// A part lies at most so far from the middle of its postcode.
constexpr int32_t kPostalReachMeters = 20'000;

class Merger {
 public:
  Merger(const Gazetteer& base, const GazetteerImports& imports)
      : base_(base), imports_(imports) {}

  absl::StatusOr<MergedGazetteer> Merge() {
    if (imports_.municipalities != nullptr) {
      UseRegister(*imports_.municipalities);
    } else {
      KeepRegister();
    }
    if (tables_.municipalities.empty()) {
      return absl::FailedPreconditionError(
          "no municipality with a position is left");
    }
    IndexNames();
    AddPostcodes();
    auto gazetteer = Gazetteer::Make(std::move(tables_));
    if (!gazetteer.ok()) return gazetteer.status();
    return MergedGazetteer{*std::move(gazetteer), std::move(remarks_)};
  }

 private:
  void KeepRegister() {
    tables_.districts = {base_.districts().begin(), base_.districts().end()};
    tables_.municipalities = {base_.municipalities().begin(),
                              base_.municipalities().end()};
    tables_.localities = {base_.localities().begin(), base_.localities().end()};
  }

  void UseRegister(const DestatisRegister& rows) {
    std::set<std::string> districts;
    for (const RawDistrict& row : rows.districts) districts.insert(row.ags);
    std::map<std::string, std::vector<Weighted>> settlements;
    int without_district = 0;
    int without_place = 0;
    for (const RegisteredMunicipality& row : rows.municipalities) {
      const std::string district = row.ags.substr(0, 5);
      const auto location = LocationOf(row);
      if (districts.count(district) == 0) {
        ++without_district;
      } else if (!location.has_value()) {
        ++without_place;
      } else {
        tables_.municipalities.push_back(
            {row.ags, row.name, *location, row.population});
        settlements[district].push_back({1.0 + row.population, *location});
      }
    }
    Note(without_district, "municipalities without a row of their district");
    Note(without_place, "municipalities whose position is not known");
    for (const RawDistrict& row : rows.districts) {
      const auto found = settlements.find(row.ags);
      if (found == settlements.end()) continue;
      tables_.districts.push_back(
          {row.ags, DistrictName(row), Mean(found->second)});
    }
    std::set<std::string> known;
    for (const Municipality& row : tables_.municipalities) {
      known.insert(row.ags);
    }
    for (const Locality& row : base_.localities()) {
      if (known.count(row.ags) > 0) tables_.localities.push_back(row);
    }
  }

  std::optional<LatLng> LocationOf(const RegisteredMunicipality& row) const {
    if (row.location.has_value()) return row.location;
    if (const Municipality* known = base_.FindMunicipality(row.ags)) {
      return known->location;
    }
    if (const PostalCode* hall = base_.FindPostalCode(row.postal_code)) {
      return hall->location;
    }
    return std::nullopt;
  }

  void Note(int count, absl::string_view what) {
    if (count > 0) remarks_.push_back(absl::StrCat(count, " ", what));
  }

  void IndexNames() {
    for (const District& row : tables_.districts) districts_.insert(row.ags);
    for (const Municipality& row : tables_.municipalities) {
      by_name_[absl::StrCat(row.district_ags(), ParsePlaceName(row.name).loose)]
          .push_back(&row);
    }
  }

  // The municipality of this name in the district; null if there is none.
  const Municipality* Named(absl::string_view district, absl::string_view text,
                            LatLng near) const {
    const PlaceName name = ParsePlaceName(text);
    const auto found = by_name_.find(absl::StrCat(district, name.loose));
    if (found == by_name_.end()) return nullptr;
    const Municipality* best = nullptr;
    std::pair<NameAgreement, int32_t> least{NameAgreement::kNone, 0};
    for (const Municipality* row : found->second) {
      const std::pair rank{Agreement(name, ParsePlaceName(row->name)),
                           Between(row->location, near)};
      if (rank < least) {
        least = rank;
        best = row;
      }
    }
    return best;
  }

  const Municipality& Nearest(LatLng where) const {
    return *std::min_element(
        tables_.municipalities.begin(), tables_.municipalities.end(),
        [&](const Municipality& a, const Municipality& b) {
          return Between(a.location, where) < Between(b.location, where);
        });
  }

  void AddPostcodes() {
    std::map<std::string, std::vector<const GeoNamesPlace*>> imported;
    if (imports_.geonames != nullptr) {
      for (const GeoNamesPlace& row : imports_.geonames->places) {
        imported[row.postal_code].push_back(&row);
      }
    }
    int missing = 0;
    for (const PostalCode& row : base_.postal_codes()) {
      const auto found = imported.find(row.code);
      if (found == imported.end()) {
        if (imports_.geonames != nullptr) ++missing;
        Add(row.code, {}, &row);
      } else {
        Add(row.code, found->second, &row);
        imported.erase(found);
      }
    }
    int companies = 0;
    for (const auto& [code, rows] : imported) {
      const bool known =
          std::any_of(rows.begin(), rows.end(), [&](const GeoNamesPlace* row) {
            return Named(row->district_ags, row->name, row->location) !=
                   nullptr;
          });
      if (known) {
        Add(code, rows, nullptr);
      } else {
        ++companies;
      }
    }
    Note(missing, "postcodes that the file lacks stay as set-up placed them");
    Note(companies, "postcodes of companies and boxes left out");
  }

  // A place of the new postcode, with what it is ordered by.
  struct Candidate {
    PostalPlace place;
    const Municipality* whole = nullptr;
  };

  Candidate FromGeoNames(const GeoNamesPlace& row) const {
    const bool known = districts_.count(row.district_ags) > 0;
    const std::string district =
        known ? row.district_ags
              : std::string(Nearest(row.location).district_ags());
    const Municipality* whole = Named(district, row.name, row.location);
    return {{row.name, whole == nullptr ? district : whole->ags, row.location,
             !known},
            whole};
  }

  Candidate FromBase(const PostalPlace& row) const {
    std::string district = row.ags.substr(0, 5);
    bool inferred = row.inferred;
    if (districts_.count(district) == 0) {
      district = std::string(Nearest(row.location).district_ags());
      inferred = true;
    }
    const Municipality* whole = Named(district, row.name, row.location);
    if (whole == nullptr && row.inferred) {
      // The district was a guess; a neighbour of this name is the better one.
      const std::string near(Nearest(row.location).district_ags());
      whole = Named(near, row.name, row.location);
    }
    if (whole == nullptr) {
      const bool kept = std::any_of(
          tables_.municipalities.begin(), tables_.municipalities.end(),
          [&](const Municipality& one) { return one.ags == row.ags; });
      return {{row.name, kept ? row.ags : district, row.location, inferred},
              nullptr};
    }
    const bool moved =
        Between(whole->location, row.location) > kPostalReachMeters;
    const bool guess = row.inferred && imports_.municipalities != nullptr;
    return {{row.name, whole->ags,
             guess || moved ? whole->location : row.location, false},
            whole};
  }

  void Add(const std::string& code,
           const std::vector<const GeoNamesPlace*>& rows,
           const PostalCode* base) {
    std::vector<Candidate> all;
    std::vector<LatLng> points;
    for (const GeoNamesPlace* row : rows) {
      Candidate candidate = FromGeoNames(*row);
      // Beside the town, a postcode of companies names them.
      if (base == nullptr && candidate.whole == nullptr) continue;
      all.push_back(std::move(candidate));
      points.push_back(row->location);
    }
    const size_t imported = all.size();
    InferKeys(all);
    for (size_t i = 0; base != nullptr && i < base->places.size(); ++i) {
      Candidate candidate = FromBase(base->places[i]);
      if (HasName(all, imported, candidate)) continue;
      if (rows.empty()) {
        points.push_back(candidate.place.location);
      } else if (candidate.whole == nullptr) {
        continue;
      }
      all.push_back(std::move(candidate));
    }
    Finish(code, base, rows.empty(), points, std::move(all));
  }

  static bool HasName(const std::vector<Candidate>& all, size_t count,
                      const Candidate& candidate) {
    const PlaceName name = ParsePlaceName(candidate.place.name);
    return std::any_of(all.begin(), all.begin() + static_cast<ptrdiff_t>(count),
                       [&](const Candidate& other) {
                         return (candidate.whole != nullptr &&
                                 other.whole == candidate.whole) ||
                                Agreement(ParsePlaceName(other.place.name),
                                          name) != NameAgreement::kNone;
                       });
  }

  // Villages are of the one municipality that shares the postcode.
  static void InferKeys(std::vector<Candidate>& all) {
    const Municipality* only = nullptr;
    for (const Candidate& one : all) {
      if (one.whole == nullptr || one.whole == only) continue;
      if (only != nullptr) return;
      only = one.whole;
    }
    if (only == nullptr) return;
    for (Candidate& one : all) {
      if (one.place.ags != only->district_ags()) continue;
      one.place.ags = only->ags;
      one.place.inferred = true;
    }
  }

  void Finish(const std::string& code, const PostalCode* base, bool only_base,
              const std::vector<LatLng>& points, std::vector<Candidate> all) {
    const auto rank = [](const Candidate& one) {
      return std::tuple(one.whole == nullptr ? 1 : -one.whole->population,
                        absl::string_view(one.place.name));
    };
    std::stable_sort(all.begin(), all.end(),
                     [&](const Candidate& a, const Candidate& b) {
                       return rank(a) < rank(b);
                     });
    PostalCode row;
    row.code = code;
    // A postcode that names no place again was placed better than its names.
    const bool keep = only_base && !base->inferred;
    row.location = keep ? base->location : Mean(points);
    row.inferred = only_base && all.front().place.inferred;
    row.district_ags = all.front().place.ags.substr(0, 5);
    for (Candidate& one : all) row.places.push_back(std::move(one.place));
    tables_.postal_codes.push_back(std::move(row));
  }

  const Gazetteer& base_;
  const GazetteerImports imports_;
  GazetteerTables tables_;
  std::vector<std::string> remarks_;
  std::set<std::string> districts_;
  // District's key and name without titles -> rows of tables_.
  absl::flat_hash_map<std::string, std::vector<const Municipality*>> by_name_;
};

}  // namespace

absl::StatusOr<MergedGazetteer> MergeGazetteer(
    const Gazetteer& base, const GazetteerImports& imports) {
  return Merger(base, imports).Merge();
}

}  // namespace heimweg::places
