// Packages and regions by brute force: every home with every choice of jobs,
// straight from the contract. Shares with the engine what the oracle of
// rankings does (brute_force_oracle.h).
#ifndef HEIMWEG_SERVICES_MATCHING_TESTING_PACKAGE_ORACLE_H_
#define HEIMWEG_SERVICES_MATCHING_TESTING_PACKAGE_ORACLE_H_

#include "heimweg/matching/v1/matching_service.pb.h"
#include "services/matching/testing/brute_force_oracle.h"

namespace heimweg::matching::testing {

// The packages of a request with an inline profile, an evaluation time and a
// limit, but for reasons, cards, anchors, more people and what would have to
// give.
v1::RankPackagesResponse BruteForcePackages(
    const World& world, const v1::RankPackagesRequest& request);

// The same for regions: codes, packages, numbers of homes.
v1::RankRegionsResponse BruteForceRegions(
    const World& world, const v1::RankRegionsRequest& request);

}  // namespace heimweg::matching::testing

#endif  // HEIMWEG_SERVICES_MATCHING_TESTING_PACKAGE_ORACLE_H_
