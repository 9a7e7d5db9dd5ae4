#include "services/offers/common_rules.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "heimweg/type/v1/offer.pb.h"
#include "services/server/field_checks.h"

namespace heimweg::offers {

using google::protobuf::Timestamp;

absl::Time ToTime(const Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) +
         absl::Nanoseconds(time.nanos());
}

Timestamp ToTimestamp(absl::Time time) {
  // The last moment that a Timestamp may hold, in the year 9999.
  time = std::min(time, absl::FromUnixSeconds(253402300799));
  const int64_t seconds = absl::ToUnixSeconds(time);
  Timestamp stamp;
  stamp.set_seconds(seconds);
  stamp.set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return stamp;
}

void CheckValidity(const type::v1::ValidityPeriod& validity,
                   server::FieldChecks& checks) {
  server::FieldChecks times;
  if (validity.has_start_time()) {
    times.Time("validity.start_time", validity.start_time());
  }
  if (validity.has_end_time()) {
    times.Time("validity.end_time", validity.end_time());
  }
  if (times.ok() && validity.has_start_time() && validity.has_end_time() &&
      ToTime(validity.end_time()) <= ToTime(validity.start_time())) {
    times.Add("validity.end_time", "must be after start_time");
  }
  checks.AddAll(std::move(times).Take());
}

void CheckContactPerson(const type::v1::ContactPerson& person,
                        server::FieldChecks& checks) {
  checks.Text("contact_person.display_name", person.display_name(), 200);
  checks.Text("contact_person.email", person.email(), 254);
  checks.Text("contact_person.phone_number", person.phone_number(), 40);
}

void CheckRuling(const type::v1::DuplicateRuling& ruling,
                 server::FieldChecks& checks) {
  if (ruling.has_distinct() && !ruling.distinct()) {
    checks.Add("duplicate_ruling.distinct", "must be true where it is set");
  }
  if (ruling.ruling_case() == type::v1::DuplicateRuling::RULING_NOT_SET) {
    checks.Add("duplicate_ruling", "must be distinct or same_as");
  }
}

void CheckSource(absl::string_view source, absl::string_view external_id,
                 absl::string_view source_uri, server::FieldChecks& checks) {
  if (source.empty() && !external_id.empty()) {
    checks.Add("source", "is required with external_id");
  }
  checks.PlainText("source", source, 100);
  checks.PlainText("external_id", external_id, 200);
  checks.HttpUri("source_uri", source_uri, 2'000);
}

}  // namespace heimweg::offers
