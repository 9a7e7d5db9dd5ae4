// WishFeeds: follows the four services for the engine of standing wishes, from
// where that stopped. Apart from the index's feeds, which begin with a snapshot
// at each start.
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_WISH_FEEDS_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_WISH_FEEDS_H_

#include "services/matching/feed.h"
#include "services/matching/standing/wish_engine.h"
#include "services/matching/watch_calls.h"

namespace heimweg::matching {

// Thread-safe.
class WishFeeds {
 public:
  // Starts to follow all four. `engine` outlives this. Breaks are logged by the
  // index's feeds.
  WishFeeds(const FeedChannels& channels, WishEngine& engine,
            FeedPace pace = {});

 private:
  const WatchCalls calls_;
  // Last: they end before what they use.
  Feed<jobs::v1::WatchJobsResponse> jobs_;
  Feed<housing::v1::WatchHomesResponse> homes_;
  Feed<contacts::v1::WatchContactsResponse> contacts_;
  Feed<profiles::v1::WatchProfilesResponse> profiles_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_WISH_FEEDS_H_
