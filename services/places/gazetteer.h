// The gazetteer: where Germany's municipalities, postcodes and districts are,
// and which place a person means who names one. Not a geocoder: it knows no
// streets.
//
// It is loaded from one file (gazetteer_file.h draws the format) that set-up
// makes with heimweg_gazetteer, or that an import of the official registers
// replaces.
#ifndef HEIMWEG_SERVICES_PLACES_GAZETTEER_H_
#define HEIMWEG_SERVICES_PLACES_GAZETTEER_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/places/distance.h"
#include "services/places/germany.h"

namespace heimweg::places {

// AGS: the official municipality key (Amtlicher Gemeindeschluessel), digits
// as a string with leading zeros: 2 state, 1 region, 2 district, 3
// municipality. Its first 5 name the district (Kreis), its first 2 the state.

struct District {
  std::string ags;   // 5 digits
  std::string name;  // "Elbe-Elster"
  LatLng location;   // where its people live, on average
};

// A municipality (Gemeinde) whose AGS is known.
struct Municipality {
  std::string ags;   // 8 digits
  std::string name;  // "Finsterwalde"
  LatLng location;   // its centre
  int32_t population = 0;

  absl::string_view district_ags() const {
    return absl::string_view(ags).substr(0, 5);
  }
  absl::string_view state_ags() const {
    return absl::string_view(ags).substr(0, 2);
  }
};

// A part of a municipality that has a name and a position of its own: a city
// district, a village that was incorporated.
struct Locality {
  std::string name;
  std::string ags;  // 8 digits, of its municipality
  LatLng location;
  int32_t population = 0;
};

// A place as the post knows it: its name within one postcode. Villages that
// are too small for the other tables are known only here.
struct PostalPlace {
  std::string name;
  std::string ags;  // 8 digits, or 5 where only the district is known
  LatLng location;
  bool inferred = false;  // AGS or position were concluded from neighbours
};

struct PostalCode {
  std::string code;  // 5 digits
  LatLng location;   // the middle of its places
  std::string district_ags;
  bool inferred = false;            // position or district were concluded
  std::vector<PostalPlace> places;  // at least one; the greatest first
};

// What somebody wrote to name a place. Empty means not given. (The initialisers
// are there so that {.postal_code = "03238"} needs no other member.)
struct PlaceQuery {
  std::string postal_code = {};
  std::string municipality = {};  // a name in any usual spelling
  std::string ags = {};           // 8 digits, or 5 for a whole district
  std::optional<LatLng> location = {};
};

// How much of ResolvedPlace::ags is known.
enum class AgsPrecision { kMunicipality, kDistrict };

struct ResolvedPlace {
  LatLng location;
  GeoPoint point;   // of `location`
  std::string ags;  // 8 digits, or 5: see `precision`
  AgsPrecision precision = AgsPrecision::kMunicipality;
  std::string postal_code;   // as given, otherwise empty
  std::string municipality;  // empty if only a district was named
  std::string district;      // its name
  std::string district_ags;  // 5 digits
  std::string state_ags;     // 2 digits
  bool inferred = false;     // position or AGS are a conclusion, not a fact
};

// The tables that make a gazetteer, in any order.
struct GazetteerTables {
  std::vector<District> districts;
  std::vector<Municipality> municipalities;
  std::vector<Locality> localities;
  std::vector<PostalCode> postal_codes;
};

// Immutable and movable. References and spans that it hands out live as long
// as it. Thread-safe.
class Gazetteer {
 public:
  // Checks the tables (keys well formed and unique, districts known, points in
  // or near Germany) and indexes them. INVALID_ARGUMENT names the first row
  // that is wrong.
  static absl::StatusOr<Gazetteer> Make(GazetteerTables tables);

  // Reads a file that Write wrote. NOT_FOUND if it cannot be opened,
  // FAILED_PRECONDITION if a newer Heimweg wrote it, DATA_LOSS if it is broken:
  // the message names the line and what was expected there.
  static absl::StatusOr<Gazetteer> Load(const std::string& path);

  // Writes the file, replacing an older one in one step. The same tables give
  // the same bytes.
  absl::Status Write(const std::string& path) const;

  // The file's text.
  std::string Format() const;

  // Finds the place. Several fields must agree; a given location is kept as the
  // point and the AGS comes from the other fields, else from the nearest
  // municipality. Never NOT_FOUND: every error is INVALID_ARGUMENT, its message
  // is "<field of PlaceQuery>: <what is wrong, what is accepted>" and quotes
  // nothing of the query, only names from the gazetteer. A name that several
  // places bear is refused with up to five of them.
  absl::StatusOr<ResolvedPlace> Resolve(const PlaceQuery& query) const;

  // The municipality nearest to a point, judged by the centres of
  // municipalities and localities. Null only if there are none.
  const Municipality* Nearest(GeoPoint point) const;

  // Null if unknown.
  const Municipality* FindMunicipality(absl::string_view ags) const;
  const District* FindDistrict(absl::string_view ags) const;
  const PostalCode* FindPostalCode(absl::string_view code) const;

  // All of them, ordered by AGS or postcode.
  std::span<const Municipality> municipalities() const {
    return tables_.municipalities;
  }
  std::span<const District> districts() const { return tables_.districts; }
  std::span<const Locality> localities() const { return tables_.localities; }
  std::span<const PostalCode> postal_codes() const {
    return tables_.postal_codes;
  }

  // Those whose AGS begins with `ags_prefix` (0 to 8 digits), ordered by AGS.
  std::span<const Municipality> MunicipalitiesOf(
      absl::string_view ags_prefix) const;

  // A number of the contents: two gazetteers with the same one resolve alike.
  uint64_t fingerprint() const { return fingerprint_; }

 private:
  friend class CandidateSearch;

  // A named thing in the name index, by its table and row.
  struct NamedRow {
    enum class Table : uint8_t { kMunicipality, kLocality, kPostalPlace };
    Table table;
    int32_t row;        // of the table; of postal_codes for a postal place
    int32_t place = 0;  // of the postcode's places
  };

  // A point that stands for a municipality; of those equally near the one that
  // was named first counts.
  struct Site {
    GeoPoint point;
    int32_t municipality = 0;
    int32_t order = 0;
  };

  explicit Gazetteer(GazetteerTables tables);
  void SortSites();

  GazetteerTables tables_;
  absl::flat_hash_map<std::string, std::vector<NamedRow>> by_name_;
  std::vector<Site> sites_;  // from the south to the north
  uint64_t fingerprint_ = 0;
};

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_GAZETTEER_H_
