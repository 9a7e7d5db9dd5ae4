// ProfileRun: ranks the offers of one kind for many stored profiles, in the
// background and from all cores, and hands the results out in the order of the
// profiles' names. What it ranks never changes: it holds the snapshot.
#ifndef HEIMWEG_SERVICES_MATCHING_PROFILE_RUN_H_
#define HEIMWEG_SERVICES_MATCHING_PROFILE_RUN_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "services/matching/rank.h"
#include "services/matching/snapshot.h"
#include "services/matching/wish.h"
#include "services/server/answer_bytes.h"
#include "services/server/background.h"
#include "services/server/field_checks.h"
#include "services/server/source.h"
#include "storage/mutex.h"

namespace heimweg::matching {

// What a run ranks.
struct ProfileRunPlan {
  Question question;  // with an evaluation time
  RankOptions options;
  std::string network;  // whose returnees; empty: all
  int64_t shard_index = 1;
  int64_t shard_count = 1;
  std::string after;  // only names beyond
};

// What the request asks, at `now` if it names no time; adds a violation for
// every field that is wrong.
ProfileRunPlan PlanOf(const v1::RankProfilesRequest& request, absl::Time now,
                      server::FieldChecks& checks);

// Whether the plan ranks the profile; `now` decides, beside the evaluation
// time, who is visible.
bool IsAskedFor(const ProfileRunPlan& plan,
                const profiles::v1::Profile& profile, absl::Time now);

// The profiles that the plan ranks, by name. They live as the snapshot does.
std::vector<const profiles::v1::Profile*> ProfilesOf(const Snapshot& snapshot,
                                                     const ProfileRunPlan& plan,
                                                     absl::Time now);

// The result of one profile as the field `rankings` of a RankProfilesResponse.
// CANCELLED if `cancelled` said so.
absl::StatusOr<std::string> RankProfile(const Snapshot& snapshot,
                                        const ProfileRunPlan& plan,
                                        const profiles::v1::Profile& profile,
                                        const Cancelled& cancelled = {});

// Made with Start, which its tasks share; ends with Stop or when it is done.
// Thread-safe.
class ProfileRun : public std::enable_shared_from_this<ProfileRun> {
 public:
  // `snapshot` is ready; `now` as in ProfilesOf. `wake` tells that Take may
  // have something. `background` outlives every run's Stop.
  static std::shared_ptr<ProfileRun> Start(
      std::shared_ptr<const Snapshot> snapshot, ProfileRunPlan plan,
      absl::Time now, server::Background& background, server::Wake wake);

  // Moves a RankProfilesResponse of what is ready, about 64 KiB, into the empty
  // `response`; see server::Source::Next. By one thread at a time.
  absl::StatusOr<server::Pull> Take(server::AnswerBytes* response)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // What is under way ends soon, without a wake-up.
  void Stop() { stopped_ = true; }

 private:
  ProfileRun(std::shared_ptr<const Snapshot> snapshot, ProfileRunPlan plan,
             absl::Time now, server::Background& background, server::Wake wake);

  // The first task: lists the profiles. Then each task ranks one of them.
  void List() ABSL_LOCKS_EXCLUDED(mutex_);
  void RankNext(const server::Background::GiveWay& give_way)
      ABSL_LOCKS_EXCLUDED(mutex_);
  // The next profile to rank; nothing while too many results wait, and then
  // the task ends.
  std::optional<size_t> Claim() ABSL_LOCKS_EXCLUDED(mutex_);
  void Put(size_t index, absl::StatusOr<std::string> result)
      ABSL_LOCKS_EXCLUDED(mutex_);
  // Whether there is enough for a message, or no more before one is taken.
  bool IsReady() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Behind the rankings of a message.
  std::string Rest() const;
  // As many tasks as there are threads and profiles that may be claimed.
  void AddTasks() ABSL_LOCKS_EXCLUDED(mutex_);

  const std::shared_ptr<const Snapshot> snapshot_;
  const ProfileRunPlan plan_;
  const absl::Time now_;
  server::Background& background_;
  const server::Wake wake_;
  const size_t window_;  // how many results may wait
  std::atomic<bool> stopped_ = false;

  storage::Mutex mutex_;
  bool listed_ ABSL_GUARDED_BY(mutex_) = false;
  // In the order of the names; written once, before `listed_`.
  std::vector<const profiles::v1::Profile*> profiles_;
  int tasks_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t claimed_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t taken_ ABSL_GUARDED_BY(mutex_) = 0;
  // By index modulo `window_`.
  std::vector<std::optional<absl::StatusOr<std::string>>> results_
      ABSL_GUARDED_BY(mutex_);
  // Those from `taken_` on without a gap, and their bytes.
  size_t ready_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t ready_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool failed_ ABSL_GUARDED_BY(mutex_) = false;  // one of those
  bool begun_ ABSL_GUARDED_BY(mutex_) = false;   // a message was taken
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_PROFILE_RUN_H_
