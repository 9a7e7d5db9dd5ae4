// WishEngine: the thread that keeps the matches of standing wishes. Feeds
// deliver what changed (wish_feeds.h); as soon as the index knows it, too, it
// is matched. Between changes it does what is due.
#ifndef HEIMWEG_SERVICES_MATCHING_STANDING_WISH_ENGINE_H_
#define HEIMWEG_SERVICES_MATCHING_STANDING_WISH_ENGINE_H_

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/matching/index_source.h"
#include "services/matching/standing/feed_positions.h"
#include "services/matching/standing/standing_matcher.h"
#include "storage/mutex.h"
#include "storage/store.h"

namespace heimweg::matching {

// One message of a watch, without its type.
struct WatchedChanges {
  std::vector<OfferFacts> offers;     // of jobs, homes and contacts
  std::vector<std::string> profiles;  // names
  bool from_scratch = false;          // the first message of a snapshot
  bool complete = false;
  uint64_t revision = 0;
  std::string token;
};

// Thread-safe.
class WishEngine {
 public:
  enum Watched : size_t { kJobs, kHomes, kContacts, kProfiles, kWatched };

  // Told of what could not be stored and will be tried again.
  using OnTrouble = std::function<void(const absl::Status&)>;

  // Reads where to go on and starts the thread. `index` and `store` outlive
  // this; `clock` is the store's.
  static absl::StatusOr<std::unique_ptr<WishEngine>> Start(
      const IndexSource& index, storage::Store& store,
      std::function<absl::Time()> clock, OnTrouble on_trouble);
  ~WishEngine();
  WishEngine(const WishEngine&) = delete;
  WishEngine& operator=(const WishEngine&) = delete;

  // From where the watched store is to be followed.
  const std::string& token(Watched watched) const {
    return since_[watched].token;
  }

  // The next message of a store. Called for one message after the other.
  void Deliver(Watched watched, WatchedChanges changes)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // The index has moved on.
  void Wake() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  WishEngine(const IndexSource& index, storage::Store& store,
             std::function<absl::Time()> clock, OnTrouble on_trouble);

  // What a feed has delivered of the cut that is under way.
  struct Cut {
    WatchedChanges changes;
    bool whole = false;                     // a snapshot
    absl::flat_hash_set<std::string> seen;  // of a snapshot
  };

  void Run();
  // The next cut that the snapshot knows; waits for it, or until something is
  // due. False: stopped.
  bool Wait(std::optional<size_t>& ready) ABSL_LOCKS_EXCLUDED(mutex_);
  std::optional<size_t> Ready() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status Handle(size_t watched) ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status HandleOffers(const Snapshot& snapshot, const Cut& cut);
  absl::Status HandleProfiles(const Snapshot& snapshot, const Cut& cut);
  absl::Status HandleDue();
  void Pause() ABSL_LOCKS_EXCLUDED(mutex_);

  const IndexSource& index_;
  const std::function<absl::Time()> clock_;
  const OnTrouble on_trouble_;
  StandingMatcher matcher_;  // of the thread
  std::vector<FeedPositions> positions_;
  std::array<FeedPosition, kWatched> since_;
  storage::Mutex mutex_;
  storage::CondVar woken_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  bool look_ ABSL_GUARDED_BY(mutex_) = true;  // something may have changed
  std::array<Cut, kWatched> open_ ABSL_GUARDED_BY(mutex_);
  // Cuts are handled in their order and go when they are done.
  std::array<std::deque<Cut>, kWatched> queue_ ABSL_GUARDED_BY(mutex_);
  absl::Time due_ = absl::InfinitePast();  // of the thread
  storage::Store::Subscription committed_;
  std::thread thread_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_STANDING_WISH_ENGINE_H_
