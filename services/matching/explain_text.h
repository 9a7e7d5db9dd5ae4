// What was asked and what an offer says, in words, for each constraint of an
// explanation.
#ifndef HEIMWEG_SERVICES_MATCHING_EXPLAIN_TEXT_H_
#define HEIMWEG_SERVICES_MATCHING_EXPLAIN_TEXT_H_

#include <cstddef>
#include <string>

#include "heimweg/matching/v1/match.pb.h"
#include "services/matching/contact_query.h"
#include "services/matching/home_query.h"
#include "services/matching/job_query.h"

namespace heimweg::matching {

// Each is empty if nothing was asked or said.
struct AskedAndFound {
  std::string asked;
  std::string found;
};

AskedAndFound Words(const JobQuery& query, const JobQuery::Row& at,
                    size_t seeker, v1::Constraint constraint);
AskedAndFound Words(const HomeQuery& query, const HomeQuery::Row& at,
                    size_t seeker, v1::Constraint constraint);
AskedAndFound Words(const ContactQuery& query, const ContactQuery::Row& at,
                    size_t seeker, v1::Constraint constraint);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_EXPLAIN_TEXT_H_
