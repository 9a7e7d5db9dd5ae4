// FeedbackRules: how what a household said about offers changes what it asks
// for, as heimweg.matching.v1.FeedbackKind documents it. Pure functions.
#ifndef HEIMWEG_SERVICES_MATCHING_FEEDBACK_RULES_H_
#define HEIMWEG_SERVICES_MATCHING_FEEDBACK_RULES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "heimweg/matching/v1/feedback.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/matching/snapshot.h"

namespace heimweg::matching {

// The profile as if the household had asked for what its feedback says.
profiles::v1::Profile WithFeedback(profiles::v1::Profile profile,
                                   const std::vector<v1::Feedback>& feedback);

// The feedback with what is to be learned of its offer. NOT_FOUND if the
// snapshot has no such offer, FAILED_PRECONDITION if an employer or
// landlord is to be blocked and the offer is of another kind or names none.
absl::StatusOr<v1::Feedback> Learned(const Snapshot& snapshot,
                                     v1::Feedback feedback);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_FEEDBACK_RULES_H_
