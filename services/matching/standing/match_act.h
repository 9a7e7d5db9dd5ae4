// MatchAct: one action of somebody on a stored match, checked and applied. Pure
// but for the store's transaction; MatchBook says who is told.
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_ACT_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_ACT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "heimweg/matching/v1/match_service.pb.h"
#include "services/matching/standing/match_records.h"
#include "services/server/errors.h"
#include "storage/transaction.h"

namespace heimweg::matching {

// All that is wrong with the request, whatever the match is like.
std::vector<server::Violation> ActViolations(
    const v1::ActOnMatchRequest& request);

// Applies the request to the match `key`. Errors are those of ActOnMatch;
// without violations.
absl::Status ApplyAct(const MatchRecords& records, const std::string& key,
                      const v1::ActOnMatchRequest& request,
                      storage::Transaction& txn);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_ACT_H_
