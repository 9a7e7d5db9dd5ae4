#include "services/profiles/profile_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/profiles/v1/profile_service.pb.h"
#include "services/offers/common_rules.h"
#include "services/profiles/testing/profile_world.h"
#include "services/server/errors.h"
#include "tests/support/status_matchers.h"

namespace heimweg::profiles {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

constexpr char kBookHousehold[] =
    "adults { id: 'a' seeks_job: true }"
    "anchors { id: 'home' place { postal_code: '04924'"
    " street_address: 'Hauptstr. 1' } }"
    "personal { display_name: 'Ada' email: 'ada@example.org' }";

auto IsViolationOf(const std::string& field) {
  return Field(&server::Violation::field, field);
}

TEST(ProfileBook, StoresAProfileAndReturnsItsCore) {
  ProfileWorld world;

  const auto created = world.Create("p1", kBookHousehold);

  ASSERT_THAT(created, IsOk());
  EXPECT_EQ(created->name(), "profiles/p1");
  EXPECT_EQ(created->creator(), "operator");
  EXPECT_EQ(offers::ToTime(created->create_time()), world.now());
  EXPECT_EQ(offers::ToTime(created->update_time()), world.now());
  EXPECT_FALSE(created->etag().empty());
  EXPECT_EQ(created->anchors(0).place().resolved().ags(), "12062024");
  EXPECT_FALSE(created->has_personal());
  EXPECT_EQ(created->anchors(0).place().street_address(), "");
}

TEST(ProfileBook, ReturnsThePersonalPartWithTheFullViewOnly) {
  ProfileWorld world;
  ASSERT_THAT(world.Create("p1", kBookHousehold), IsOk());

  const auto core = world.Get("profiles/p1", v1::PROFILE_VIEW_CORE);
  const auto usual = world.Get("profiles/p1");
  const auto full = world.Get("profiles/p1", v1::PROFILE_VIEW_FULL);

  ASSERT_THAT(core, IsOk());
  EXPECT_FALSE(core->has_personal());
  EXPECT_EQ(core->anchors(0).place().street_address(), "");
  EXPECT_EQ(usual->SerializeAsString(), core->SerializeAsString());
  ASSERT_THAT(full, IsOk());
  EXPECT_EQ(full->personal().email(), "ada@example.org");
  EXPECT_EQ(full->anchors(0).place().street_address(), "Hauptstr. 1");
  EXPECT_EQ(full->etag(), core->etag());
}

TEST(ProfileBook, ChoosesAnIdIfTheClientChoosesNone) {
  ProfileWorld world;
  const auto one = world.Create("", "");
  v1::CreateProfileRequest request;
  request.mutable_profile();
  const auto other = world.Create(request);
  ASSERT_THAT(one, IsOk());
  ASSERT_THAT(other, IsOk());
  EXPECT_THAT(one->name(), MatchesRegex("profiles/[a-z0-9-]+"));
  EXPECT_NE(one->name(), other->name());
}

TEST(ProfileBook, RefusesATakenId) {
  ProfileWorld world;
  ASSERT_THAT(world.Create("p1", kBookHousehold), IsOk());
  EXPECT_THAT(world.Create("p1", ""),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_EQ(world.Get("profiles/p1")->adults_size(), 1);
}

TEST(ProfileBook, NamesEverythingThatIsWrongWithANewProfile) {
  ProfileWorld world;
  v1::CreateProfileRequest request;
  request.set_profile_id("P!");
  request.set_request_id("again");
  *request.mutable_profile() = Parse<v1::Profile>(
      "adults { id: 'a' skills: '' }"
      "anchors { id: 'x' place { municipality: 'Hausen' } }"
      "consents { id: 'c' }"
      "personal { email: 'SECRET' }");

  const auto refused = world.Create(request);

  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument,
                                Not(HasSubstr("SECRET"))));
  EXPECT_THAT(
      server::ViolationsOf(refused.status()),
      ElementsAre(AllOf(IsViolationOf("profile.consents"),
                        Field(&server::Violation::description,
                              HasSubstr("GrantConsent"))),
                  IsViolationOf("profile.adults[0].skills[0]"),
                  IsViolationOf("profile.anchors[0].place.municipality"),
                  IsViolationOf("profile.personal.email"),
                  IsViolationOf("profile_id"), IsViolationOf("request_id")));
}

