// MatchFeed: one stream of WatchMatches: the released matches as they are, then
// every change of them. The snapshot is read message by message from whatever
// state the store is in; what changed since the first message follows it.
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_FEED_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_FEED_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "heimweg/matching/v1/match_service.pb.h"
#include "services/matching/standing/match_records.h"
#include "services/matching/standing/match_scope.h"
#include "services/server/source.h"
#include "storage/engine.h"
#include "storage/store.h"

namespace heimweg::matching {

// Thread-compatible.
class MatchFeed final : public server::Source<v1::WatchMatchesResponse> {
 public:
  struct Position {
    // All changes up to here are known, unless a snapshot is under way.
    uint64_t revision = 0;
    // Last key of the snapshot that was sent; nullopt: none is under way.
    std::optional<std::string> snapshot_after;
  };

  // The position of a resume token; nullopt if this store gave no such token
  // for the scope.
  static std::optional<Position> ParseToken(absl::string_view store_id,
                                            const MatchScope& scope,
                                            absl::string_view token);

  // Feeds from `position` on; nullopt: from a snapshot. Calls `wake` after
  // every commit. `records` and `store` outlive this.
  MatchFeed(const MatchRecords& records, storage::Store& store,
            MatchScope scope, std::optional<Position> position,
            server::Wake wake);

  // OUT_OF_RANGE if the change log does not reach back to the position.
  absl::StatusOr<server::Pull> Next(v1::WatchMatchesResponse* message) override;

 private:
  // Both fill the message, move the position on and return whether the
  // receiver has reached the reader's state with it.
  absl::StatusOr<bool> AddSnapshot(const storage::Reader& reader,
                                   v1::WatchMatchesResponse& message);
  absl::StatusOr<bool> AddChanges(const storage::Reader& reader,
                                  v1::WatchMatchesResponse& message);
  // False if there is no room for it in the message.
  bool Add(v1::MatchChange change, v1::WatchMatchesResponse& message);
  std::string Token() const;

  const MatchRecords& records_;
  storage::Store& store_;
  const MatchScope scope_;
  std::optional<Position> position_;  // set by the first Next
  bool told_ = false;                 // whether a cut was complete yet
  size_t bytes_ = 0;                  // of the changes in the present message
  storage::Store::Subscription committed_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_FEED_H_
