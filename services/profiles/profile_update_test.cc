// ProfileBook::Update.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
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

constexpr char kUpdatedHousehold[] =
    "adults { id: 'a' } pets: PET_DOG"
    " anchors { id: 'home' place { postal_code: '04924'"
    " street_address: 'Hauptstr. 1' } }"
    " weights { occupation: 9 distance: 1 }"
    " personal { display_name: 'Ada' email: 'ada@example.org' }";

v1::Profile Full(ProfileWorld& world) {
  auto profile = world.Get("profiles/p1", v1::PROFILE_VIEW_FULL);
  EXPECT_THAT(profile, IsOk());
  return *profile;
}

TEST(UpdateProfile, ChangesTheFieldsInTheMaskAndNoOthers) {
  ProfileWorld world;
  const auto created = world.Create("p1", kUpdatedHousehold);
  world.Advance(absl::Minutes(1));

  const auto updated = world.Update(
      "profile { name: 'profiles/p1' weights { occupation: 2 distance: 3 }"
      " personal { email: 'a@b.example' display_name: 'Eve' } }"
      " update_mask { paths: 'weights.distance' paths: 'personal.email'"
      " paths: 'pets' }");

  ASSERT_THAT(updated, IsOk());
  EXPECT_FALSE(updated->has_personal());
  EXPECT_NE(updated->etag(), created->etag());
  EXPECT_EQ(offers::ToTime(updated->update_time()), world.now());
  EXPECT_EQ(updated->create_time().seconds(), created->create_time().seconds());
  EXPECT_EQ(updated->weights().occupation(), 9);
  EXPECT_EQ(updated->weights().distance(), 3);
  EXPECT_EQ(updated->pets_size(), 0) << "named, and unset in the request";
  EXPECT_EQ(Full(world).personal().email(), "a@b.example");
  EXPECT_EQ(Full(world).personal().display_name(), "Ada");
  EXPECT_EQ(Full(world).anchors(0).place().street_address(), "Hauptstr. 1");
}

TEST(UpdateProfile, ChangesEveryFieldThatIsSetIfThereIsNoMask) {
  ProfileWorld world;
  ASSERT_THAT(world.Create("p1", kUpdatedHousehold), IsOk());
  ASSERT_THAT(world.Update("profile { name: 'profiles/p1' pets: PET_CAT }"),
              IsOk());
  EXPECT_THAT(Full(world).pets(), ElementsAre(v1::PET_CAT));
  EXPECT_EQ(Full(world).adults_size(), 1);
  EXPECT_EQ(Full(world).personal().display_name(), "Ada");
}

TEST(UpdateProfile, ReplacesAllWithAStar) {
  ProfileWorld world;
  ASSERT_THAT(world.Create("p1", kUpdatedHousehold), IsOk());
  ASSERT_THAT(world.Grant("name: 'profiles/p1' consent {"
                          " purpose: CONSENT_PURPOSE_MATCHING"
                          " network: 'networks/a' }"),
              IsOk());
  ASSERT_THAT(world.Update("profile { name: 'profiles/p1' pets: PET_CAT }"
                           " update_mask { paths: '*' }"),
              IsOk());
  EXPECT_EQ(Full(world).adults_size(), 0);
  EXPECT_FALSE(Full(world).has_personal());
  EXPECT_EQ(Full(world).creator(), "operator");
  EXPECT_EQ(Full(world).consents_size(), 1);
}

TEST(UpdateProfile, TakesBackWhatWasReadConsentsIncluded) {
  ProfileWorld world;
  ASSERT_THAT(world.Create("p1", kUpdatedHousehold), IsOk());
  ASSERT_THAT(world.Grant("name: 'profiles/p1' consent {"
                          " purpose: CONSENT_PURPOSE_MATCHING"
                          " network: 'networks/a' }"),
              IsOk());
  v1::UpdateProfileRequest request;
  *request.mutable_profile() = Full(world);
  EXPECT_THAT(world.Update(request), IsOk());
}

TEST(UpdateProfile, RefusesToSetConsents) {
  ProfileWorld world;
  ASSERT_THAT(world.Create("p1", kUpdatedHousehold), IsOk());
  const std::string profile =
      "profile { name: 'profiles/p1' consents { id: 'c'"
      " purpose: CONSENT_PURPOSE_MATCHING network: 'networks/a' } }";
  const auto hint =
      AllOf(Field(&server::Violation::field, "profile.consents"),
            Field(&server::Violation::description, HasSubstr("GrantConsent")));
  EXPECT_THAT(server::ViolationsOf(world.Update(profile).status()),
              ElementsAre(hint));
  EXPECT_THAT(
      server::ViolationsOf(
          world.Update(profile + " update_mask { paths: 'consents' }")
              .status()),
      ElementsAre(Field(&server::Violation::field, "update_mask"), hint));
  EXPECT_EQ(Full(world).consents_size(), 0);
}