TEST(ProfileBook, RefusesARequestWithoutAProfile) {
  ProfileWorld world;
  EXPECT_THAT(
      server::ViolationsOf(world.Create(v1::CreateProfileRequest()).status()),
      ElementsAre(IsViolationOf("profile")));
}

TEST(ProfileBook, IgnoresWhatOnlyTheServiceSets) {
  ProfileWorld world;
  const auto created = world.Create(
      "p1",
      "name: 'profiles/other' etag: 'x' creator: 'me'"
      " create_time { seconds: 1 }"
      " adults { id: 'a' occupations { title: 'Tausendsassa' inferred: true } }"
      " anchors { id: 'x' place { ags: '12062024'"
      " resolved { ags: '09271122' } } }");
  ASSERT_THAT(created, IsOk());
  EXPECT_EQ(created->name(), "profiles/p1");
  EXPECT_EQ(created->creator(), "operator");
  EXPECT_EQ(offers::ToTime(created->create_time()), world.now());
  EXPECT_FALSE(created->adults(0).occupations(0).inferred());
  EXPECT_EQ(created->anchors(0).place().resolved().ags(), "12062024");
}

TEST(ProfileBook, KnowsNoProfileThatIsNotThere) {
  ProfileWorld world;
  EXPECT_THAT(world.Get("profiles/p1"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(world.Export("profiles/p1"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(world.Update("profile { name: 'profiles/p1' }"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(world.Erase("name: 'profiles/p1'"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(world.Grant("name: 'profiles/p1' consent {"
                          " purpose: CONSENT_PURPOSE_MATCHING"
                          " network: 'networks/a' }"),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST(ProfileBook, RefusesNamesOfOtherThings) {
  ProfileWorld world;
  for (const char* name : {"", "p1", "profiles/", "profiles/P", "profiles/-",
                           "profiles/a/matches/b"}) {
    EXPECT_THAT(world.Get(name), StatusIs(absl::StatusCode::kInvalidArgument))
        << name;
  }
}

TEST(ProfileBook, AnswersARepeatedCreateWithoutStoringTwice) {
  ProfileWorld world;
  v1::CreateProfileRequest request;
  request.set_request_id(RequestId(1));
  *request.mutable_profile() = Parse<v1::Profile>(kBookHousehold);

  const auto first = world.Create(request);
  const auto again = world.Create(request);

  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->name(), first->name());
  EXPECT_EQ(world.List("")->profiles_size(), 1);
}

TEST(ProfileBook, RefusesARequestIdWithAnotherBody) {
  ProfileWorld world;
  v1::CreateProfileRequest request;
  request.set_request_id(RequestId(1));
  *request.mutable_profile() = Parse<v1::Profile>(kBookHousehold);
  ASSERT_THAT(world.Create(request), IsOk());
  request.mutable_profile()->mutable_personal()->set_display_name("Bea");

  EXPECT_THAT(server::ViolationsOf(world.Create(request).status()),
              ElementsAre(IsViolationOf("request_id")));

  world.Advance(absl::Hours(25));
  EXPECT_THAT(world.Create(request), IsOk()) << "it was forgotten";
}

TEST(ProfileBook, ExportsEverythingThatIsHeld) {
  ProfileWorld world;
  ASSERT_THAT(world.Create("p1", kBookHousehold), IsOk());
  ASSERT_THAT(world.Grant("name: 'profiles/p1' consent {"
                          " purpose: CONSENT_PURPOSE_MATCHING"
                          " network: 'networks/a' }"),
              IsOk());
  world.Advance(absl::Hours(24 * 400));

  const auto exported = world.Export("profiles/p1");

  ASSERT_THAT(exported, IsOk());
  EXPECT_EQ(offers::ToTime(exported->export_time()), world.now());
  EXPECT_EQ(exported->profile().name(), "profiles/p1");
  EXPECT_EQ(exported->profile().personal().email(), "ada@example.org");
  EXPECT_EQ(exported->profile().anchors(0).place().street_address(),
            "Hauptstr. 1");
  EXPECT_EQ(exported->profile().consents_size(), 1) << "also what has ended";
}

TEST(ProfileBook, GrantsAndRevokesConsents) {
  ProfileWorld world;
  const auto created = world.Create("p1", kBookHousehold);
  const auto granted = world.Grant(
      "name: 'profiles/p1' consent { id: 'mine'"
      " purpose: CONSENT_PURPOSE_CONTACT network: 'networks/-'"
      " text_version: '2026-08' }");

  ASSERT_THAT(granted, IsOk());
  ASSERT_EQ(granted->consents_size(), 1);
  EXPECT_NE(granted->consents(0).id(), "mine");
  EXPECT_EQ(granted->consents(0).text_version(), "2026-08");
  EXPECT_EQ(offers::ToTime(granted->consents(0).grant_time()), world.now());
  EXPECT_NE(granted->etag(), created->etag());

  v1::RevokeConsentRequest revoke;
  revoke.set_name("profiles/p1");
  revoke.set_consent_id(granted->consents(0).id());
  const auto revoked = world.Revoke(revoke);
  ASSERT_THAT(revoked, IsOk());
  EXPECT_EQ(revoked->consents_size(), 0);
  EXPECT_THAT(world.Revoke(revoke), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(world.Get("profiles/p1", v1::PROFILE_VIEW_FULL)->personal().email(),
            "ada@example.org");
}

TEST(ProfileBook, AppliesARepeatedGrantAndRevocationOnce) {
  ProfileWorld world;
  ASSERT_THAT(world.Create("p1", kBookHousehold), IsOk());
  auto grant = Parse<v1::GrantConsentRequest>(
      "name: 'profiles/p1' consent { purpose: CONSENT_PURPOSE_MATCHING"
      " network: 'networks/a' }");
  grant.set_request_id(RequestId(1));
  ASSERT_THAT(world.Grant(grant), IsOk());
  const auto granted = world.Grant(grant);
  ASSERT_THAT(granted, IsOk());
  ASSERT_EQ(granted->consents_size(), 1);

  v1::RevokeConsentRequest revoke;
  revoke.set_name("profiles/p1");
  revoke.set_consent_id(granted->consents(0).id());
  revoke.set_request_id(RequestId(2));
  EXPECT_THAT(world.Revoke(revoke), IsOk());
  EXPECT_THAT(world.Revoke(revoke), IsOk());
}

TEST(ProfileBook, RefusesMoreThan200Consents) {
  ProfileWorld world;
  ASSERT_THAT(world.Create("p1", ""), IsOk());
  const std::string grant =
      "name: 'profiles/p1' consent { purpose: CONSENT_PURPOSE_MATCHING"
      " network: 'networks/a' }";
  for (int i = 0; i < 200; ++i) ASSERT_THAT(world.Grant(grant), IsOk());
  EXPECT_THAT(server::ViolationsOf(world.Grant(grant).status()),
              ElementsAre(IsViolationOf("consent")));
}

TEST(ProfileBook, NamesEverythingThatIsWrongWithAConsent) {
  ProfileWorld world;
  EXPECT_THAT(
      server::ViolationsOf(
          world.Grant("name: 'x' consent { network: 'a' }").status()),
      ElementsAre(IsViolationOf("name"), IsViolationOf("consent.purpose"),
                  IsViolationOf("consent.network")));
}

}  // namespace
}  // namespace heimweg::profiles
