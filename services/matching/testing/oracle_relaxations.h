// The oracle's relaxations: profiles in which one wish gives way.
#ifndef HEIMWEG_SERVICES_MATCHING_TESTING_ORACLE_RELAXATIONS_H_
#define HEIMWEG_SERVICES_MATCHING_TESTING_ORACLE_RELAXATIONS_H_

#include <string>
#include <vector>

#include "heimweg/matching/v1/matching_service.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"

namespace heimweg::matching::testing {

struct RelaxedProfile {
  v1::Relaxation text;
  profiles::v1::Profile profile;
  std::string adult;  // whose wish it is; empty: the household's
};

std::vector<RelaxedProfile> RelaxedProfiles(
    const v1::RankOffersRequest& request);

}  // namespace heimweg::matching::testing

#endif  // HEIMWEG_SERVICES_MATCHING_TESTING_ORACLE_RELAXATIONS_H_
