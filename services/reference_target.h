// The target `reference`: the imported data sets and what answers from them,
// over a store of their own.
#ifndef HEIMWEG_SERVICES_REFERENCE_TARGET_H_
#define HEIMWEG_SERVICES_REFERENCE_TARGET_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/server/edge.h"
#include "services/targets.h"

namespace heimweg {

// Opens <data>/reference. Errors are those of OpenStore and of
// DataSetBook::Open. `edge` outlives the result.
absl::StatusOr<std::unique_ptr<Target>> OpenReferenceTarget(
    const std::string& data, server::Edge& edge);

}  // namespace heimweg

#endif  // HEIMWEG_SERVICES_REFERENCE_TARGET_H_
