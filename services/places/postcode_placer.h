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
// enough: villages share their names with towns far away. Three rounds, because
// better positions make better predictions. In a city of many postcodes its
// stations stand for theirs. What has neither name nor station stays where its
// neighbours predict it. Thread-compatible.
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
  };
  struct Row {
    LatLng location;
    Basis basis = Basis::kNothing;
    std::vector<int32_t> cities;
  };

  void IndexNames();
  void FindCities(Name& name) const;
  void FindPrefixMiddles();
  void Seed();
  void Refine();
  Row Refined(size_t postcode) const;
  int32_t Nearest(const Name& name, size_t postcode, LatLng expected) const;
  int32_t ReachMeters(const Name& name, const RawCity& city,
                      size_t postcode) const;
  void SpreadWithinCities();
  LatLng Predict(size_t postcode) const;
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
};

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_POSTCODE_PLACER_H_
