// An independent ranking to compare the engine's with: naive, straight from the
// contract, sharing nothing with the engine but the protos, the distances and
// commute minutes of places, and the table of exp(-x).
#ifndef HEIMWEG_SERVICES_MATCHING_TESTING_BRUTE_FORCE_ORACLE_H_
#define HEIMWEG_SERVICES_MATCHING_TESTING_BRUTE_FORCE_ORACLE_H_

#include <map>
#include <string>
#include <vector>

#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "services/matching/testing/oracle_features.h"

namespace heimweg::matching::testing {

// By name.
struct World {
  std::map<std::string, jobs::v1::Job> jobs;
  std::map<std::string, housing::v1::Home> homes;
  std::map<std::string, contacts::v1::Contact> contacts;
  EscoKnowledge esco;
};

// The answer to a request with an inline profile and an evaluation time, but
// for reasons, cards and revisions, which are left empty. An adult seeks a job.
v1::RankOffersResponse BruteForceRank(const World& world,
                                      const v1::RankOffersRequest& request);

// The outcome of every constraint for one offer and the adult of that id (of
// homes and contacts: any), in the order of constraints.
std::vector<v1::ConstraintResult> BruteForceConstraints(
    const World& world, const v1::RankOffersRequest& request,
    const std::string& offer, const std::string& adult);

}  // namespace heimweg::matching::testing

#endif  // HEIMWEG_SERVICES_MATCHING_TESTING_BRUTE_FORCE_ORACLE_H_
