// IndexFeeds: fills an index from the four services that it watches, by RPC,
// whether they run in this process or elsewhere.
#ifndef HEIMWEG_SERVICES_MATCHING_INDEX_FEEDS_H_
#define HEIMWEG_SERVICES_MATCHING_INDEX_FEEDS_H_

#include <functional>

#include "services/matching/feed.h"
#include "services/matching/index.h"
#include "services/matching/watch_calls.h"
#include "services/server/log.h"

namespace heimweg::matching {

// Thread-safe.
class IndexFeeds {
 public:
  // Starts to follow all four. Calls `applied`, if it is set, after each
  // message that the index took in, on the feed's thread. `index` and `log`
  // outlive this.
  IndexFeeds(const FeedChannels& channels, Index& index, server::Log& log,
             FeedPace pace = {}, std::function<void()> applied = {});

 private:
  FeedThread::OnBreak LogBreak(const char* store);

  server::Log& log_;
  const std::function<void()> applied_;
  const WatchCalls calls_;
  // Last: they end before what they use.
  Feed<jobs::v1::WatchJobsResponse> jobs_;
  Feed<housing::v1::WatchHomesResponse> homes_;
  Feed<contacts::v1::WatchContactsResponse> contacts_;
  Feed<profiles::v1::WatchProfilesResponse> profiles_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_INDEX_FEEDS_H_
