#include "services/server/errors.h"

#include <google/rpc/error_details.pb.h>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace heimweg::server {
namespace {

constexpr char kDomain[] = "heimweg";

template <typename Detail>
std::string Url() {
  return absl::StrCat("type.googleapis.com/",
                      std::string(Detail::descriptor()->full_name()));
}

template <typename Detail>
void Put(absl::Status& status, const Detail& detail) {
  status.SetPayload(Url<Detail>(), absl::Cord(detail.SerializeAsString()));
}

template <typename Detail>
std::optional<Detail> Get(const absl::Status& status) {
  const auto payload = status.GetPayload(Url<Detail>());
  Detail detail;
  if (!payload.has_value() || !detail.ParseFromString(std::string(*payload))) {
    return std::nullopt;
  }
  return detail;
}

}  // namespace

absl::Status InvalidFields(const std::vector<Violation>& violations) {
  if (violations.empty()) {
    return absl::OkStatus();
  }
  google::rpc::BadRequest detail;
  for (const Violation& violation : violations) {
    auto* added = detail.add_field_violations();
    added->set_field(violation.field);
    added->set_description(violation.description);
  }
  absl::Status status = absl::InvalidArgumentError(absl::StrJoin(
      violations, "; ", [](std::string* out, const Violation& violation) {
        absl::StrAppend(out, violation.field, ": ", violation.description);
      }));
  Put(status, detail);
  return status;
}

absl::Status WithReason(absl::Status status, absl::string_view reason) {
  if (!status.ok()) {
    google::rpc::ErrorInfo detail;
    detail.set_reason(std::string(reason));
    detail.set_domain(kDomain);
    Put(status, detail);
  }
  return status;
}

absl::Status Unavailable(absl::string_view message,
                         absl::Duration retry_after) {
  google::rpc::RetryInfo detail;
  absl::Duration rest;
  detail.mutable_retry_delay()->set_seconds(
      absl::IDivDuration(retry_after, absl::Seconds(1), &rest));
  detail.mutable_retry_delay()->set_nanos(
      static_cast<int>(absl::ToInt64Nanoseconds(rest)));
  absl::Status status = absl::UnavailableError(message);
  Put(status, detail);
  return status;
}

std::vector<Violation> ViolationsOf(const absl::Status& status) {
  std::vector<Violation> violations;
  const auto detail = Get<google::rpc::BadRequest>(status);
  if (detail.has_value()) {
    for (const auto& violation : detail->field_violations()) {
      violations.push_back({violation.field(), violation.description()});
    }
  }
  return violations;
}

std::string ReasonOf(const absl::Status& status) {
  const auto detail = Get<google::rpc::ErrorInfo>(status);
  return detail.has_value() ? detail->reason() : "";
}

std::optional<absl::Duration> RetryAfterOf(const absl::Status& status) {
  const auto detail = Get<google::rpc::RetryInfo>(status);
  if (!detail.has_value()) {
    return std::nullopt;
  }
  return absl::Seconds(detail->retry_delay().seconds()) +
         absl::Nanoseconds(detail->retry_delay().nanos());
}

}  // namespace heimweg::server
