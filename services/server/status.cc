#include "services/server/status.h"

#include <google/rpc/status.pb.h>

#include <string>

#include "absl/strings/cord.h"
#include "services/server/errors.h"

namespace heimweg::server {
namespace {

constexpr absl::Duration kRetryAfter = absl::Milliseconds(100);

std::string Text(absl::string_view text) { return std::string(text); }

// What the client may see, with the details that every error has.
absl::Status Complete(const absl::Status& status) {
  absl::Status complete = status;
  if (IsHidden(status.code())) {
    complete = absl::Status(status.code(),
                            "the server failed; its log says why under the "
                            "x-request-id of this answer");
  }
  if (complete.code() == absl::StatusCode::kUnavailable &&
      !RetryAfterOf(complete).has_value()) {
    const absl::Status hint = Unavailable("", kRetryAfter);
    hint.ForEachPayload([&](absl::string_view url, const absl::Cord& value) {
      complete.SetPayload(url, value);
    });
  }
  if (ReasonOf(complete).empty()) {
    complete = WithReason(complete, absl::StatusCodeToString(status.code()));
  }
  return complete;
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) {
    return grpc::Status::OK;
  }
  const absl::Status complete = Complete(status);
  google::rpc::Status details;
  details.set_code(complete.raw_code());
  details.set_message(Text(complete.message()));
  complete.ForEachPayload([&](absl::string_view url, const absl::Cord& value) {
    auto* detail = details.add_details();
    detail->set_type_url(Text(url));
    detail->set_value(std::string(value));
  });
  return grpc::Status(static_cast<grpc::StatusCode>(complete.code()),
                      details.message(), details.SerializeAsString());
}

absl::Status FromGrpc(const grpc::Status& status) {
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()),
                      status.error_message());
  google::rpc::Status details;
  if (!status.ok() && details.ParseFromString(status.error_details())) {
    for (const auto& detail : details.details()) {
      result.SetPayload(detail.type_url(), absl::Cord(detail.value()));
    }
  }
  return result;
}

bool IsHidden(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal ||
         code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss;
}

}  // namespace heimweg::server
