// Jobs, homes and contacts share fields 1 to 19: code that treats them alike
// relies on it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "heimweg/contacts/v1/contact.pb.h"
#include "heimweg/contacts/v1/contact_service.pb.h"
#include "heimweg/housing/v1/home.pb.h"
#include "heimweg/housing/v1/home_service.pb.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/jobs/v1/job_service.pb.h"

namespace heimweg::offers {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using ::testing::ElementsAreArray;
using ::testing::SizeIs;

// "6 title: string, optional", and so on, in the order of numbers.
std::vector<std::string> SharedFields(const Descriptor& type, int last) {
  std::vector<std::string> fields;
  for (int number = 1; number <= last; ++number) {
    const FieldDescriptor* field = type.FindFieldByNumber(number);
    if (field == nullptr) continue;
    std::string text = std::to_string(number) + " " + field->name() + ": ";
    if (field->message_type() != nullptr) {
      text += field->message_type()->full_name();
    } else if (field->enum_type() != nullptr) {
      text += field->enum_type()->full_name();
    } else {
      text += field->type_name();
    }
    if (field->is_repeated()) text += ", repeated";
    if (field->has_presence()) text += ", present or not";
    fields.push_back(text);
  }
  return fields;
}

TEST(SharedFieldsTest, AreTheSameInJobHomeAndContact) {
  const auto jobs = SharedFields(*jobs::v1::Job::descriptor(), 19);
  EXPECT_THAT(jobs, SizeIs(19));
  EXPECT_THAT(SharedFields(*housing::v1::Home::descriptor(), 19),
              ElementsAreArray(jobs));
  EXPECT_THAT(SharedFields(*contacts::v1::Contact::descriptor(), 19),
              ElementsAreArray(jobs));
}

TEST(SharedFieldsTest, AreTheSameInTheirFilters) {
  const auto jobs = SharedFields(*jobs::v1::JobFilter::descriptor(), 19);
  EXPECT_THAT(jobs, SizeIs(6));
  EXPECT_THAT(SharedFields(*housing::v1::HomeFilter::descriptor(), 19),
              ElementsAreArray(jobs));
  EXPECT_THAT(SharedFields(*contacts::v1::ContactFilter::descriptor(), 19),
              ElementsAreArray(jobs));
}

}  // namespace
}  // namespace heimweg::offers
