#include "services/matching/profile_runs.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "services/server/errors.h"

namespace heimweg::matching {
namespace {

using storage::MutexLock;
using Revisions = google::protobuf::RepeatedPtrField<v1::StoreRevision>;
using server::FieldChecks;

constexpr absl::Duration kRetry = absl::Seconds(1);

template <typename Run, typename Message>
class RunStream final : public server::Source<Message> {
 public:
  explicit RunStream(std::shared_ptr<Run> run) : run_(std::move(run)) {}
  ~RunStream() override { run_->Stop(); }

  absl::StatusOr<server::Pull> Next(Message* message) override {
    return run_->Take(message);
  }

 private:
  const std::shared_ptr<Run> run_;
};

template <typename T>
void DropExpired(std::vector<std::weak_ptr<T>>& held) {
  held.erase(std::remove_if(held.begin(), held.end(),
                            [](const auto& one) { return one.expired(); }),
             held.end());
}

std::optional<uint64_t> RevisionOf(const Snapshot& snapshot,
                                   const std::string& store) {
  if (store == "jobs") return snapshot.jobs->revision;
  if (store == "homes") return snapshot.homes->revision;
  if (store == "contacts") return snapshot.contacts->revision;
  return snapshot.profiles->revision;
}

void CheckRevisions(const Revisions& revisions, FieldChecks& checks) {
  absl::flat_hash_set<std::string> seen;
  for (const v1::StoreRevision& one : revisions) {
    const bool known = one.store() == "jobs" || one.store() == "homes" ||
                       one.store() == "contacts" || one.store() == "profiles";
    if (known && seen.insert(one.store()).second) continue;
    checks.Add("revisions",
               "stores are jobs, homes, contacts and profiles, each at most "
               "once");
  }
}

bool IsAt(const Snapshot& snapshot, const Revisions& revisions) {
  return std::all_of(revisions.begin(), revisions.end(), [&](const auto& one) {
    return RevisionOf(snapshot, one.store()) == one.revision();
  });
}

bool IsBeyond(const Snapshot& snapshot, const Revisions& revisions) {
  return std::any_of(revisions.begin(), revisions.end(), [&](const auto& one) {
    return RevisionOf(snapshot, one.store()) > one.revision();
  });
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Snapshot>> ProfileRuns::At(
    const Revisions& revisions) {
  auto now = std::make_shared<const Snapshot>(index_.snapshot());
  const MutexLock lock(mutex_);
  DropExpired(held_);
  if (held_.size() >= kMostProfileRuns) {
    return absl::ResourceExhaustedError("too many batches of rankings run");
  }
  if (now->ready() && IsAt(*now, revisions)) {
    held_.push_back(now);
    return now;
  }
  for (const std::weak_ptr<const Snapshot>& one : held_) {
    const std::shared_ptr<const Snapshot> held = one.lock();
    if (held == nullptr || !IsAt(*held, revisions)) continue;
    auto again = std::make_shared<const Snapshot>(*held);
    held_.push_back(again);
    return again;
  }
  if (now->ready() && IsBeyond(*now, revisions)) {
    return absl::FailedPreconditionError(
        "revisions: the index is beyond them; ask at those of now");
  }
  return server::Unavailable("the index is being filled", kRetry);
}

absl::StatusOr<std::unique_ptr<ProfileRuns::Stream>> ProfileRuns::Open(
    const v1::RankProfilesRequest& request, server::Wake wake) {
  const absl::Time now = clock_();
  FieldChecks checks;
  ProfileRunPlan plan = PlanOf(request, now, checks);
  CheckRevisions(request.revisions(), checks);
  if (!checks.ok()) return server::InvalidFields(std::move(checks).Take());
  auto snapshot = At(request.revisions());
  if (!snapshot.ok()) return snapshot.status();
  return std::make_unique<RunStream<ProfileRun, server::AnswerBytes>>(
      ProfileRun::Start(*std::move(snapshot), std::move(plan), now, background_,
                        std::move(wake)));
}

absl::StatusOr<std::unique_ptr<ProfileRuns::Assignment>>
ProfileRuns::OpenAssignment(const v1::AssignOffersRequest& request,
                            server::Wake wake) {
  const absl::Time now = clock_();
  FieldChecks checks;
  AssignmentPlan plan = PlanOf(request, now, checks);
  CheckRevisions(request.revisions(), checks);
  if (!checks.ok()) return server::InvalidFields(std::move(checks).Take());
  auto snapshot = At(request.revisions());
  if (!snapshot.ok()) return snapshot.status();
  FindNames(request, **snapshot, now, plan, checks);
  if (!checks.ok()) return server::InvalidFields(std::move(checks).Take());
  const MutexLock lock(mutex_);
  DropExpired(assignments_);
  if (assignments_.size() >= kMostAssignmentRuns) {
    return absl::ResourceExhaustedError("too many assignments run");
  }
  const auto run = AssignmentRun::Start(*std::move(snapshot), std::move(plan),
                                        now, background_, std::move(wake));
  assignments_.push_back(run);
  return std::make_unique<RunStream<AssignmentRun, v1::AssignOffersResponse>>(
      run);
}

}  // namespace heimweg::matching
