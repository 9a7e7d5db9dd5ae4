// KnownPlaces: every place of a gazetteer once, whichever of its tables names
// it, with what tells namesakes apart: the list that a person chooses from.
#ifndef HEIMWEG_SERVICES_PLACES_KNOWN_PLACES_H_
#define HEIMWEG_SERVICES_PLACES_KNOWN_PLACES_H_

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/places/gazetteer.h"
#include "services/places/place_name.h"

namespace heimweg::places {

// A municipality, a part of one that has a name of its own, or a village that
// only the post names.
struct KnownPlace {
  std::string name;
  std::string ags;  // 8 digits, or 5 where only the district is known
  LatLng location;
  int32_t population = 0;  // 0: not known
  bool inferred = false;   // AGS or position were concluded from neighbours
  std::vector<std::string> postal_codes;  // that name it, ascending
  PlaceName parsed;                       // of `name`

  absl::string_view district_ags() const {
    return absl::string_view(ags).substr(0, 5);
  }
};

// Immutable; built once for a gazetteer, which it does not need afterwards.
// Thread-safe.
class KnownPlaces {
 public:
  explicit KnownPlaces(const Gazetteer& gazetteer);

  // By population, the greatest first, then by name and AGS.
  std::span<const KnownPlace> places() const { return places_; }

  // Indices of places() that a postcode names, in the gazetteer's order; empty
  // if the postcode is unknown.
  std::span<const int32_t> OfPostalCode(absl::string_view code) const;

  // Postcodes that begin with `digits`, ascending, with their places.
  struct Postcode {
    std::string code;
    std::vector<int32_t> places;
  };
  std::span<const Postcode> PostcodesBeginning(absl::string_view digits) const;

  // The place with this name and key, null if there is none.
  const KnownPlace* Find(absl::string_view name, absl::string_view ags) const;

 private:
  int32_t Add(absl::string_view name, const std::string& ags, LatLng location,
              int32_t population, bool inferred);
  void Sort();

  std::vector<KnownPlace> places_;
  std::vector<Postcode> postcodes_;  // by code
  // Name without titles + '\n' + AGS -> index.
  absl::flat_hash_map<std::string, int32_t> by_name_;
};

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_KNOWN_PLACES_H_
