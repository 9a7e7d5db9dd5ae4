#include "clients/cli/json.h"

#include <gmock/gmock.h>

#include <sstream>

#include "clients/cli/errors.h"
#include "clients/importers/json_syntax.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/profiles/v1/profile_service.pb.h"
#include "tests/support/status_matchers.h"

namespace heimweg::cli {
namespace {

using heimweg::testing::IsOk;
using heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// "field: description" of each wrong field.
std::vector<std::string> Wrong(const absl::Status& status) {
  std::vector<std::string> wrong;
  for (const auto& violation : WrongFields(status)) {
    wrong.push_back(violation.field() + ": " + violation.description());
  }
  return wrong;
}

std::string ErrorAt(absl::string_view text) {
  const auto error = importers::FindJsonSyntaxError(text);
  if (!error.has_value()) return "none";
  return std::to_string(error->line) + ":" + std::to_string(error->column) +
         " " + error->expected;
}

TEST(JsonSyntax, AcceptsWhatTheStandardDoes) {
  for (const char* text :
       {"{}", " [1, -0.5e+3, true, false, null, \"\\u00e4\\n\"] ", "0",
        "{\"a\": {\"b\": []}, \"c\": \"ü\"}"}) {
    EXPECT_EQ(ErrorAt(text), "none") << text;
  }
}

TEST(JsonSyntax, SaysWhereAndWhatWasExpected) {
  EXPECT_EQ(ErrorAt("{\"a\": 1,}"), "1:9 a name in double quotes");
  EXPECT_EQ(ErrorAt("{'a': 1}"), "1:2 a name in double quotes");
  EXPECT_EQ(ErrorAt("{\"a\" 1}"), "1:6 ':'");
  EXPECT_EQ(ErrorAt("{\n \"a\": [1 2]\n}"), "2:10 ',' or ']'");
  EXPECT_EQ(ErrorAt("{} x"), "1:4 the end of the text");
  EXPECT_EQ(ErrorAt("\"abc"), "1:5 the closing quote");
  EXPECT_EQ(ErrorAt("01"), "1:2 no leading zero");
  EXPECT_EQ(ErrorAt(""), "1:1 a value");
  EXPECT_EQ(ErrorAt("\"\xff\""), "1:2 UTF-8");
  EXPECT_EQ(ErrorAt(std::string(200, '[')), "1:102 at most 100 levels");
}

TEST(JsonSyntax, FindsAMemberOfTheOutermostObject) {
  const absl::string_view text =
      R"( {"a": {"row": 1}, "row": {"x": [1, 2]}, "z": 0})";
  EXPECT_EQ(importers::JsonMember(text, "row"), "{\"x\": [1, 2]}");
  EXPECT_EQ(importers::JsonMember(text, "x"), std::nullopt);
  EXPECT_EQ(importers::JsonMember("[1]", "row"), std::nullopt);
}

TEST(JsonSyntax, QuotesSoThatItReadsBack) {
  EXPECT_EQ(importers::JsonQuoted("a\"\\\n\xffü"),
            "\"a\\\"\\\\\\u000a\uFFFDü\"");
}

TEST(Json, WritesProto3Json) {
  jobs::v1::Job job;
  job.set_external_id("7");
  job.mutable_salary()->set_minimum_cents(100);
  job.set_state(type::v1::OFFER_STATE_PUBLISHED);
  EXPECT_EQ(ToJson(job), R"({"state":"OFFER_STATE_PUBLISHED","externalId":"7",)"
                         R"("salary":{"minimumCents":"100"}})");
}

TEST(Json, WritesMapsInOneOrder) {
  profiles::v1::ErasureReceipt receipt;
  for (const char* key : {"d", "b", "a", "c"}) {
    (*receipt.mutable_erased_records())[key] = 1;
  }
  EXPECT_EQ(ToJson(receipt), R"({"erasedRecords":{"a":1,"b":1,"c":1,"d":1}})");
}

TEST(Json, NamesTheUnknownField) {
  profiles::v1::Profile profile;
  EXPECT_THAT(
      Wrong(FromJson(R"({"adults": [{"id": "a", "hoursss": 1}]})", profile)),
      ElementsAre("adults[0].hoursss: there is no such field"));
  EXPECT_THAT(Wrong(FromJson(R"({"adult": []})", profile)),
              ElementsAre("adult: there is no such field"));
}

TEST(Json, NamesTheFieldWhoseValueDoesNotFitWithoutRepeatingIt) {
  profiles::v1::Profile profile;
  const absl::Status status =
      FromJson(R"({"children": [{"birthYear": "Secret"}]})", profile);
  EXPECT_THAT(Wrong(status),
              ElementsAre(HasSubstr(": this value does not fit the field")));
  EXPECT_THAT(Wrong(status), ElementsAre(HasSubstr("children[0]")));
  EXPECT_THAT(status.ToString(), Not(HasSubstr("Secret")));
}

TEST(Json, SaysWhereItIsNoJson) {
  jobs::v1::Job job;
  const absl::Status status = FromJson("{\"title\": \"a\"\n \"b\"}", job);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Wrong(status),
              ElementsAre("line 2, column 2: expected ',' or '}'"));
}

TEST(Json, IsAnObject) {
  jobs::v1::Job job;
  EXPECT_THAT(Wrong(FromJson("[1]", job)),
              ElementsAre(": a JSON object was expected"));
}

TEST(ReadJson, ReadsStandardInputAndNamesAFileThatIsMissing) {
  jobs::v1::Job job;
  std::istringstream in(R"({"title": "Koch"})");
  EXPECT_THAT(ReadJson("-", in, job), IsOk());
  EXPECT_EQ(job.title(), "Koch");
  EXPECT_THAT(ReadJson("/no/such/file", in, job),
              StatusIs(absl::StatusCode::kNotFound,
                       "there is no file /no/such/file; expected a JSON file"));
}

}  // namespace
}  // namespace heimweg::cli
