// Finds out where postcodes are from tables that do not say it: the names of
// a postcode's municipalities, the positions of cities of some name, and the
// railway stations whose address has the postcode.
#ifndef HEIMWEG_SERVICES_PLACES_POSTCODE_PLACER_H_
#define HEIMWEG_SERVICES_PLACES_POSTCODE_PLACER_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/places/distance.h"
#include "services/places/place_name.h"
#include "services/places/raw_tables.h"

namespace heimweg::places {

// Where a postcode is, and which city each of its names means.
struct PlacedPostcode {
  static constexpr int32_t kNoCity = -1;

  LatLng location;
  bool predicted = false;       // from the neighbours in number alone
  std::vector<int32_t> cities;  // of RawTables::cities, for each name
};

// How it works. Postcodes that are near in number are mostly near on the
// ground, so that a postcode's neighbours predict where it is. Among the cities
// of a name, that is meant which is nearest to the prediction, if it is near
// enough: villages share their names with towns far away. A name that the whole
// country has once may be farther off. A key belongs to one name only: to that
// whose prediction is nearest, so that a namesake elsewhere gets nothing,
// while a municipality on the edge of two regions of postcodes has both. There
// are several rounds, because better positions make better predictions. In a
// city of many postcodes its stations stand for theirs. What has neither name
// nor station stays where its neighbours predict it. Thread-compatible.
class PostcodePlacer {
 public:
  // `tables` outlives it.
  explicit PostcodePlacer(const RawTables& tables);

  // One for each of RawTables::postcodes, in their order.
  std::vector<PlacedPostcode> Place();

 private:
  enum class Basis { kNothing, kName, kStation, kCityOfMany };
  struct Name {
    PlaceName parsed;
    std::vector<int32_t> cities;  // that it may mean
    int32_t postcodes = 0;        // that have it
    // Postcodes near in number that have it are of one municipality; here is
    // the first of each such group, ascending.
    std::vector<int32_t> groups;
    bool unique = false;  // one group and one city in the whole country
  };
  // The group of a name whose prediction is nearest to a municipality.
  struct Owner {
    const Name* name = nullptr;
    int32_t group = 0;
    int32_t distance_m = 0;
  };
  struct Row {
    LatLng location;
    Basis basis = Basis::kNothing;
    std::vector<int32_t> cities;
    LatLng expected;  // by the neighbours, or its station
  };

  void IndexCities();
  void IndexNames();
  void FindCities(Name& name) const;
  void GroupNames();
  int32_t GroupOf(const Name& name, size_t postcode) const;
  bool IsOnlyOne(const Name& name, int32_t city) const;
  void FindOwners();
  bool IsOthers(const Name& name, size_t postcode, int32_t city,
                int32_t distance_m) const;
  void FindPrefixMiddles();
  void Seed();
  void Refine();
  Row Refined(size_t postcode) const;
  int32_t Nearest(const Name& name, size_t postcode, LatLng expected) const;
  int32_t ReachMeters(const Name& name, int32_t at, size_t postcode) const;
  void SpreadWithinCities();
  // Where the postcode is by its neighbours: by the nearest few of them that
  // agree, or by more of them and all, which errs less where they do not.
  enum class Prediction { kWhereMostAre, kInTheMiddle };
  LatLng Predict(size_t postcode, Prediction prediction) const;
  LatLng PrefixMiddle(const std::string& code) const;
  bool IsOneOfManyInCity(size_t postcode) const;
  // The stations of a postcode, without those whose address must be wrong.
  std::vector<LatLng> StationsNear(const std::string& code,
                                   LatLng expected) const;
  const RawCity& CityAt(int32_t index) const;
  const Name& NameOf(const std::string& name) const;

  const RawTables& tables_;
  absl::flat_hash_map<std::string, std::vector<int32_t>> cities_by_name_;
  absl::flat_hash_map<std::string, Name> names_;
  absl::flat_hash_map<std::string, std::vector<LatLng>> stations_;
  std::map<std::string, LatLng> prefix_middles_;  // 2 and 3 digits
  std::vector<Row> rows_;
  // What may be owned once: by city, the number of its municipality. Rows of
  // one key share it; parts have their own.
  std::vector<int32_t> lot_of_city_;
  std::vector<int32_t> cities_in_lot_;
  std::vector<Owner> owners_;  // by lot; empty before the first round
};

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_POSTCODE_PLACER_H_
