// Ranks the offers of a snapshot for a wish: exactly what scoring every offer
// gives. The same snapshot contents and wish give the same bytes.
#ifndef HEIMWEG_SERVICES_MATCHING_RANK_H_
#define HEIMWEG_SERVICES_MATCHING_RANK_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "services/matching/field_writer.h"
#include "services/matching/snapshot.h"
#include "services/matching/wish.h"
#include "services/server/field_checks.h"

namespace heimweg::matching {

// Version of the rules; it rises when any score may change.
inline constexpr char kEngineVersion[] = "1";

// Usually more than a match takes in BASIC view; for the size of an answer.
inline constexpr size_t kUsualMatchBytes = 384;

// Asked from time to time during a scan; true ends it. Cheap; may be empty.
using Cancelled = std::function<bool()>;

struct RankOptions {
  int32_t limit = 20;  // 1 to 1,000
  bool full_view = false;
  bool facets = false;
  bool exclusions = false;
  bool relaxations = false;
  bool eligible = false;  // implied by the other three
};

// Adds a violation if the limit is out of range.
RankOptions RankOptionsOf(const v1::RankOffersRequest& request,
                          server::FieldChecks& checks);

// CANCELLED if `cancelled` said so.
absl::StatusOr<v1::RankOffersResponse> Rank(const Snapshot& snapshot,
                                            const Wish& wish,
                                            const RankOptions& options,
                                            const Cancelled& cancelled = {});

// Writes the fields of the v1::RankOffersResponse. After an error it may have
// written anything.
absl::Status WriteRanking(const Snapshot& snapshot, const Wish& wish,
                          const RankOptions& options,
                          const Cancelled& cancelled, FieldWriter& ranking);

// Explains one offer, named networks/{network}/jobs/{job} and so on; of several
// adults the one that Rank would name, or if none passes the one with the best
// score. NOT_FOUND if the snapshot has no such offer of the wish's kind.
absl::StatusOr<v1::ExplainMatchResponse> Explain(const Snapshot& snapshot,
                                                 const Wish& wish,
                                                 absl::string_view offer);

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_RANK_H_
