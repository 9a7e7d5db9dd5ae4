// What would have to give so that an offer met a constraint that it fails.
#ifndef HEIMWEG_SERVICES_MATCHING_REQUIRED_LIMITS_H_
#define HEIMWEG_SERVICES_MATCHING_REQUIRED_LIMITS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "heimweg/matching/v1/match.pb.h"
#include "services/matching/contact_query.h"
#include "services/matching/home_query.h"
#include "services/matching/job_query.h"

namespace heimweg::matching {

// A limit of the anchor that holds an offer `distance_m` away. It has one.
v1::Relaxation AnchorLimitFor(const Anchor& anchor, int32_t distance_m);

// For a failed constraint with a number: the value with which it would be met,
// kilometres rounded up to tenths. Of AREA one for each required anchor that
// fails and, if no other one holds the offer, one for the anchor whose limit
// would have to grow least. Empty for constraints without a number.
std::vector<v1::Relaxation> RequiredLimits(const JobQuery& query,
                                           const JobQuery::Row& at,
                                           size_t seeker,
                                           v1::Constraint constraint);
std::vector<v1::Relaxation> RequiredLimits(const HomeQuery& query,
                                           const HomeQuery::Row& at,
                                           size_t seeker,
                                           v1::Constraint constraint);
std::vector<v1::Relaxation> RequiredLimits(const ContactQuery& query,
                                           const ContactQuery::Row& at,
                                           size_t seeker,
                                           v1::Constraint constraint);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_REQUIRED_LIMITS_H_
