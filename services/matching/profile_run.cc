#include "services/matching/profile_run.h"

#include <algorithm>
#include <utility>

#include "services/households/text.h"
#include "services/households/visibility.h"
#include "services/matching/answer.h"
#include "services/matching/field_writer.h"
#include "services/matching/shard.h"
#include "services/matching/wish_rules.h"

namespace heimweg::matching {
namespace {

using server::Background;
using server::Pull;
using storage::MutexLock;

constexpr int32_t kStandardBatchLimit = 50;
constexpr int32_t kMostBatchMatches = 1'000;
// Of a message: it should be worth its way, and be soon on it.
constexpr size_t kRankingBytes = size_t{64} << 10;
constexpr size_t kWaitingPerThread = 32;

Question BatchQuestionOf(const v1::RankProfilesRequest& request,
                         absl::Time now) {
  Question question;
  question.networks_path = "offer_networks";
  question.kind = request.kind();
  question.ags_prefixes.assign(request.ags_prefixes().begin(),
                               request.ags_prefixes().end());
  question.networks.assign(request.offer_networks().begin(),
                           request.offer_networks().end());
  question.weights = request.weights();
  question.evaluation_time.emplace().set_seconds(absl::ToUnixSeconds(now));
  if (request.has_evaluation_time()) {
    question.evaluation_time = request.evaluation_time();
  }
  return question;
}

}  // namespace

ProfileRunPlan PlanOf(const v1::RankProfilesRequest& request, absl::Time now,
                      server::FieldChecks& checks) {
  ProfileRunPlan plan;
  plan.question = BatchQuestionOf(request, now);
  CheckQuestion(plan.question, {}, checks);
  plan.options.limit =
      request.limit() == 0 ? kStandardBatchLimit : request.limit();
  plan.options.full_view = request.view() == v1::MATCH_VIEW_FULL;
  plan.network = request.network();
  plan.after = request.after_profile();
  if (request.shard_count() != 0) {
    plan.shard_count = request.shard_count();
    plan.shard_index = request.shard_index();
  }
  checks.Range("limit", request.limit(), 0, kMostBatchMatches);
  checks.Expect(plan.network.empty() || households::IsNetworkName(plan.network),
                "network", "must be networks/{network}");
  checks.Expect(plan.shard_count >= 1 && plan.shard_count <= kMostShards,
                "shard_count", "must be 0 to 1,000,000");
  checks.Expect(
      request.shard_count() == 0
          ? request.shard_index() == 0
          : plan.shard_index >= 1 && plan.shard_index <= plan.shard_count,
      "shard_index", "must be 1 to shard_count");
  return plan;
}

bool IsAskedFor(const ProfileRunPlan& plan,
                const profiles::v1::Profile& profile, absl::Time now) {
  if (profile.name() <= plan.after) return false;
  if (plan.shard_count > 1 &&
      ShardOf(profile.name(), plan.shard_count) != plan.shard_index) {
    return false;
  }
  const absl::Time then =
      absl::FromUnixSeconds(plan.question.evaluation_time->seconds());
  return plan.network.empty() ||
         (households::MaySee(profile, plan.network, then) &&
          households::MaySee(profile, plan.network, now));
}

std::vector<const profiles::v1::Profile*> ProfilesOf(const Snapshot& snapshot,
                                                     const ProfileRunPlan& plan,
                                                     absl::Time now) {
  std::vector<const profiles::v1::Profile*> profiles;
  snapshot.profiles->VisitAll([&](const profiles::v1::Profile& profile) {
    if (IsAskedFor(plan, profile, now)) profiles.push_back(&profile);
  });
  std::sort(profiles.begin(), profiles.end(),
            [](const auto* a, const auto* b) { return a->name() < b->name(); });
  return profiles;
}

absl::StatusOr<std::string> RankProfile(const Snapshot& snapshot,
                                        const ProfileRunPlan& plan,
                                        const profiles::v1::Profile& profile,
                                        const Cancelled& cancelled) {
  using Fields = v1::ProfileRanking;
  const absl::StatusOr<Wish> wish =
      CompileWish(plan.question, profile, absl::UnixEpoch());
  const v1::ProfileOutcome outcome = wish.ok() ? v1::PROFILE_OUTCOME_RANKED
                                     : absl::IsFailedPrecondition(wish.status())
                                         ? v1::PROFILE_OUTCOME_SEEKS_NO_JOB
                                         : v1::PROFILE_OUTCOME_INVALID;
  absl::Status status;
  FieldWriter result(static_cast<size_t>(plan.options.limit) *
                     kUsualMatchBytes);
  result.Message(v1::RankProfilesResponse::kRankingsFieldNumber, [&] {
    result.Text(Fields::kProfileFieldNumber, profile.name());
    result.Number(Fields::kOutcomeFieldNumber, outcome);
    if (!wish.ok()) return;
    result.Message(Fields::kRankingFieldNumber, [&] {
      status = WriteRanking(snapshot, *wish, plan.options, cancelled, result);
    });
  });
  if (!status.ok()) return status;
  return result.Take();
}

std::shared_ptr<ProfileRun> ProfileRun::Start(
    std::shared_ptr<const Snapshot> snapshot, ProfileRunPlan plan,
    absl::Time now, Background& background, server::Wake wake) {
  std::shared_ptr<ProfileRun> run(new ProfileRun(
      std::move(snapshot), std::move(plan), now, background, std::move(wake)));
  background.Add([run](const Background::GiveWay&) { run->List(); });
  return run;
}

ProfileRun::ProfileRun(std::shared_ptr<const Snapshot> snapshot,
                       ProfileRunPlan plan, absl::Time now,
                       Background& background, server::Wake wake)
    : snapshot_(std::move(snapshot)),
      plan_(std::move(plan)),
      now_(now),
      background_(background),
      wake_(std::move(wake)),
      window_(kWaitingPerThread * static_cast<size_t>(background.threads())),
      results_(window_) {}

void ProfileRun::List() {
  if (stopped_) return;
  profiles_ = ProfilesOf(*snapshot_, plan_, now_);
  {
    const MutexLock lock(mutex_);
    listed_ = true;
  }
  AddTasks();
  wake_();
}

void ProfileRun::AddTasks() {
  int added = 0;
  {
    const MutexLock lock(mutex_);
    if (!listed_) return;
    const size_t end = std::min(profiles_.size(), taken_ + window_);
    const size_t free = end - std::min(end, claimed_);
    added = static_cast<int>(
        std::min(free, static_cast<size_t>(background_.threads() - tasks_)));
    tasks_ += added;
  }
  for (int i = 0; i < added; ++i) {
    background_.Add(
        [run = shared_from_this()](const Background::GiveWay& give_way) {
          run->RankNext(give_way);
        });
  }
}

std::optional<size_t> ProfileRun::Claim() {
  const MutexLock lock(mutex_);
  if (stopped_ || claimed_ == profiles_.size() ||
      claimed_ == taken_ + window_) {
    --tasks_;
    return std::nullopt;
  }
  return claimed_++;
}

void ProfileRun::RankNext(const Background::GiveWay& give_way) {
  const std::optional<size_t> index = Claim();
  if (!index) return;
  Put(*index, RankProfile(*snapshot_, plan_, *profiles_[*index], [&] {
    give_way();
    return stopped_.load();
  }));
  background_.Add([run = shared_from_this()](const Background::GiveWay& next) {
    run->RankNext(next);
  });
}

void ProfileRun::Put(size_t index, absl::StatusOr<std::string> result) {
  bool wake = false;
  {
    const MutexLock lock(mutex_);
    const bool was_ready = IsReady();
    results_[index % window_] = std::move(result);
    while (ready_ < window_ && !failed_) {
      const auto& next = results_[(taken_ + ready_) % window_];
      if (!next) break;
      failed_ = !next->ok();
      ++ready_;
      if (!failed_) ready_bytes_ += (*next)->size();
    }
    wake = !was_ready && IsReady();
  }
  if (wake && !stopped_) wake_();
}

bool ProfileRun::IsReady() const {
  return failed_ || ready_bytes_ >= kRankingBytes || ready_ == window_ ||
         taken_ + ready_ == profiles_.size();
}

absl::StatusOr<Pull> ProfileRun::Take(server::AnswerBytes* response) {
  bool more = false;
  {
    const MutexLock lock(mutex_);
    if (!listed_) return Pull::kNothingYet;
    if (begun_ && !IsReady()) return Pull::kNothingYet;
    if (begun_ && taken_ == profiles_.size()) return Pull::kEnd;
    begun_ = true;
    for (size_t bytes = 0; bytes < kRankingBytes && ready_ > 0;
         ++taken_, --ready_) {
      auto& slot = results_[taken_ % window_];
      if (!slot->ok()) return slot->status();
      bytes += (*slot)->size();
      response->parts.push_back(*std::move(*slot));
      slot.reset();
    }
    ready_bytes_ = 0;
    for (size_t i = 0; i < ready_; ++i) {
      const auto& left = *results_[(taken_ + i) % window_];
      if (left.ok()) ready_bytes_ += left->size();
    }
    more = taken_ < profiles_.size();
  }
  response->parts.push_back(Rest());
  if (more) AddTasks();
  return Pull::kMessage;
}

std::string ProfileRun::Rest() const {
  v1::RankProfilesResponse rest;
  rest.set_total_profiles(static_cast<int64_t>(profiles_.size()));
  AddRevisions(*snapshot_, *rest.mutable_revisions());
  *rest.mutable_evaluation_time() = *plan_.question.evaluation_time;
  return rest.SerializeAsString();
}

}  // namespace heimweg::matching
