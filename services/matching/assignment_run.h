// AssignmentRun: ranks many stored profiles in the background and from all
// cores, gives them offers, and hands the result out by profile. What it looks
// at never changes: it holds the snapshot.
#ifndef HEIMWEG_SERVICES_MATCHING_ASSIGNMENT_RUN_H_
#define HEIMWEG_SERVICES_MATCHING_ASSIGNMENT_RUN_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "heimweg/matching/v1/matching_service.pb.h"
#include "services/matching/assignment_plan.h"
#include "services/matching/offer_assignment.h"
#include "services/matching/snapshot.h"
#include "services/server/background.h"
#include "services/server/source.h"
#include "storage/mutex.h"

namespace heimweg::matching {

inline constexpr int64_t kMostChoices = 10'000'000;

// Made with Start, which its tasks share; ends with Stop or when it is done,
// but the last step, the solver's, is not broken off. Thread-safe.
class AssignmentRun : public std::enable_shared_from_this<AssignmentRun> {
 public:
  // See ProfileRun::Start.
  static std::shared_ptr<AssignmentRun> Start(
      std::shared_ptr<const Snapshot> snapshot, AssignmentPlan plan,
      absl::Time now, server::Background& background, server::Wake wake);

  // How far it is or some assignments, into the empty `response`; see
  // server::Source::Next. RESOURCE_EXHAUSTED above kMostChoices pairs, and what
  // Assign returns. By one thread at a time.
  absl::StatusOr<server::Pull> Take(v1::AssignOffersResponse* response)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // What is under way ends soon, without a wake-up.
  void Stop() { stopped_ = true; }

 private:
  AssignmentRun(std::shared_ptr<const Snapshot> snapshot, AssignmentPlan plan,
                absl::Time now, server::Background& background,
                server::Wake wake);

  // The first task; then each task ranks one profile and adds the next; the
  // last one assigns.
  void List() ABSL_LOCKS_EXCLUDED(mutex_);
  void AddRankNext();
  void RankNext(const server::Background::GiveWay& give_way)
      ABSL_LOCKS_EXCLUDED(mutex_);
  void AssignAll() ABSL_LOCKS_EXCLUDED(mutex_);
  void End(absl::StatusOr<Assigned> result) ABSL_LOCKS_EXCLUDED(mutex_);
  // Moves assignments from `taken_` on into the response.
  void MoveSome(v1::AssignOffersResponse& response)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::shared_ptr<const Snapshot> snapshot_;
  const AssignmentPlan plan_;
  const absl::Time now_;
  server::Background& background_;
  const server::Wake wake_;
  std::atomic<bool> stopped_ = false;

  // Written by List before any other task is added.
  std::vector<const profiles::v1::Profile*> profiles_;
  // By profile; each written by the task that claimed it.
  std::vector<Choices> choices_;
  std::atomic<size_t> claimed_ = 0;
  std::atomic<size_t> ranked_ = 0;
  std::atomic<int64_t> pairs_ = 0;
  std::atomic<bool> listed_ = false;

  storage::Mutex mutex_;
  std::optional<absl::StatusOr<Assigned>> result_ ABSL_GUARDED_BY(mutex_);
  // Of Take.
  bool begun_ ABSL_GUARDED_BY(mutex_) = false;
  size_t told_ ABSL_GUARDED_BY(mutex_) = 0;  // as ranked
  bool summed_up_ ABSL_GUARDED_BY(mutex_) = false;
  size_t taken_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace heimweg::matching

#endif  // HEIMWEG_SERVICES_MATCHING_ASSIGNMENT_RUN_H_