TEST(UpdateProfile, RefusesMasksOfUnknownAndOutputOnlyFields) {
  ProfileWorld world;
  ASSERT_THAT(world.Create("p1", kUpdatedHousehold), IsOk());
  for (const char* path :
       {"nothing", "name", "etag", "create_time", "update_time", "creator",
        "consents", "adults.skills", "personal.nothing"}) {
    EXPECT_THAT(world.Update(absl::StrCat("profile { name: 'profiles/p1' }"
                                          " update_mask { paths: '",
                                          path, "' }")),
                StatusIs(absl::StatusCode::kInvalidArgument))
        << path;
  }
}

TEST(UpdateProfile, NamesEverythingThatWouldBeWrongAfterwards) {
  ProfileWorld world;
  ASSERT_THAT(world.Create("p1", kUpdatedHousehold), IsOk());
  const auto refused = world.Update(
      "profile { name: 'profiles/p1' weights { distance: 11 }"
      " anchors { id: 'x' place { postal_code: '00000' } }"
      " personal { email: 'SECRET' } }");
  EXPECT_THAT(
      server::ViolationsOf(refused.status()),
      ElementsAre(Field(&server::Violation::field, "profile.weights.distance"),
                  Field(&server::Violation::field,
                        "profile.anchors[0].place.postal_code"),
                  Field(&server::Violation::field, "profile.personal.email")));
  EXPECT_EQ(Full(world).weights().distance(), 1);
}

TEST(UpdateProfile, ForgetsThePersonalPartWhenItIsTakenAway) {
  ProfileWorld world;
  ASSERT_THAT(world.Create("p1", kUpdatedHousehold), IsOk());
  ASSERT_THAT(world.Update("profile { name: 'profiles/p1' }"
                           " update_mask { paths: 'personal'"
                           " paths: 'anchors' }"),
              IsOk());
  EXPECT_FALSE(Full(world).has_personal());
  const auto receipt = world.Erase("name: 'profiles/p1'");
  ASSERT_THAT(receipt, IsOk());
  EXPECT_EQ(receipt->erased_records().at("personal_part"), 0);
}

TEST(UpdateProfile, RefusesAStaleEtag) {
  ProfileWorld world;
  const auto created = world.Create("p1", kUpdatedHousehold);
  v1::UpdateProfileRequest request;
  *request.mutable_profile() = *created;
  request.mutable_profile()->clear_anchors();
  request.mutable_profile()->mutable_personal()->set_note("first");
  ASSERT_THAT(world.Update(request), IsOk());
  request.mutable_profile()->mutable_personal()->set_note("second");
  EXPECT_THAT(world.Update(request), StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ(Full(world).personal().note(), "first");
}

TEST(UpdateProfile, LetsOneOfManyWithTheSameEtagWin) {
  ProfileWorld world;
  const auto created = world.Create("p1", kUpdatedHousehold);
  ASSERT_THAT(created, IsOk());
  std::vector<absl::StatusCode> codes(8, absl::StatusCode::kUnknown);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < codes.size(); ++i) {
    threads.emplace_back([&, i] {
      v1::UpdateProfileRequest request;
      request.mutable_profile()->set_name("profiles/p1");
      request.mutable_profile()->set_etag(created->etag());
      request.mutable_profile()->mutable_personal()->set_note(absl::StrCat(i));
      codes[i] = world.Update(request).status().code();
    });
  }
  for (std::thread& thread : threads) thread.join();

  EXPECT_EQ(std::count(codes.begin(), codes.end(), absl::StatusCode::kOk), 1);
  EXPECT_EQ(std::count(codes.begin(), codes.end(), absl::StatusCode::kAborted),
            7);
}

TEST(UpdateProfile, AppliesARepeatedRequestOnce) {
  ProfileWorld world;
  const auto created = world.Create("p1", kUpdatedHousehold);
  v1::UpdateProfileRequest request;
  request.set_request_id(RequestId(1));
  request.mutable_profile()->set_name("profiles/p1");
  request.mutable_profile()->set_etag(created->etag());
  request.mutable_profile()->add_pets(v1::PET_CAT);

  const auto first = world.Update(request);
  const auto again = world.Update(request);

  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(again, IsOk()) << "although its etag is stale by now";
  EXPECT_EQ(again->etag(), first->etag());
}

}  // namespace
}  // namespace heimweg::profiles
