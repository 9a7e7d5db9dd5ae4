// Profiles as texts, for tests of what a profile has to obey.
#ifndef HEIMWEG_SERVICES_HOUSEHOLDS_TESTING_PROFILE_TEXT_H_
#define HEIMWEG_SERVICES_HOUSEHOLDS_TESTING_PROFILE_TEXT_H_

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/households/violations.h"
#include "services/server/errors.h"

namespace heimweg::households::testing {

inline absl::Time Now() {
  return absl::FromCivil(absl::CivilDay(2026, 8, 1), absl::UTCTimeZone());
}

inline profiles::v1::Profile ParseProfile(const std::string& text) {
  profiles::v1::Profile profile;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &profile))
      << text;
  return profile;
}

inline std::vector<std::string> Paths(const profiles::v1::Profile& profile) {
  std::vector<std::string> paths;
  for (const server::Violation& violation : Violations(profile, Now())) {
    paths.push_back(violation.field);
  }
  return paths;
}

inline std::string Repeat(int count, absl::string_view text) {
  std::string all;
  for (int i = 0; i < count; ++i) absl::StrAppend(&all, text, " ");
  return all;
}

// `count` of what `text` describes, `$` standing for a number of its own.
inline std::string Numbered(int count, absl::string_view text) {
  std::string all;
  for (int i = 0; i < count; ++i) {
    for (const char c : text) {
      if (c == '$') {
        absl::StrAppend(&all, i);
      } else {
        all.push_back(c);
      }
    }
    all.push_back(' ');
  }
  return all;
}

inline std::string Quoted(int length) {
  return absl::StrCat("'", std::string(length, 'x'), "'");
}

// Text of a profile, and the paths of what is wrong with it.
struct Case {
  std::string profile;
  std::vector<std::string> paths;
};

inline void ExpectPaths(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    EXPECT_THAT(Paths(ParseProfile(c.profile)),
                ::testing::ElementsAreArray(c.paths))
        << c.profile;
  }
}

inline std::string Adult(absl::string_view fields) {
  return absl::StrCat("adults { id: 'a' ", fields, " }");
}

inline std::string Anchor(absl::string_view fields) {
  return absl::StrCat("anchors { id: 'a' place { postal_code: '04910' } ",
                      fields, " }");
}

}  // namespace heimweg::households::testing

#endif  // HEIMWEG_SERVICES_HOUSEHOLDS_TESTING_PROFILE_TEXT_H_
