#include "clients/cli/errors.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace heimweg::cli {
namespace {

constexpr char kDetailsUrl[] = "type.googleapis.com/google.rpc.Status";

absl::Status WithDetails(absl::Status status, absl::string_view serialized) {
  if (!status.ok() && !serialized.empty()) {
    status.SetPayload(kDetailsUrl, absl::Cord(serialized));
  }
  return status;
}

// The first detail of a type, if there is one.
template <typename Detail>
std::optional<Detail> FindDetail(const absl::Status& status) {
  const auto payload = status.GetPayload(kDetailsUrl);
  google::rpc::Status details;
  if (!payload.has_value() || !details.ParseFromString(std::string(*payload))) {
    return std::nullopt;
  }
  for (const google::protobuf::Any& any : details.details()) {
    Detail detail;
    if (any.Is<Detail>() && any.UnpackTo(&detail)) return detail;
  }
  return std::nullopt;
}

// What gRPC says when there is nobody to talk to.
bool NobodyAnswered(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::UNAVAILABLE &&
         (absl::StrContains(status.error_message(), "failed to connect") ||
          absl::StrContains(status.error_message(), "Connection refused") ||
          absl::StrContains(status.error_message(), "DNS resolution failed"));
}

}  // namespace

absl::Status FromGrpc(const grpc::Status& status, absl::string_view server) {
  if (status.ok()) return absl::OkStatus();
  std::string message = status.error_message();
  if (NobodyAnswered(status)) {
    message = absl::StrCat(
        "no server answers at ", server,
        "\nstart one with deploy/run, or name another with --server or "
        "HEIMWEG_SERVER");
  } else if (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) {
    message = absl::StrCat("no answer from ", server,
                           " in time\n--timeout SECONDS allows it more");
  }
  return WithDetails(
      absl::Status(static_cast<absl::StatusCode>(status.error_code()), message),
      status.error_details());
}

absl::Status InvalidFields(
    absl::string_view message,
    const std::vector<type::v1::FieldViolation>& violations) {
  google::rpc::BadRequest bad;
  for (const type::v1::FieldViolation& violation : violations) {
    auto* field = bad.add_field_violations();
    field->set_field(violation.field());
    field->set_description(violation.description());
  }
  google::rpc::Status details;
  details.add_details()->PackFrom(bad);
  return WithDetails(absl::InvalidArgumentError(message),
                     details.SerializeAsString());
}

std::vector<type::v1::FieldViolation> WrongFields(const absl::Status& status) {
  std::vector<type::v1::FieldViolation> violations;
  const auto bad = FindDetail<google::rpc::BadRequest>(status);
  if (!bad.has_value()) return violations;
  for (const auto& field : bad->field_violations()) {
    violations.emplace_back();
    violations.back().set_field(field.field());
    violations.back().set_description(field.description());
  }
  return violations;
}

std::optional<absl::Duration> AskedDelay(const absl::Status& status) {
  const auto info = FindDetail<google::rpc::RetryInfo>(status);
  if (!info.has_value()) return std::nullopt;
  return absl::Seconds(info->retry_delay().seconds()) +
         absl::Nanoseconds(info->retry_delay().nanos());
}

absl::Status WithHint(const absl::Status& status, absl::string_view hint) {
  absl::Status hinted(status.code(),
                      absl::StrCat(status.message(), "\n", hint));
  if (const auto payload = status.GetPayload(kDetailsUrl)) {
    hinted.SetPayload(kDetailsUrl, *payload);
  }
  return hinted;
}

void PrintError(const absl::Status& status, std::ostream& err) {
  const absl::string_view message = status.message();
  const size_t end = message.find('\n');
  err << "heimweg: " << message.substr(0, end) << " ("
      << absl::StatusCodeToString(status.code()) << ")\n";
  for (const type::v1::FieldViolation& violation : WrongFields(status)) {
    err << "  " << (violation.field().empty() ? "(input)" : violation.field())
        << ": " << violation.description() << "\n";
  }
  if (end != absl::string_view::npos) {
    err << "  " << message.substr(end + 1) << "\n";
  }
}

ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return ExitCode::kOk;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
      return ExitCode::kRejected;
    case absl::StatusCode::kNotFound:
      return ExitCode::kNotFound;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return ExitCode::kUnavailable;
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kAborted:
      return ExitCode::kConflict;
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
      return ExitCode::kDenied;
    case absl::StatusCode::kResourceExhausted:
      return ExitCode::kExhausted;
    default:
      return ExitCode::kFailed;
  }
}

}  // namespace heimweg::cli
