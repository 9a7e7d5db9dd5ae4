#include "clients/cli/rank_stream.h"

#include "clients/cli/errors.h"

namespace heimweg::cli {
namespace {

using matching::v1::MatchingService;
using matching::v1::ProfileRanking;

// In a row without a result, once there were some: with the longest delay, more
// than two minutes.
constexpr int kMostTriesWithin = 35;

absl::Status Interrupted() {
  return absl::CancelledError(
      "interrupted; the same command goes on where it ended");
}

}  // namespace

absl::StatusOr<std::optional<ProfileRanking>> RankStream::Next() {
  while (next_ == message_.rankings_size() && !ended_) {
    const absl::Status status = IsUnwanted() ? Interrupted() : Read();
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

bool RankStream::IsUnwanted() const {
  return cancelled_ || session_.console().interrupted();
}

void RankStream::Start() {
  if (stub_ == nullptr) {
    stub_ = MatchingService::NewStub(session_.Channel(Area::kMatching));
  }
  call_ = std::make_unique<Call>(
      [this](grpc::ClientContext* context, grpc::CompletionQueue* queue) {
        return stub_->PrepareAsyncRankProfiles(context, request_, queue);
      },
      [this] { return IsUnwanted(); }, session_.timeout());
}

absl::Status RankStream::Read() {
  if (call_ == nullptr) Start();
  next_ = 0;
  message_.Clear();
  if (call_->Read(message_)) {
    retries_ = Retries(kMostTriesWithin);
    if (total_ == 0) total_ = message_.total_profiles();
    return absl::OkStatus();
  }
  message_.Clear();
  grpc::Status status;
  absl::Status gave_up = call_->Finish(status);
  call_.reset();
  if (absl::IsCancelled(gave_up)) return Interrupted();
  if (!gave_up.ok()) return gave_up;
  ended_ = status.ok();
  return FromGrpc(status, session_.Address(Area::kMatching));
}

}  // namespace heimweg::cli
