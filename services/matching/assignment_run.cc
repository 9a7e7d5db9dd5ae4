#include "services/matching/assignment_run.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "services/matching/answer.h"
#include "services/matching/profile_run.h"

namespace heimweg::matching {
namespace {

using server::Background;
using server::Pull;
using storage::MutexLock;

constexpr size_t kAssignmentBytes = size_t{32} << 10;
// How many times the progress is told.
constexpr size_t kProgressSteps = 100;

}  // namespace

std::shared_ptr<AssignmentRun> AssignmentRun::Start(
    std::shared_ptr<const Snapshot> snapshot, AssignmentPlan plan,
    absl::Time now, Background& background, server::Wake wake) {
  std::shared_ptr<AssignmentRun> run(new AssignmentRun(
      std::move(snapshot), std::move(plan), now, background, std::move(wake)));
  background.Add([run](const Background::GiveWay&) { run->List(); });
  return run;
}

AssignmentRun::AssignmentRun(std::shared_ptr<const Snapshot> snapshot,
                             AssignmentPlan plan, absl::Time now,
                             Background& background, server::Wake wake)
    : snapshot_(std::move(snapshot)),
      plan_(std::move(plan)),
      now_(now),
      background_(background),
      wake_(std::move(wake)) {}

void AssignmentRun::List() {
  if (stopped_) return;
  profiles_ = ProfilesOf(*snapshot_, plan_.ranking, now_);
  choices_.resize(profiles_.size());
  listed_ = true;
  wake_();
  if (profiles_.empty()) {
    AssignAll();
    return;
  }
  const size_t tasks =
      std::min(profiles_.size(), static_cast<size_t>(background_.threads()));
  for (size_t i = 0; i < tasks; ++i) AddRankNext();
}

void AssignmentRun::AddRankNext() {
  background_.Add(
      [run = shared_from_this()](const Background::GiveWay& give_way) {
        run->RankNext(give_way);
      });
}

void AssignmentRun::RankNext(const Background::GiveWay& give_way) {
  const size_t index = claimed_++;
  if (stopped_ || index >= profiles_.size()) return;
  auto choices = ChoicesOf(*snapshot_, plan_.ranking, *profiles_[index], [&] {
    give_way();
    return stopped_.load();
  });
  if (!choices.ok()) return;  // Stopped.
  const auto found = static_cast<int64_t>(choices->offers.size());
  if ((pairs_ += found) > kMostChoices) {
    stopped_ = true;
    End(absl::ResourceExhaustedError(
        "expected at most 10,000,000 pairs of profiles and matches: ask for "
        "fewer matches a profile, or a network"));
    return;
  }
  choices_[index] = *std::move(choices);
  const size_t ranked = ++ranked_;
  if (ranked == profiles_.size()) {
    background_.Add([run = shared_from_this()](const Background::GiveWay&) {
      run->AssignAll();
    });
    return;
  }
  if (ranked % (profiles_.size() / kProgressSteps + 1) == 0) wake_();
  AddRankNext();
}

void AssignmentRun::AssignAll() {
  if (stopped_) return;
  End(matching::Assign(*snapshot_, plan_, profiles_, choices_));
}

void AssignmentRun::End(absl::StatusOr<Assigned> result) {
  {
    const MutexLock lock(mutex_);
    if (result_) return;
    result_ = std::move(result);
  }
  wake_();
}

void AssignmentRun::MoveSome(v1::AssignOffersResponse& response) {
  Assigned& assigned = **result_;
  if (!summed_up_) {
    *response.mutable_summary() = assigned.summary;
    for (v1::ScarceOffer& one : assigned.scarce_offers) {
      *response.add_scarce_offers() = std::move(one);
    }
    summed_up_ = true;
  }
  for (size_t bytes = 0;
       bytes < kAssignmentBytes && taken_ < assigned.assignments.size();
       ++taken_) {
    v1::OfferAssignment& next = assigned.assignments[taken_];
    bytes += next.ByteSizeLong();
    *response.add_assignments() = std::move(next);
  }
}

absl::StatusOr<Pull> AssignmentRun::Take(v1::AssignOffersResponse* response) {
  {
    const MutexLock lock(mutex_);
    if (result_ && !result_->ok()) return result_->status();
    if (!listed_) return Pull::kNothingYet;
    const size_t ranked = ranked_;
    if (result_) {
      if (summed_up_ && taken_ == (*result_)->assignments.size()) {
        return Pull::kEnd;
      }
      MoveSome(*response);
    } else if (begun_ &&
               ranked < told_ + profiles_.size() / kProgressSteps + 1) {
      return Pull::kNothingYet;
    }
    begun_ = true;
    told_ = ranked;
    response->set_ranked_profiles(static_cast<int64_t>(ranked));
  }
  response->set_total_profiles(static_cast<int64_t>(profiles_.size()));
  AddRevisions(*snapshot_, *response->mutable_revisions());
  *response->mutable_evaluation_time() =
      *plan_.ranking.question.evaluation_time;
  return Pull::kMessage;
}

}  // namespace heimweg::matching
