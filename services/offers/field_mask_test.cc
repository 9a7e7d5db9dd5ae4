#include "services/offers/field_mask.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "heimweg/jobs/v1/job.pb.h"
#include "services/offers/common_rules.h"

namespace heimweg::offers {
namespace {

using google::protobuf::FieldMask;
using jobs::v1::Job;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

FieldMask Mask(const std::vector<std::string>& paths) {
  FieldMask mask;
  for (const std::string& path : paths) mask.add_paths(path);
  return mask;
}

std::vector<server::Violation> Check(const std::vector<std::string>& paths) {
  return MaskViolations(*Job::descriptor(), Mask(paths), kFixedFields);
}

Job Replaced(const std::vector<std::string>& paths, const Job& from, Job to) {
  ReplaceFields(Mask(paths), kFixedFields, from, to);
  return to;
}

TEST(MaskViolationsTest, AcceptsFieldsAtAnyDepth) {
  EXPECT_THAT(Check({"title", "salary", "salary.period",
                     "place.location.latitude", "required_skills", "place"}),
              IsEmpty());
  EXPECT_THAT(Check({"*"}), IsEmpty());
  EXPECT_THAT(Check({}), IsEmpty());
}

TEST(MaskViolationsTest, NamesEveryPathThatIsWrong) {
  const std::vector<std::string> wrong = {"",
                                          "titel",
                                          "title.length",
                                          "occupations.title",
                                          "salary.x",
                                          "place.resolved",
                                          "name",
                                          "etag",
                                          "create_time.seconds",
                                          "place.resolved.ags",
                                          ".title"};
  const auto violations = Check(wrong);
  ASSERT_THAT(violations, SizeIs(wrong.size()));
  for (size_t i = 0; i < wrong.size(); ++i) {
    EXPECT_EQ(violations[i].field, "update_mask");
    EXPECT_THAT(violations[i].description, HasSubstr("\"" + wrong[i] + "\""));
  }
}

TEST(MaskViolationsTest, AStarStandsAlone) {
  EXPECT_THAT(Check({"*", "title"}), SizeIs(1));
}

TEST(ReplaceFieldsTest, WithoutAMaskReplacesWhatIsSet) {
  Job from;
  from.set_title("new");
  from.add_required_skills("c");
  from.mutable_salary()->set_minimum_cents(5);
  Job to;
  to.set_title("old");
  to.set_description("kept");
  to.add_required_skills("a");
  to.add_required_skills("b");
  to.mutable_salary()->set_maximum_cents(9);
  const Job result = Replaced({}, from, to);
  EXPECT_EQ(result.title(), "new");
  EXPECT_EQ(result.description(), "kept");
  EXPECT_THAT(result.required_skills(), ElementsAre("c"));
  EXPECT_FALSE(result.salary().has_maximum_cents());
  EXPECT_EQ(result.salary().minimum_cents(), 5);
}

TEST(ReplaceFieldsTest, WithoutAMaskLeavesFixedFieldsAlone) {
  Job from;
  from.set_name("ignored");
  from.set_title("new");
  Job to;
  to.set_name("kept");
  const Job result = Replaced({}, from, to);
  EXPECT_EQ(result.name(), "kept");
  EXPECT_EQ(result.title(), "new");
}

TEST(ReplaceFieldsTest, AStarClearsWhatIsUnsetButKeepsFixedFields) {
  Job from;
  from.set_name("ignored");
  from.set_title("new");
  Job to;
  to.set_name("kept");
  to.set_etag("kept");
  to.mutable_create_time()->set_seconds(1);
  to.set_title("old");
  to.set_description("old");
  to.set_capacity(3);
  const Job result = Replaced({"*"}, from, to);
  EXPECT_EQ(result.name(), "kept");
  EXPECT_EQ(result.etag(), "kept");
  EXPECT_EQ(result.create_time().seconds(), 1);
  EXPECT_EQ(result.title(), "new");
  EXPECT_EQ(result.description(), "");
  EXPECT_FALSE(result.has_capacity());
}

TEST(ReplaceFieldsTest, APathTouchesNothingBesideIt) {
  Job from;
  from.set_title("ignored");
  from.mutable_salary()->set_minimum_cents(7);
  from.mutable_salary()->set_period(jobs::v1::SALARY_PERIOD_HOUR);
  Job to;
  to.set_title("kept");
  to.mutable_salary()->set_minimum_cents(5);
  to.mutable_salary()->set_period(jobs::v1::SALARY_PERIOD_MONTH);
  const Job result = Replaced({"salary.minimum_cents"}, from, to);
  EXPECT_EQ(result.title(), "kept");
  EXPECT_EQ(result.salary().minimum_cents(), 7);
  EXPECT_EQ(result.salary().period(), jobs::v1::SALARY_PERIOD_MONTH);
}

TEST(ReplaceFieldsTest, ClearsANamedFieldThatIsUnset) {
  Job to;
  to.mutable_salary()->set_minimum_cents(5);
  to.mutable_salary()->set_maximum_cents(6);
  to.set_remote_percent(0);
  const Job result =
      Replaced({"salary.minimum_cents", "remote_percent"}, Job(), to);
  EXPECT_FALSE(result.salary().has_minimum_cents());
  EXPECT_EQ(result.salary().maximum_cents(), 6);
  EXPECT_FALSE(result.has_remote_percent());
}

TEST(ReplaceFieldsTest, SetsAnOptionalFieldToZero) {
  Job from;
  from.set_remote_percent(0);
  EXPECT_TRUE(Replaced({"remote_percent"}, from, Job()).has_remote_percent());
  EXPECT_TRUE(Replaced({}, from, Job()).has_remote_percent());
}

TEST(ReplaceFieldsTest, DoesNotMakeAMessageForAnUnsetPart) {
  Job from;
  from.mutable_salary()->set_maximum_cents(6);
  EXPECT_FALSE(Replaced({"salary.minimum_cents"}, from, Job()).has_salary());
}

TEST(ReplaceFieldsTest, AWholeMessageWinsOverItsParts) {
  Job from;
  from.mutable_salary()->set_minimum_cents(7);
  Job to;
  to.mutable_salary()->set_maximum_cents(9);
  for (const auto& paths :
       {std::vector<std::string>{"salary", "salary.minimum_cents"},
        std::vector<std::string>{"salary.minimum_cents", "salary"}}) {
    const Job result = Replaced(paths, from, to);
    EXPECT_EQ(result.salary().minimum_cents(), 7);
    EXPECT_FALSE(result.salary().has_maximum_cents());
  }
}

}  // namespace
}  // namespace heimweg::offers
