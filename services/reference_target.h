// The target `reference`: the imported data sets and what answers from them,
// over a store of their own.
#ifndef HEIMWEG_SERVICES_REFERENCE_TARGET_H_
#define HEIMWEG_SERVICES_REFERENCE_TARGET_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/occupations/catalog_source.h"
#include "services/places/gazetteer.h"
#include "services/places/gazetteer_source.h"
#include "services/server/edge.h"
#include "services/targets.h"

namespace heimweg {

// Opens <data>/reference. Errors are those of OpenStore and of
// DataSetBook::Open. `edge` outlives the result.
// Its places are those of `base`, which outlives the result, and of what was
// imported.
class ReferenceTarget : public Target {
 public:
  // What answers at the time, for the other targets of the process; to be asked
  // while this lives.
  virtual places::GazetteerSource gazetteer() const = 0;
  virtual occupations::CatalogSource catalog() const = 0;
};
absl::StatusOr<std::unique_ptr<ReferenceTarget>> OpenReferenceTarget(
    const std::string& data, const places::Gazetteer& base, server::Edge& edge);

}  // namespace heimweg

#endif  // HEIMWEG_SERVICES_REFERENCE_TARGET_H_
