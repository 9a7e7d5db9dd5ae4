// Where generated offers and anchors lie: municipalities, each as often as many
// people live there.
#ifndef HEIMWEG_CLIENTS_GENERATOR_TOWNS_H_
#define HEIMWEG_CLIENTS_GENERATOR_TOWNS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "clients/generator/random.h"
#include "clients/generator/weighted_choice.h"
#include "heimweg/type/v1/place.pb.h"
#include "services/places/gazetteer.h"

namespace heimweg::generator {

struct Town {
  std::string ags;  // 8 digits
  std::string name;
  int64_t population = 0;

  // What people there say of where they live, and what the gazetteer makes of
  // it. At least one.
  struct Address {
    type::v1::Place given;
    type::v1::ResolvedPlace resolved;
  };
  std::vector<Address> addresses;
  int spread = 0;  // how far offers lie around it, in 10^-5 degrees

  // Rents and pay are lower there (the five states in the east).
  bool in_east() const { return ags >= "12"; }
  // 0 village, 1 small town, 2 town, 3 city, 4 metropolis.
  int size_class() const;
};

// Immutable. Thread-safe.
class Towns {
 public:
  // All municipalities of the gazetteer, with the postcodes that it knows.
  static Towns Of(const places::Gazetteer& gazetteer);

  // A few dozen towns of all sizes and states, given by coordinates and AGS.
  static Towns BuiltIn();

  const Town& Draw(Random& random) const { return all_[choice_.Draw(random)]; }

  // A place in or around `town`; with `resolved`, as a service stores it.
  static type::v1::Place PlaceIn(const Town& town, bool resolved,
                                 Random& random);

  const std::vector<Town>& all() const { return all_; }

 private:
  explicit Towns(std::vector<Town> all);

  std::vector<Town> all_;
  WeightedChoice choice_;
};

}  // namespace heimweg::generator

#endif  // HEIMWEG_CLIENTS_GENERATOR_TOWNS_H_
