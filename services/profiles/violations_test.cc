#include "services/profiles/violations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/profiles/testing/profile_world.h"
#include "services/server/errors.h"

namespace heimweg::profiles {
namespace {

using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Case {
  std::string text;
  std::vector<std::string> paths;
};

std::vector<std::string> Paths(
    const std::vector<server::Violation>& violations) {
  std::vector<std::string> paths;
  for (const server::Violation& violation : violations) {
    paths.push_back(violation.field);
  }
  return paths;
}

std::string Quoted(int length) {
  return absl::StrCat("'", std::string(length, 'x'), "'");
}

TEST(PersonalViolations, NamesEveryLimit) {
  const std::vector<Case> cases = {
      {"", {}},
      {"email: 'a@b.example' language_code: 'de'", {}},
      {absl::StrCat("display_name: ", Quoted(200)), {}},
      {absl::StrCat("display_name: ", Quoted(201)), {"personal.display_name"}},
      {absl::StrCat("email: '", std::string(252, 'x'), "@y'"), {}},
      {absl::StrCat("email: '", std::string(253, 'x'), "@y'"),
       {"personal.email"}},
      {"email: 'nobody'", {"personal.email"}},
      {"email: 'a b@c.example'", {"personal.email"}},
      {absl::StrCat("phone_number: ", Quoted(40)), {}},
      {absl::StrCat("phone_number: ", Quoted(41)), {"personal.phone_number"}},
      {absl::StrCat("note: ", Quoted(10'000)), {}},
      {absl::StrCat("note: ", Quoted(10'001)), {"personal.note"}},
      {"language_code: 'DE'", {"personal.language_code"}},
      {absl::StrCat("email: 'x' note: ", Quoted(10'001)),
       {"personal.email", "personal.note"}},
  };
  for (const Case& c : cases) {
    EXPECT_THAT(Paths(PersonalViolations(Parse<v1::PersonalPart>(c.text))),
                ElementsAreArray(c.paths))
        << c.text;
  }
}

TEST(PersonalViolations, NeverRepeatAValue) {
  const auto violations = PersonalViolations(
      Parse<v1::PersonalPart>("email: 'SECRET' language_code: 'SECRET'"));
  ASSERT_THAT(violations, Not(IsEmpty()));
  for (const server::Violation& violation : violations) {
    EXPECT_THAT(violation.description, Not(HasSubstr("SECRET")));
  }
}

TEST(ConsentViolations, NamesEveryRule) {
  const absl::Time now = absl::FromUnixSeconds(1'000);
  const std::string good =
      "purpose: CONSENT_PURPOSE_MATCHING network: 'networks/a' ";
  const std::vector<Case> cases = {
      {good, {}},
      {"purpose: CONSENT_PURPOSE_DIGEST network: 'networks/-'", {}},
      {"", {"purpose", "network"}},
      {"purpose: 9 network: 'networks/a'", {"purpose"}},
      {"purpose: CONSENT_PURPOSE_CONTACT network: 'a'", {"network"}},
      {"purpose: CONSENT_PURPOSE_CONTACT network: 'networks/A'", {"network"}},
      {good + "expire_time { seconds: 1001 }", {}},
      {good + "expire_time { seconds: 1000 }", {"expire_time"}},
      {good + "expire_time { seconds: 2000 nanos: -1 }", {"expire_time"}},
      {good + "text_version: " + Quoted(100), {}},
      {good + "text_version: " + Quoted(101), {"text_version"}},
  };
  for (const Case& c : cases) {
    EXPECT_THAT(Paths(ConsentViolations(Parse<v1::Consent>(c.text), now)),
                ElementsAreArray(c.paths))
        << c.text;
  }
}

}  // namespace
}  // namespace heimweg::profiles
