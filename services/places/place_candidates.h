// Which rows of a gazetteer a place name may mean.
#ifndef HEIMWEG_SERVICES_PLACES_PLACE_CANDIDATES_H_
#define HEIMWEG_SERVICES_PLACES_PLACE_CANDIDATES_H_

#include <string>
#include <vector>

#include "services/places/gazetteer.h"
#include "services/places/place_name.h"

namespace heimweg::places {

// A place that a query may mean, whichever table it comes from.
struct PlaceCandidate {
  std::string name;  // empty for a district or a key without a name
  std::string ags;   // 8 digits, or 5 where only the district is known
  LatLng location;
  int32_t population = 0;
  bool inferred = false;
  bool is_part = false;  // of a municipality: yields to one of this name
  NameAgreement agreement = NameAgreement::kSame;
};

// Searches a gazetteer's name index, which outlives it. Thread-safe.
class CandidateSearch {
 public:
  explicit CandidateSearch(const Gazetteer& gazetteer)
      : gazetteer_(gazetteer) {}

  // Everything that bears this name, the best agreement only, one candidate
  // for each place.
  std::vector<PlaceCandidate> Named(const PlaceName& name) const;

  // "Dresden" for "Dresden-Neustadt": cities whose name begins this one.
  std::vector<PlaceCandidate> CitiesBeginning(const PlaceName& name) const;

  PlaceCandidate Describe(const Municipality& row) const;
  PlaceCandidate Describe(const PostalPlace& place) const;

 private:
  PlaceCandidate Describe(const Gazetteer::NamedRow& row) const;

  const Gazetteer& gazetteer_;
};

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_PLACE_CANDIDATES_H_
