// Makes a gazetteer of the one from set-up and what was imported: GeoNames'
// postcodes, Destatis' register, or both.
#ifndef HEIMWEG_SERVICES_PLACES_GAZETTEER_MERGE_H_
#define HEIMWEG_SERVICES_PLACES_GAZETTEER_MERGE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/places/destatis_file.h"
#include "services/places/gazetteer.h"
#include "services/places/geonames_file.h"

namespace heimweg::places {

struct GazetteerImports {
  const GeoNamesPostcodes* geonames = nullptr;       // null: not imported
  const DestatisRegister* municipalities = nullptr;  // null: not imported
};

struct MergedGazetteer {
  Gazetteer gazetteer;
  std::vector<std::string> remarks;  // what was left out or came from `base`
};

// The register, if there is one, replaces districts and municipalities; a
// municipality without a position has that of `base`, else its town hall's
// postcode's, else it is left out.
//
// GeoNames' rows, if there are any, say where postcodes and villages are.
// Their key is that of the municipality of their name in their district;
// else, if only one municipality shares the postcode, that one's (inferred);
// else the district's. A postcode that `base` does not know counts only with
// the name of a municipality: the others are of companies and boxes. What
// GeoNames lacks stays as `base` has it.
//
// FAILED_PRECONDITION if nothing is left.
absl::StatusOr<MergedGazetteer> MergeGazetteer(const Gazetteer& base,
                                               const GazetteerImports& imports);

}  // namespace heimweg::places

#endif  // HEIMWEG_SERVICES_PLACES_GAZETTEER_MERGE_H_
