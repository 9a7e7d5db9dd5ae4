// ProfileBook::List.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/profiles/v1/profile_service.pb.h"
#include "services/profiles/testing/profile_world.h"
#include "tests/support/status_matchers.h"

namespace heimweg::profiles {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

void Grant(ProfileWorld& world, const std::string& id,
           const std::string& network, const std::string& more = "") {
  ASSERT_THAT(
      world.Grant(absl::StrCat("name: 'profiles/", id,
                               "' consent { purpose: CONSENT_PURPOSE_MATCHING"
                               " network: '",
                               network, "' ", more, " }")),
      IsOk());
}

std::vector<std::string> Names(const v1::ListProfilesResponse& response) {
  std::vector<std::string> names;
  for (const v1::Profile& profile : response.profiles()) {
    names.push_back(profile.name());
  }
  return names;
}

std::vector<std::string> SeenBy(ProfileWorld& world,
                                const std::string& network) {
  const auto page =
      world.List(absl::StrCat("consented_network: '", network, "'"));
  EXPECT_THAT(page, IsOk());
  return Names(*page);
}

TEST(ListProfiles, GivesAllInTheOrderOfTheirNamesAPageAtATime) {
  ProfileWorld world;
  for (const char* id : {"c", "a", "e", "b", "d"}) {
    ASSERT_THAT(world.Create(id, ""), IsOk());
  }
  const auto first = world.List("page_size: 2");
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(Names(*first), ElementsAre("profiles/a", "profiles/b"));
  const auto second = world.List(absl::StrCat("page_size: 3 page_token: '",
                                              first->next_page_token(), "'"));
  ASSERT_THAT(second, IsOk());
  EXPECT_THAT(Names(*second),
              ElementsAre("profiles/c", "profiles/d", "profiles/e"));
  EXPECT_EQ(second->next_page_token(), "");
}

TEST(ListProfiles, GivesThePersonalPartWithTheFullViewOnly) {
  ProfileWorld world;
  ASSERT_THAT(world.Create("a", "personal { note: 'x' }"), IsOk());
  ASSERT_THAT(world.Create("b", ""), IsOk());
  EXPECT_FALSE(world.List("")->profiles(0).has_personal());
  const auto full = world.List("view: PROFILE_VIEW_FULL");
  ASSERT_THAT(full, IsOk());
  EXPECT_EQ(full->profiles(0).personal().note(), "x");
  EXPECT_FALSE(full->profiles(1).has_personal());
}

TEST(ListProfiles, GivesOnlyThoseThatConsentedToTheNetwork) {
  ProfileWorld world;
  for (const char* id : {"a", "b", "c", "d"}) {
    ASSERT_THAT(world.Create(id, ""), IsOk());
  }
  Grant(world, "a", "networks/x");
  Grant(world, "b", "networks/-");
  Grant(world, "c", "networks/y");
  Grant(world, "b", "networks/x");
  EXPECT_THAT(SeenBy(world, "networks/x"),
              ElementsAre("profiles/a", "profiles/b"));
  EXPECT_THAT(SeenBy(world, "networks/y"),
              ElementsAre("profiles/b", "profiles/c"));
  EXPECT_THAT(SeenBy(world, "networks/z"), ElementsAre("profiles/b"));
}

TEST(ListProfiles, ForgetsConsentsThatHaveEndedOrWereRevoked) {
  ProfileWorld world;
  ASSERT_THAT(world.Create("a", ""), IsOk());
  ASSERT_THAT(world.Create("b", ""), IsOk());
  Grant(world, "a", "networks/x");
  const auto profile = world.Get("profiles/a");
  Grant(world, "b", "networks/x");
  v1::RevokeConsentRequest revoke;
  revoke.set_name("profiles/a");
  revoke.set_consent_id(profile->consents(0).id());
  ASSERT_THAT(world.Revoke(revoke), IsOk());
  EXPECT_THAT(SeenBy(world, "networks/x"), ElementsAre("profiles/b"));
  world.Advance(absl::Hours(24 * 366));
  EXPECT_THAT(SeenBy(world, "networks/x"), IsEmpty());
}

TEST(ListProfiles, ShowsAProfileWithoutConsentsToItsCreatorsNetwork) {
  ProfileWorld world;
  world.call().caller.network = "x";
  ASSERT_THAT(world.Create("a", ""), IsOk());
  EXPECT_THAT(SeenBy(world, "networks/x"), ElementsAre("profiles/a"));
  EXPECT_THAT(SeenBy(world, "networks/y"), IsEmpty());
  Grant(world, "a", "networks/y");
  EXPECT_THAT(SeenBy(world, "networks/x"), IsEmpty());
  EXPECT_THAT(SeenBy(world, "networks/y"), ElementsAre("profiles/a"));
}

TEST(ListProfiles, FindsEveryConsentedProfileAmongMany) {
  ProfileWorld world;
  std::vector<std::string> expected;
  for (int i = 0; i < 600; ++i) {
    const std::string id = absl::StrCat("p", 1'000 + i);
    ASSERT_THAT(world.Create(id, ""), IsOk());
    if (i % 7 == 0) continue;
    Grant(world, id, i < 300 && i % 2 == 0 ? "networks/-" : "networks/x");
    expected.push_back(absl::StrCat("profiles/", id));
  }
  std::vector<std::string> found;
  std::string token;
  do {
    const auto page = world.List(absl::StrCat(
        "page_size: 70 consented_network: 'networks/x' page_token: '", token,
        "'"));
    ASSERT_THAT(page, IsOk());
    for (const std::string& name : Names(*page)) found.push_back(name);
    token = page->next_page_token();
  } while (!token.empty());
  EXPECT_EQ(found, expected);
}

TEST(ListProfiles, RefusesWhatItCannotAnswer) {
  ProfileWorld world;
  ASSERT_THAT(world.Create("a", ""), IsOk());
  ASSERT_THAT(world.Create("b", ""), IsOk());
  const auto page = world.List("page_size: 1");
  for (const std::string& request :
       {std::string("page_size: -1"), std::string("view: 7"),
        std::string("consented_network: 'x'"),
        std::string("consented_network: 'networks/-'"),
        std::string("page_token: 'x'"),
        absl::StrCat("view: PROFILE_VIEW_FULL page_token: '",
                     page->next_page_token(), "'")}) {
    EXPECT_THAT(world.List(request),
                StatusIs(absl::StatusCode::kInvalidArgument))
        << request;
  }
}

}  // namespace
}  // namespace heimweg::profiles
