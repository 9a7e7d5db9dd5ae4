// FeedPositions: from where the engine of standing wishes follows a store after
// a restart: 10 to 20 minutes before it stopped. What it sees again changes
// nothing (standing_matcher.h), and it learns anew which offers are recent.
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_FEED_POSITIONS_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_FEED_POSITIONS_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/matching/standing/match_records.h"
#include "storage/store.h"

namespace heimweg::matching {

struct FeedPosition {
  absl::Time time;    // What changed before is known. In whole seconds.
  std::string token;  // Empty: follow it from a snapshot.
};

// Of one store. Errors are those of matching's store. Thread-compatible.
class FeedPositions {
 public:
  // `watched` is the name of the store, e.g. "jobs". `store` outlives this.
  FeedPositions(storage::Store& store, std::string watched)
      : store_(store), watched_(std::move(watched)) {}

  // Where to go on. If nothing is stored yet, what changes from `now` on counts
  // and that is stored.
  absl::StatusOr<FeedPosition> Open(absl::Time now);

  // All up to `token` is done. It is stored from time to time.
  absl::Status Advance(absl::Time now, const std::string& token);

 private:
  absl::Status Put(const char* slot, const FeedPosition& position,
                   storage::Transaction& txn) const;
  absl::StatusOr<std::optional<FeedPosition>> Find(const storage::Reader& from,
                                                   const char* slot) const;

  storage::Store& store_;
  const std::string watched_;
  const MatchRecords records_;
  std::optional<FeedPosition> newest_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_FEED_POSITIONS_H_
