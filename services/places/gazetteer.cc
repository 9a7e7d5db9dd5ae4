#include "services/places/gazetteer.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/places/gazetteer_file.h"
#include "services/places/germany.h"
#include "services/places/place_name.h"

namespace heimweg::places {
namespace {

// Coordinates are kept as the file has them, so that a gazetteer and its copy
// from the file give the same bits.
void RoundLocation(LatLng& where) {
  constexpr double kParts = 1e5;
  where.lat_deg = std::round(where.lat_deg * kParts) / kParts;
  where.lng_deg = std::round(where.lng_deg * kParts) / kParts;
}

template <typename Rows, typename Key>
void SortBy(Rows& rows, Key key) {
  std::stable_sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
    return key(a) < key(b);
  });
}

void Normalise(GazetteerTables& tables) {
  const auto ags = [](const auto& row) -> const std::string& {
    return row.ags;
  };
  SortBy(tables.districts, ags);
  SortBy(tables.municipalities, ags);
  SortBy(tables.localities, ags);
  SortBy(tables.postal_codes,
         [](const PostalCode& row) -> const std::string& { return row.code; });
  for (District& row : tables.districts) RoundLocation(row.location);
  for (Municipality& row : tables.municipalities) RoundLocation(row.location);
  for (Locality& row : tables.localities) RoundLocation(row.location);
  for (PostalCode& row : tables.postal_codes) {
    RoundLocation(row.location);
    for (PostalPlace& place : row.places) RoundLocation(place.location);
  }
}

bool IsName(absl::string_view name) {
  return !name.empty() && name.find_first_of("\t\n\r") == name.npos;
}

// Refuses rows that the gazetteer's promises exclude.
class TableCheck {
 public:
  explicit TableCheck(const GazetteerTables& tables) : tables_(tables) {}

  absl::Status Run() {
    for (const District& row : tables_.districts) {
      Settle("district", row.ags, 5, row.name, row.location);
      if (StateName(row.ags).empty()) {
        Fail("district", row.ags, "a state's AGS");
      }
    }
    CheckUnique("district", tables_.districts,
                [](const District& row) { return row.ags; });
    for (const Municipality& row : tables_.municipalities) {
      Settle("municipality", row.ags, 8, row.name, row.location);
      RequireDistrict("municipality", row.ags, row.ags);
    }
    CheckUnique("municipality", tables_.municipalities,
                [](const Municipality& row) { return row.ags; });
    for (const Locality& row : tables_.localities) {
      Settle("locality of municipality", row.ags, 8, row.name, row.location);
      RequireMunicipality("locality of municipality", row.ags, row.ags);
    }
    for (const PostalCode& row : tables_.postal_codes) CheckPostalCode(row);
    CheckUnique("postcode", tables_.postal_codes,
                [](const PostalCode& row) { return row.code; });
    return status_;
  }

 private:
  void Fail(absl::string_view what, absl::string_view key,
            absl::string_view expected) {
    if (!status_.ok()) return;
    status_ = absl::InvalidArgumentError(
        absl::StrCat(what, " \"", key, "\": expected ", expected));
  }

  void Settle(absl::string_view what, absl::string_view key, size_t digits,
              absl::string_view name, LatLng location) {
    if (!IsDigits(key, digits)) {
      Fail(what, key, absl::StrCat(digits, " digits"));
    }
    if (!IsName(name)) Fail(what, key, "a name without tabs and line ends");
    if (!IsInOrNearGermany(location)) {
      Fail(what, key, "a location in or near Germany");
    }
  }

  void RequireDistrict(absl::string_view what, absl::string_view key,
                       absl::string_view ags) {
    const auto& rows = tables_.districts;
    const auto found = std::lower_bound(
        rows.begin(), rows.end(), ags.substr(0, 5),
        [](const District& row, absl::string_view a) { return row.ags < a; });
    if (found == rows.end() || found->ags != ags.substr(0, 5)) {
      Fail(what, key, "its district among the districts");
    }
  }

  void RequireMunicipality(absl::string_view what, absl::string_view key,
                           absl::string_view ags) {
    const auto& rows = tables_.municipalities;
    const auto found =
        std::lower_bound(rows.begin(), rows.end(), ags,
                         [](const Municipality& row, absl::string_view a) {
                           return row.ags < a;
                         });
    if (found == rows.end() || found->ags != ags) {
      Fail(what, key, "its municipality among the municipalities");
    }
  }

  void CheckPostalCode(const PostalCode& row) {
    if (row.places.empty()) Fail("postcode", row.code, "at least one place");
    RequireDistrict("postcode", row.code, row.district_ags);
    for (const PostalPlace& place : row.places) {
      Settle("postcode", row.code, 5, place.name, place.location);
      if (place.ags.size() == 5) {
        RequireDistrict("postcode", row.code, place.ags);
      } else {
        RequireMunicipality("postcode", row.code, place.ags);
      }
    }
  }

  template <typename Rows, typename Key>
  void CheckUnique(absl::string_view what, const Rows& rows, Key key) {
    const auto twice = std::adjacent_find(
        rows.begin(), rows.end(),
        [&](const auto& a, const auto& b) { return key(a) == key(b); });
    if (twice != rows.end()) Fail(what, key(*twice), "one row, not two");
  }

  const GazetteerTables& tables_;
  absl::Status status_;
};

// The row with exactly this key in rows ordered by it.
template <typename Row, typename Key>
const Row* Find(const std::vector<Row>& rows, absl::string_view wanted,
                Key key) {
  const auto found = std::lower_bound(
      rows.begin(), rows.end(), wanted,
      [&](const Row& row, absl::string_view k) { return key(row) < k; });
  return found != rows.end() && key(*found) == wanted ? &*found : nullptr;
}

}  // namespace

