#include "clients/cli/session.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <algorithm>
#include <utility>

#include "clients/cli/errors.h"

namespace heimweg::cli {
namespace {

constexpr absl::Duration kLongestDelay = absl::Seconds(5);
// An offer has at most about 100 KiB; a page has at most 1,000 of them.
constexpr int kLargestMessage = 128 << 20;

grpc::ChannelArguments Arguments() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kLargestMessage);
  // Connects again as fast as Retries asks for it.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  // Notices a server that went away without a word while a watch is quiet.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  return arguments;
}

}  // namespace

absl::string_view AreaName(Area area) {
  constexpr std::array<absl::string_view, kAreas> kNames = {
      "jobs", "homes", "contacts", "profiles", "matching", "reference"};
  return kNames[static_cast<size_t>(area)];
}

std::optional<absl::Duration> Retries::Next(const absl::Status& status) {
  if (status.code() != absl::StatusCode::kUnavailable ||
      tries_ >= most_tries_) {
    return std::nullopt;
  }
  ++tries_;
  const absl::Duration delay = AskedDelay(status).value_or(delay_);
  delay_ = std::min(delay_ * 2, kLongestDelay);
  return delay;
}

Session::Session(GlobalOptions options, Console& console)
    : options_(std::move(options)), console_(console) {}

const std::string& Session::Address(Area area) const {
  const std::string& own = options_.servers[static_cast<size_t>(area)];
  return own.empty() ? options_.server : own;
}

std::shared_ptr<grpc::Channel> Session::Channel(Area area) {
  auto& channel = channels_[static_cast<size_t>(area)];
  for (int i = 0; i < kAreas && channel == nullptr; ++i) {
    if (Address(static_cast<Area>(i)) == Address(area)) channel = channels_[i];
  }
  if (channel == nullptr) {
    channel = grpc::CreateCustomChannel(
        Address(area), grpc::InsecureChannelCredentials(), Arguments());
  }
  return channel;
}

absl::Status Session::Call(
    Area area,
    absl::FunctionRef<grpc::Status(grpc::ClientContext&)> call) const {
  const absl::Time deadline = absl::Now() + timeout();
  Retries retries;
  while (true) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(deadline));
    absl::Status status = FromGrpc(call(context), Address(area));
    const auto delay = retries.Next(status);
    if (!delay.has_value() || absl::Now() + *delay >= deadline) return status;
    console_.sleep(*delay);
  }
}

}  // namespace heimweg::cli
