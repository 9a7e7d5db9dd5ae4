// Packages and regions as answers of the contract: what package_search.h finds,
// with names, cards and reasons.
#ifndef HEIMWEG_SERVICES_MATCHING_PACKAGES_H_
#define HEIMWEG_SERVICES_MATCHING_PACKAGES_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "services/matching/package_wish.h"
#include "services/matching/rank.h"
#include "services/matching/snapshot.h"
#include "services/server/field_checks.h"

namespace heimweg::matching {

// A limit of a request, 1 to 100, 10 if it says 0. Adds a violation if it is
// out of range.
int32_t PackageLimitOf(int32_t given, server::FieldChecks& checks);

// CANCELLED if `cancelled` said so.
absl::StatusOr<v1::RankPackagesResponse> RankPackages(
    const Snapshot& snapshot, const PackageWish& wish, int32_t limit,
    const Cancelled& cancelled = {});

// The same; display names are left empty.
absl::StatusOr<v1::RankRegionsResponse> RankRegions(
    const Snapshot& snapshot, const PackageWish& wish, v1::RegionLevel level,
    int32_t limit, const Cancelled& cancelled = {});

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_PACKAGES_H_
