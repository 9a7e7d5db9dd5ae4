// Index: all offers and profiles in memory, fed by the watches of their
// services. Not a store: it is filled anew at every start.
#ifndef HEIMWEG_SERVICES_MATCHING_INDEX_H_
#define HEIMWEG_SERVICES_MATCHING_INDEX_H_

#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "heimweg/contacts/v1/contact_service.pb.h"
#include "heimweg/housing/v1/home_service.pb.h"
#include "heimweg/jobs/v1/job_service.pb.h"
#include "heimweg/profiles/v1/profile_service.pb.h"
#include "services/matching/index_source.h"
#include "services/matching/profile_shelf.h"
#include "services/matching/shelf.h"
#include "services/matching/snapshot.h"
#include "services/matching/taxonomy.h"
#include "storage/mutex.h"

namespace heimweg::matching {

struct IndexOptions {
  // False: large merges are done only by calls of Merge.
  bool merge_in_background = true;
  // Merges of up to this many rows are done within Apply.
  uint32_t inline_merge_rows = 4096;
};

// Thread-safe. Each store should be fed by one thread, as the order counts.
class Index : public IndexSource {
 public:
  explicit Index(IndexOptions options = {},
                 std::shared_ptr<const Taxonomy> taxonomy =
                     std::make_shared<const Taxonomy>());
  ~Index() override;
  Index(const Index&) = delete;
  Index& operator=(const Index&) = delete;

  Snapshot snapshot() const override;

  // Takes in one response of a watch. Changes show in snapshots once a response
  // is `complete`, so that a snapshot is the store's state at exactly the
  // revision that it names.
  void Apply(const jobs::v1::WatchJobsResponse& response);
  void Apply(const housing::v1::WatchHomesResponse& response);
  void Apply(const contacts::v1::WatchContactsResponse& response);
  void Apply(const profiles::v1::WatchProfilesResponse& response);

  // To be called before the first response of a watch without a resume token:
  // what does not come up until `complete` does not exist any more.
  void RestartJobs() { jobs_.Restart(); }
  void RestartHomes() { homes_.Restart(); }
  void RestartContacts() { contacts_.Restart(); }
  void RestartProfiles() { profiles_.Restart(); }

  void SetFeedback(const std::string& profile,
                   std::vector<v1::Feedback> feedback) override {
    profiles_.SetFeedback(profile, std::move(feedback));
  }
  // For an index that takes the place of `other`: before the first Apply, all
  // that was said; once it is full, without what erased profiles said.
  void StartWithFeedbackOf(const Index& other) {
    profiles_.StartWithFeedback(other.profiles_.feedback());
  }
  void DropStrayFeedback() { profiles_.DropStrayFeedback(); }

  // Does one large merge; false if none is due. By one thread at a time, and
  // not beside merging in the background.
  bool Merge();

 private:
  void MergeUntilStopped();
  void WakeMerger();

  const IndexOptions options_;
  Shelf<JobColumns> jobs_;
  Shelf<HomeColumns> homes_;
  Shelf<ContactColumns> contacts_;
  ProfileShelf profiles_;
  storage::Mutex mutex_;
  storage::CondVar changed_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  bool work_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread merger_;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_INDEX_H_
