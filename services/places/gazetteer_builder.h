// Makes the gazetteer's tables from raw rows that do not name each other's
// keys: which city is which municipality, where each postcode is
// (postcode_placer.h), which district a village belongs to.
#ifndef HEIMWEG_SERVICES_PLACES_GAZETTEER_BUILDER_H_
#define HEIMWEG_SERVICES_PLACES_GAZETTEER_BUILDER_H_

#include "absl/status/statusor.h"
#include "services/places/gazetteer.h"
#include "services/places/raw_tables.h"

namespace heimweg::places {

// The greatest city row of a key becomes its municipality, the others its
// localities. A name of a postcode that no city stands for gets the district of
// the postcode's other places, else of the municipality nearest to it, and is
// marked as inferred. FAILED_PRECONDITION if a table is empty.
absl::StatusOr<Gazetteer> BuildGazetteer(RawTables tables);

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_GAZETTEER_BUILDER_H_
