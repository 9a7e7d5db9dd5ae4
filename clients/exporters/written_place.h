// WrittenPlace: what exports say of where an offer is, so that it is found
// again where it is read: what was given and what was found of it.
#ifndef HEIMWEG_CLIENTS_EXPORTERS_WRITTEN_PLACE_H_
#define HEIMWEG_CLIENTS_EXPORTERS_WRITTEN_PLACE_H_

#include <string>

#include "heimweg/type/v1/place.pb.h"

namespace heimweg::exporters {

// Refers to the place that it was made of.
struct WrittenPlace {
  explicit WrittenPlace(const type::v1::Place& place)
      : town(place.municipality().empty() ? place.resolved().municipality()
                                          : place.municipality()),
        postal_code(place.postal_code().empty() ? place.resolved().postal_code()
                                                : place.postal_code()) {
    if (place.has_location()) {
      location = &place.location();
    } else if (postal_code.empty() && place.resolved().has_location()) {
      // The town has namesakes, and these formats have no AGS.
      location = &place.resolved().location();
    }
  }

  const std::string& town;
  const std::string& postal_code;
  const type::v1::LatLng* location = nullptr;  // Null: says no more.
};

}  // namespace heimweg::exporters

#endif  // HEIMWEG_CLIENTS_EXPORTERS_WRITTEN_PLACE_H_
