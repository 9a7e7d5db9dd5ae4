// Returnees: the households for whom an offer would rank, with what it is worth
// to them and what they are worth to it. Stingy: only those whose consent
// covers the network that asks, only from a threshold on, each once.
#ifndef HEIMWEG_SERVICES_MATCHING_RETURNEES_H_
#define HEIMWEG_SERVICES_MATCHING_RETURNEES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "services/matching/rank.h"
#include "services/matching/snapshot.h"
#include "services/server/field_checks.h"

namespace heimweg::matching {

// A request with its defaults filled in.
struct ReturneesQuestion {
  std::string offer;
  std::string network;  // that asks
  int32_t threshold = 0;
  int32_t limit = 0;
  absl::Time now;  // whole seconds
};

// `now` is the evaluation time of a request that names none. Adds a violation
// for every field that is wrong.
ReturneesQuestion ReturneesQuestionOf(const v1::RankReturneesRequest& request,
                                      absl::Time now,
                                      server::FieldChecks& checks);

// Exactly what ranking the offer for every household would give. NOT_FOUND if
// there is no such offer, CANCELLED if `cancelled` said so. A household that
// cannot be ranked for is left out.
absl::StatusOr<v1::RankReturneesResponse> RankReturnees(
    const Snapshot& snapshot, const ReturneesQuestion& question,
    const Cancelled& cancelled = {});

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_RETURNEES_H_
