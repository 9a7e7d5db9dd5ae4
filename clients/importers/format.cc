#include "clients/importers/format.h"

#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/profiles/v1/profile.pb.h"

namespace heimweg::importers {

absl::string_view KindName(Kind kind) {
  switch (kind) {
    case Kind::kJobs:
      return "jobs";
    case Kind::kHomes:
      return "homes";
    case Kind::kContacts:
      return "contacts";
    case Kind::kProfiles:
      return "profiles";
  }
  return "";
}

std::unique_ptr<google::protobuf::Message> NewRow(Kind kind) {
  switch (kind) {
    case Kind::kJobs:
      return std::make_unique<jobs::v1::Job>();
    case Kind::kHomes:
      return std::make_unique<housing::v1::Home>();
    case Kind::kContacts:
      return std::make_unique<contacts::v1::Contact>();
    case Kind::kProfiles:
      return std::make_unique<profiles::v1::Profile>();
  }
  return nullptr;
}

void AddViolation(absl::string_view field, absl::string_view description,
                  Violations& violations) {
  type::v1::FieldViolation& violation = violations.emplace_back();
  violation.set_field(std::string(field));
  violation.set_description(std::string(description));
}

}  // namespace heimweg::importers
