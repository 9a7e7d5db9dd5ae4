#include "services/server/open_call.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/server/status.h"

namespace heimweg::server {
namespace {

using Clock = std::chrono::steady_clock;

absl::string_view Header(const grpc::CallbackServerContext& context,
                         const char* name) {
  const auto found = context.client_metadata().find(name);
  if (found == context.client_metadata().end()) {
    return "";
  }
  return absl::string_view(found->second.data(), found->second.size());
}

// The trace id of a W3C traceparent, "00-<32 hex>-<16 hex>-<2 hex>".
absl::string_view TraceId(absl::string_view traceparent) {
  constexpr size_t kLength = 55;
  if (traceparent.size() < kLength || traceparent[2] != '-' ||
      traceparent[35] != '-') {
    return "";
  }
  const absl::string_view id = traceparent.substr(3, 32);
  const bool valid = std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return absl::ascii_isxdigit(c) && !absl::ascii_isupper(c);
  });
  return valid ? id : "";
}

absl::Time Deadline(const grpc::CallbackServerContext& context) {
  const auto deadline = context.deadline();
  return deadline == std::chrono::system_clock::time_point::max()
             ? absl::InfiniteFuture()
             : absl::FromChrono(deadline);
}

}  // namespace

OpenCall::OpenCall(grpc::CallbackServerContext* context, const char* method,
                   std::string request_id, Metrics& metrics, Log& log)
    : context_(context),
      method_(method),
      arrival_(Clock::now()),
      metrics_(metrics.ForMethod(method)),
      log_(log) {
  constexpr size_t kLanguageLimit = 64;
  metrics_.Started();
  call_.request_id = std::move(request_id);
  call_.trace_id = std::string(TraceId(Header(*context, "traceparent")));
  call_.accept_language = std::string(
      Header(*context, "accept-language").substr(0, kLanguageLimit));
  call_.deadline = Deadline(*context);
  call_.cancelled = [context] { return context->IsCancelled(); };
}

absl::Status OpenCall::StillWanted() const {
  if (context_->IsCancelled()) {
    return absl::CancelledError("the client has gone");
  }
  if (call_.deadline <= absl::Now()) {
    return absl::DeadlineExceededError("the deadline passed");
  }
  return absl::OkStatus();
}

grpc::Status OpenCall::Answer(const absl::Status& status) {
  const absl::Duration took = absl::FromChrono(Clock::now() - arrival_);
  metrics_.Handled(status.code(), took);
  log_.Answered(call_, method_, status, took);
  context_->AddTrailingMetadata("x-request-id", call_.request_id);
  return ToGrpc(status);
}

}  // namespace heimweg::server
