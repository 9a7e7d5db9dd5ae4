// IsOk(), IsOkAndHolds() and StatusIs() for absl::Status and absl::StatusOr.
// Named as in absl/status/status_matchers.h of later Abseil releases.
#ifndef HEIMWEG_TESTS_SUPPORT_STATUS_MATCHERS_H_
#define HEIMWEG_TESTS_SUPPORT_STATUS_MATCHERS_H_

#include <gmock/gmock.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace heimweg::testing {

inline const absl::Status& AsStatus(const absl::Status& status) {
  return status;
}
template <typename T>
const absl::Status& AsStatus(const absl::StatusOr<T>& value) {
  return value.status();
}

MATCHER(IsOk, "is OK") {
  *result_listener << AsStatus(arg).ToString();
  return AsStatus(arg).ok();
}

MATCHER_P(StatusIs, code, "has the status code") {
  *result_listener << AsStatus(arg).ToString();
  return AsStatus(arg).code() == code;
}

MATCHER_P2(StatusIs, code, message, "has the status code and a message that") {
  *result_listener << AsStatus(arg).ToString();
  return AsStatus(arg).code() == code &&
         ::testing::ExplainMatchResult(
             message, std::string(AsStatus(arg).message()), result_listener);
}

MATCHER_P(IsOkAndHolds, value, "is OK and holds a value that") {
  *result_listener << AsStatus(arg).ToString();
  return arg.ok() &&
         ::testing::ExplainMatchResult(value, *arg, result_listener);
}

}  // namespace heimweg::testing

#endif  // HEIMWEG_TESTS_SUPPORT_STATUS_MATCHERS_H_
