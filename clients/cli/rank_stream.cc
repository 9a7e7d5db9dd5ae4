#include "clients/cli/rank_stream.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/cli/errors.h"

namespace heimweg::cli {
namespace {

using matching::v1::MatchingService;
using matching::v1::ProfileRanking;
using matching::v1::RankProfilesResponse;

// How soon Ctrl-C is noticed.
constexpr absl::Duration kLookUp = absl::Milliseconds(100);

}  // namespace

// One call. Exactly one operation is under way at any time.
struct RankStream::Attempt {
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  std::unique_ptr<MatchingService::Stub> stub;
  std::unique_ptr<grpc::ClientAsyncReader<RankProfilesResponse>> reader;
  bool started = false;
};

RankStream::~RankStream() {
  if (attempt_ == nullptr) return;
  attempt_->context.TryCancel();
  grpc::Status status;
  attempt_->reader->Finish(&status, nullptr);
  Wait();
}

absl::StatusOr<std::optional<ProfileRanking>> RankStream::Next() {
  while (next_ == message_.rankings_size() && !ended_) {
    const absl::Status status = Read();
    if (status.ok()) continue;
    const auto delay = retries_.Next(status);
    if (!delay.has_value()) return status;
    session_.console().sleep(*delay);
  }
  if (ended_) return std::optional<ProfileRanking>();
  ProfileRanking& ranking = *message_.mutable_rankings(next_++);
  request_.set_after_profile(ranking.profile());
  return std::optional(std::move(ranking));
}

absl::Status RankStream::Read() {
  message_.Clear();
  next_ = 0;
  gave_up_ = absl::OkStatus();
  if (attempt_ == nullptr) {
    attempt_ = std::make_unique<Attempt>();
    attempt_->stub =
        MatchingService::NewStub(session_.Channel(Area::kMatching));
    attempt_->reader = attempt_->stub->PrepareAsyncRankProfiles(
        &attempt_->context, request_, &attempt_->queue);
    attempt_->reader->StartCall(nullptr);
    attempt_->started = Wait();
  }
  if (attempt_->started) {
    attempt_->reader->Read(&message_, nullptr);
    if (Wait()) {
      retries_.Reset();
      if (total_ == 0) total_ = message_.total_profiles();
      return absl::OkStatus();
    }
  }
  message_.Clear();
  grpc::Status status;
  attempt_->reader->Finish(&status, nullptr);
  const absl::Status why = gave_up_;
  Wait();
  attempt_.reset();
  if (!why.ok()) return why;
  ended_ = status.ok();
  return FromGrpc(status, session_.Address(Area::kMatching));
}

bool RankStream::Wait() {
  void* tag = nullptr;
  bool ok = false;
  const absl::Time silent_until = absl::Now() + session_.timeout();
  while (attempt_->queue.AsyncNext(&tag, &ok,
                                   absl::ToChronoTime(absl::Now() + kLookUp)) ==
         grpc::CompletionQueue::TIMEOUT) {
    if (!gave_up_.ok()) continue;
    if (cancelled_ || session_.console().interrupted()) {
      gave_up_ = absl::CancelledError(
          "interrupted; the same command goes on where it ended");
    } else if (absl::Now() > silent_until) {
      gave_up_ = absl::DeadlineExceededError(
          absl::StrCat("the server was silent for ",
                       absl::FormatDuration(session_.timeout())));
    }
    if (!gave_up_.ok()) attempt_->context.TryCancel();
  }
  return ok && gave_up_.ok();
}

}  // namespace heimweg::cli
