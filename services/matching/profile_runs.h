// ProfileRuns: the open streams of RankProfiles and AssignOffers: what they may
// ask, at which revisions, and how many there may be.
#ifndef HEIMWEG_SERVICES_MATCHING_PROFILE_RUNS_H_
#define HEIMWEG_SERVICES_MATCHING_PROFILE_RUNS_H_

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "services/matching/assignment_run.h"
#include "services/matching/index_source.h"
#include "services/matching/profile_run.h"
#include "services/server/answer_bytes.h"
#include "services/server/background.h"
#include "services/server/source.h"
#include "storage/mutex.h"

namespace heimweg::matching {

// Of both; and of AssignOffers, which takes more memory.
inline constexpr size_t kMostProfileRuns = 64;
inline constexpr size_t kMostAssignmentRuns = 2;

// Errors are those of the proto. Thread-safe.
class ProfileRuns {
 public:
  // Of RankProfilesResponses.
  using Stream = server::Source<server::AnswerBytes>;
  using Assignment = server::Source<v1::AssignOffersResponse>;

  // `index` and `background` outlive this and the streams.
  ProfileRuns(const IndexSource& index, std::function<absl::Time()> clock,
              server::Background& background)
      : index_(index), clock_(std::move(clock)), background_(background) {}

  absl::StatusOr<std::unique_ptr<Stream>> Open(
      const v1::RankProfilesRequest& request, server::Wake wake)
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<std::unique_ptr<Assignment>> OpenAssignment(
      const v1::AssignOffersRequest& request, server::Wake wake)
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // The index as it is now, or as an open stream holds it, at the revisions.
  absl::StatusOr<std::shared_ptr<const Snapshot>> At(
      const google::protobuf::RepeatedPtrField<v1::StoreRevision>& revisions)
      ABSL_LOCKS_EXCLUDED(mutex_);

  const IndexSource& index_;
  const std::function<absl::Time()> clock_;
  server::Background& background_;

  storage::Mutex mutex_;
  // Of the open streams, so that shards that overlap find one index however
  // fast it moves.
  std::vector<std::weak_ptr<const Snapshot>> held_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::weak_ptr<AssignmentRun>> assignments_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_PROFILE_RUNS_H_
