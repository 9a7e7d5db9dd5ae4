// LiveIndex: the index that answers, with the feeds that fill it. After an
// import of KldB, ESCO or the crosswalk a fresh one is filled beside it from
// the services, as at a start, and takes its place once it knows no less. Until
// then the old one answers and follows; both are in memory.
#ifndef HEIMWEG_SERVICES_MATCHING_LIVE_INDEX_H_
#define HEIMWEG_SERVICES_MATCHING_LIVE_INDEX_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "services/matching/index.h"
#include "services/matching/index_feeds.h"
#include "services/matching/index_source.h"
#include "services/occupations/catalog_source.h"
#include "services/server/log.h"
#include "storage/mutex.h"

namespace heimweg::matching {

// Thread-safe; but Connect, Look and Disconnect are called by one thread at a
// time.
class LiveIndex : public IndexSource {
 public:
  // `log` outlives this. Empty until it is connected.
  LiveIndex(occupations::CatalogSource catalog, server::Log& log);
  ~LiveIndex() override;
  LiveIndex(const LiveIndex&) = delete;
  LiveIndex& operator=(const LiveIndex&) = delete;

  Snapshot snapshot() const override ABSL_LOCKS_EXCLUDED(mutex_);
  void SetFeedback(const std::string& profile,
                   std::vector<v1::Feedback> feedback) override
      ABSL_LOCKS_EXCLUDED(mutex_, feedback_);

  // Starts to follow the services. `changed` is called, on any thread, when
  // snapshots may be other ones than before.
  void Connect(FeedChannels channels, std::function<void()> changed);

  // Starts a fresh index if there is another catalog, and lets it take over if
  // it is full. To be called often; takes 0.2 s where it starts one, and up to
  // kLongestStandstill where it lets one take over.
  void Look() ABSL_LOCKS_EXCLUDED(mutex_, feedback_);

  // No change comes in afterwards.
  void Disconnect() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // An index, what fills it and what it knows of occupations.
  struct Filled;

  std::shared_ptr<Filled> answering() const ABSL_LOCKS_EXCLUDED(mutex_);
  std::shared_ptr<Filled> next() const ABSL_LOCKS_EXCLUDED(mutex_);
  void Follow(Filled& filled);
  void StartNext(std::shared_ptr<const occupations::OccupationCatalog> catalog)
      ABSL_LOCKS_EXCLUDED(mutex_, feedback_);
  // After a message that `filled` took in.
  void Applied(const Filled* filled) ABSL_LOCKS_EXCLUDED(mutex_);
  void LetTakeOver() ABSL_LOCKS_EXCLUDED(mutex_, feedback_);

  const occupations::CatalogSource catalog_;
  server::Log& log_;
  std::optional<FeedChannels> channels_;
  std::function<void()> changed_;

  // Held while feedback is taken in, so that a fresh index misses none.
  storage::Mutex feedback_ ABSL_ACQUIRED_BEFORE(mutex_);
  mutable storage::Mutex mutex_;
  storage::CondVar next_moved_;
  std::shared_ptr<Filled> answering_ ABSL_GUARDED_BY(mutex_);  // never null
  std::shared_ptr<Filled> next_ ABSL_GUARDED_BY(mutex_);  // null: none is due
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_LIVE_INDEX_H_
