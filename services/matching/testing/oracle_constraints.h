// The oracle's constraints: one function a kind, straight from the comments of
// the contract.
#ifndef HEIMWEG_SERVICES_MATCHING_TESTING_ORACLE_CONSTRAINTS_H_
#define HEIMWEG_SERVICES_MATCHING_TESTING_ORACLE_CONSTRAINTS_H_

#include <map>

#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"

namespace heimweg::matching::testing {

using Outcomes = std::map<v1::Constraint, v1::ConstraintResult::Outcome>;

// Every constraint that applies to the kind. `profile` stands in for the
// request's.
Outcomes ConstraintsOf(const jobs::v1::Job& job,
                       const v1::RankOffersRequest& request,
                       const profiles::v1::Profile& profile,
                       const profiles::v1::Adult& adult);
Outcomes ConstraintsOf(const housing::v1::Home& home,
                       const v1::RankOffersRequest& request,
                       const profiles::v1::Profile& profile,
                       const profiles::v1::Adult& adult);
Outcomes ConstraintsOf(const contacts::v1::Contact& contact,
                       const v1::RankOffersRequest& request,
                       const profiles::v1::Profile& profile,
                       const profiles::v1::Adult& adult);

}  // namespace heimweg::matching::testing

#endif  // HEIMWEG_SERVICES_MATCHING_TESTING_ORACLE_CONSTRAINTS_H_
