// Assign: who gets which offer, from what the ranking says of each
// profile: pure functions over a snapshot.
#ifndef HEIMWEG_SERVICES_MATCHING_OFFER_ASSIGNMENT_H_
#define HEIMWEG_SERVICES_MATCHING_OFFER_ASSIGNMENT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/matching/assignment_plan.h"
#include "services/matching/rank.h"
#include "services/matching/snapshot.h"

namespace heimweg::matching {

// One of a profile's best offers.
struct Choice {
  OfferPlace offer = 0;
  int32_t score = 0;
  uint32_t seeker = 0;
};

// What a profile may get, the best first.
struct Choices {
  std::vector<Choice> offers;
  // Ids by seeker; jobs only.
  std::vector<std::string> adults;
};

// The matches that Rank would name, without their texts; none for a profile
// that cannot be ranked. CANCELLED if `cancelled` said so.
absl::StatusOr<Choices> ChoicesOf(const Snapshot& snapshot,
                                  const ProfileRunPlan& plan,
                                  const profiles::v1::Profile& profile,
                                  const Cancelled& cancelled);

// What an assignment came to.
struct Assigned {
  v1::AssignmentSummary summary;
  // By profile, in the order in which they were given.
  std::vector<v1::OfferAssignment> assignments;
  // See AssignOffersResponse.
  std::vector<v1::ScarceOffer> scarce_offers;
};

// `choices` are those of `profiles`, each profile given once.
// FAILED_PRECONDITION if locks take more than an offer has. Deterministic.
// About 150 bytes a choice; 5,000,000 choices take seconds to a minute.
absl::StatusOr<Assigned> Assign(
    const Snapshot& snapshot, const AssignmentPlan& plan,
    const std::vector<const profiles::v1::Profile*>& profiles,
    const std::vector<Choices>& choices);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_OFFER_ASSIGNMENT_H_