absl::StatusOr<Gazetteer> Gazetteer::Make(GazetteerTables tables) {
  Normalise(tables);
  if (absl::Status status = TableCheck(tables).Run(); !status.ok()) {
    return status;
  }
  return Gazetteer(std::move(tables));
}

Gazetteer::Gazetteer(GazetteerTables tables) : tables_(std::move(tables)) {
  fingerprint_ = Fingerprint(FormatGazetteer(tables_));
  const auto add_name = [&](absl::string_view name, NamedRow row) {
    by_name_[ParsePlaceName(name).loose].push_back(row);
  };
  const auto index = [](size_t i) { return static_cast<int32_t>(i); };
  for (size_t i = 0; i < tables_.municipalities.size(); ++i) {
    const Municipality& row = tables_.municipalities[i];
    add_name(row.name, {NamedRow::Table::kMunicipality, index(i)});
    sites_.push_back({ToGeoPoint(row.location), index(i)});
  }
  for (size_t i = 0; i < tables_.localities.size(); ++i) {
    const Locality& row = tables_.localities[i];
    add_name(row.name, {NamedRow::Table::kLocality, index(i)});
    sites_.push_back(
        {ToGeoPoint(row.location),
         index(FindMunicipality(row.ags) - tables_.municipalities.data())});
  }
  for (size_t i = 0; i < tables_.postal_codes.size(); ++i) {
    const std::vector<PostalPlace>& places = tables_.postal_codes[i].places;
    for (size_t j = 0; j < places.size(); ++j) {
      add_name(places[j].name,
               {NamedRow::Table::kPostalPlace, index(i), index(j)});
    }
  }
  SortSites();
}

void Gazetteer::SortSites() {
  int32_t order = 0;
  for (Site& site : sites_) site.order = order++;
  std::sort(sites_.begin(), sites_.end(),
            [](const Site& a, const Site& b) { return a.point.z < b.point.z; });
}

absl::StatusOr<Gazetteer> Gazetteer::Load(const std::string& path) {
  absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return text.status();
  absl::StatusOr<GazetteerTables> tables = ParseGazetteer(*text);
  if (!tables.ok()) {
    return absl::Status(tables.status().code(),
                        absl::StrCat(path, ": ", tables.status().message(),
                                     "; heimweg_gazetteer makes a new one"));
  }
  absl::StatusOr<Gazetteer> gazetteer = Make(*std::move(tables));
  if (!gazetteer.ok()) {
    return absl::DataLossError(
        absl::StrCat(path, ": ", gazetteer.status().message()));
  }
  return gazetteer;
}

absl::Status Gazetteer::Write(const std::string& path) const {
  return ReplaceFile(path, Format());
}

std::string Gazetteer::Format() const { return FormatGazetteer(tables_); }

const Municipality* Gazetteer::Nearest(GeoPoint point) const {
  // What rounding of far points may take off ChordSquared.
  constexpr int64_t kRounding = int64_t{1} << 34;
  const Site* nearest = nullptr;
  int64_t least = 0;
  // False for a site that lies so far to the north or south that neither it nor
  // those behind it are the nearest.
  const auto look = [&](const Site& site) {
    const int64_t north = int64_t{site.point.z} - point.z;
    if (nearest != nullptr && north * north > least + kRounding) return false;
    const int64_t chord = ChordSquared(point, site.point);
    if (nearest == nullptr || chord < least ||
        (chord == least && site.order < nearest->order)) {
      nearest = &site;
      least = chord;
    }
    return true;
  };
  const auto middle = std::lower_bound(
      sites_.begin(), sites_.end(), point.z,
      [](const Site& site, int32_t z) { return site.point.z < z; });
  // Both ways in turn, so that what is far away is soon known to be.
  auto north = middle;
  auto south = std::make_reverse_iterator(middle);
  bool found = true;
  while (found) {
    found = false;
    if (north != sites_.end() && look(*north)) {
      ++north;
      found = true;
    }
    if (south != sites_.rend() && look(*south)) {
      ++south;
      found = true;
    }
  }
  if (nearest == nullptr) return nullptr;
  return &tables_.municipalities[static_cast<size_t>(nearest->municipality)];
}

const Municipality* Gazetteer::FindMunicipality(absl::string_view ags) const {
  return Find(tables_.municipalities, ags, [](const Municipality& row) {
    return absl::string_view(row.ags);
  });
}

const District* Gazetteer::FindDistrict(absl::string_view ags) const {
  return Find(tables_.districts, ags,
              [](const District& row) { return absl::string_view(row.ags); });
}

const PostalCode* Gazetteer::FindPostalCode(absl::string_view code) const {
  return Find(tables_.postal_codes, code, [](const PostalCode& row) {
    return absl::string_view(row.code);
  });
}

std::span<const Municipality> Gazetteer::MunicipalitiesOf(
    absl::string_view ags_prefix) const {
  const auto& rows = tables_.municipalities;
  const auto prefix_of = [&](const Municipality& row) {
    return absl::string_view(row.ags).substr(0, ags_prefix.size());
  };
  const auto begin = std::partition_point(
      rows.begin(), rows.end(),
      [&](const Municipality& row) { return prefix_of(row) < ags_prefix; });
  const auto end = std::partition_point(
      begin, rows.end(),
      [&](const Municipality& row) { return prefix_of(row) == ags_prefix; });
  return {begin, end};
}

}  // namespace heimweg::places
