// MatchFeed: one stream of WatchMatches (feeds/change_feed.h), of the matches
// that were released.
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_FEED_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_FEED_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "heimweg/matching/v1/match_service.pb.h"
#include "services/feeds/change_feed.h"
#include "services/matching/standing/match_records.h"
#include "services/matching/standing/match_scope.h"
#include "storage/engine.h"

namespace heimweg::matching {

// Most commits are none of a receiver's business, which hears of its own only.
class MatchTopic {
 public:
  using Message = v1::WatchMatchesResponse;
  using Change = v1::MatchChange;
  static constexpr bool kTellsEveryRevision = false;

  // `records` must outlive this.
  MatchTopic(const MatchRecords& records, MatchScope scope)
      : records_(records), scope_(std::move(scope)) {}

  uint32_t table() const { return records_.matches.number(); }
  const std::string& prefix() const { return scope_.prefix; }
  std::string scope() const { return scope_.Text(); }
  absl::Status Visit(
      const storage::Reader& reader, absl::string_view after_key,
      absl::FunctionRef<bool(std::string, std::optional<Change>)> visit) const;
  absl::StatusOr<std::vector<std::optional<Change>>> States(
      const storage::Reader& reader,
      const std::vector<std::string>& keys) const;

 private:
  const MatchRecords& records_;
  const MatchScope scope_;
};

using MatchFeed = feeds::ChangeFeed<MatchTopic>;

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_MATCH_FEED_H_
