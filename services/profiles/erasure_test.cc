// What erasing a profile leaves behind, and where its personal part lies
// before that. Only rows are looked at, not the files below them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile_service.pb.h"
#include "services/offers/common_rules.h"
#include "services/profiles/testing/profile_world.h"
#include "storage/keys.h"
#include "tests/support/status_matchers.h"

namespace heimweg::profiles {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr absl::string_view kMarker = "MARKER";
constexpr uint32_t kPersonalTable = 2;

constexpr char kErasedHousehold[] =
    "adults { id: 'a' skills: 'weben' }"
    "anchors { id: 'home' place { postal_code: '04924'"
    " street_address: 'MARKER 1' } }"
    "personal { display_name: 'MARKER' email: 'MARKER@example.org'"
    " phone_number: 'MARKER' note: 'MARKER' }";

// Keys of all rows whose key or value holds `text`.
std::vector<std::string> RowsWith(ProfileWorld& world, absl::string_view text) {
  std::vector<std::string> keys;
  auto reader = world.store().Read();
  EXPECT_THAT(reader, IsOk());
  EXPECT_THAT(
      (*reader)->Scan("\x01", "",
                      [&](absl::string_view key, absl::string_view value) {
                        if (absl::StrContains(key, text) ||
                            absl::StrContains(value, text)) {
                          keys.emplace_back(key);
                        }
                        return true;
                      }),
      IsOk());
  return keys;
}

// Creates, changes and reads a household in every way, with request ids.
void LiveALife(ProfileWorld& world) {
  v1::CreateProfileRequest create;
  create.set_profile_id("p1");
  create.set_request_id(RequestId(1));
  *create.mutable_profile() = Parse<v1::Profile>(kErasedHousehold);
  ASSERT_THAT(world.Create(create), IsOk());
  auto update = Parse<v1::UpdateProfileRequest>(
      "profile { name: 'profiles/p1' personal { note: 'MARKER 2' } }"
      " update_mask { paths: 'personal.note' }");
  update.set_request_id(RequestId(2));
  ASSERT_THAT(world.Update(update), IsOk());
  auto grant = Parse<v1::GrantConsentRequest>(
      "name: 'profiles/p1' consent { purpose: CONSENT_PURPOSE_CONTACT"
      " network: 'networks/x' }");
  grant.set_request_id(RequestId(3));
  ASSERT_THAT(world.Grant(grant), IsOk());
}

TEST(PersonalPart, LiesInItsOwnTableAndNowhereElse) {
  ProfileWorld world;
  LiveALife(world);
  const std::vector<std::string> rows = RowsWith(world, kMarker);
  EXPECT_THAT(rows, SizeIs(1));
  const storage::KeyRange personal = storage::TableRange(kPersonalTable);
  for (const std::string& key : rows) {
    EXPECT_GE(key, personal.begin);
    EXPECT_LT(key, personal.end);
    EXPECT_THAT(key, Not(HasSubstr(std::string(kMarker))));
  }
}

TEST(EraseProfile, LeavesNoRowWithAnythingOfTheHousehold) {
  ProfileWorld world;
  LiveALife(world);
  ASSERT_THAT(RowsWith(world, "weben"), SizeIs(1));

  ASSERT_THAT(world.Erase("name: 'profiles/p1'"), IsOk());

  EXPECT_THAT(RowsWith(world, kMarker), IsEmpty());
  EXPECT_THAT(RowsWith(world, "weben"), IsEmpty());
  EXPECT_THAT(RowsWith(world, "networks/x"), IsEmpty());
  EXPECT_THAT(world.Get("profiles/p1"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(world.List("")->profiles(), IsEmpty());
  EXPECT_THAT(world.List("consented_network: 'networks/x'")->profiles(),
              IsEmpty());
}

TEST(EraseProfile, GivesAReceiptThatSaysWhatAndNotWho) {
  ProfileWorld world;
  LiveALife(world);

  const auto receipt = world.Erase("name: 'profiles/p1'");

  ASSERT_THAT(receipt, IsOk());
  EXPECT_FALSE(receipt->receipt_id().empty());
  EXPECT_EQ(offers::ToTime(receipt->erase_time()), world.now());
  EXPECT_EQ(receipt->erased_records().at("profile"), 1);
  EXPECT_EQ(receipt->erased_records().at("personal_part"), 1);
  EXPECT_EQ(receipt->erased_records().at("consent"), 1);
  EXPECT_THAT(receipt->SerializeAsString(), Not(HasSubstr("p1")));
  auto reader = world.store().Read();
  EXPECT_GT(receipt->revision(), 0U);
  EXPECT_LE(receipt->revision(), (*reader)->revision());
}

TEST(EraseProfile, ReturnsTheSameReceiptToTheSameRequest) {
  ProfileWorld world;
  LiveALife(world);
  v1::EraseProfileRequest request;
  request.set_name("profiles/p1");
  request.set_request_id(RequestId(4));

  const auto first = world.Erase(request);
  world.Advance(absl::Hours(1));
  const auto again = world.Erase(request);

  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->receipt_id(), first->receipt_id());
  EXPECT_EQ(again->revision(), first->revision());
  EXPECT_EQ(again->erase_time().seconds(), first->erase_time().seconds());
  EXPECT_EQ(again->erased_records().at("consent"), 1);
  request.set_request_id(RequestId(5));
  EXPECT_THAT(world.Erase(request), StatusIs(absl::StatusCode::kNotFound));
}

TEST(EraseProfile, DoesNotBringBackWhatARepeatedRequestOnceStored) {
  ProfileWorld world;
  LiveALife(world);
  ASSERT_THAT(world.Erase("name: 'profiles/p1'"), IsOk());
  v1::CreateProfileRequest create;
  create.set_profile_id("p1");
  create.set_request_id(RequestId(1));
  *create.mutable_profile() = Parse<v1::Profile>(kErasedHousehold);
  EXPECT_THAT(world.Create(create), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(RowsWith(world, kMarker), IsEmpty());
}

TEST(EraseProfile, FreesTheIdForAnotherHousehold) {
  ProfileWorld world;
  LiveALife(world);
  ASSERT_THAT(world.Erase("name: 'profiles/p1'"), IsOk());
  const auto created = world.Create("p1", "pets: PET_CAT");
  ASSERT_THAT(created, IsOk());
  EXPECT_EQ(created->consents_size(), 0);
  EXPECT_FALSE(world.Get("profiles/p1", v1::PROFILE_VIEW_FULL)->has_personal());
}

TEST(Errors, NeverRepeatPersonalValues) {
  ProfileWorld world;
  LiveALife(world);
  const std::vector<absl::Status> errors = {
      world.Create("p1", kErasedHousehold).status(),
      world.Create("p2", "personal { email: 'MARKER' note: 'MARKER' }")
          .status(),
      world
          .Update("profile { name: 'profiles/p1' etag: 'old'"
                  " personal { note: 'MARKER' } }")
          .status(),
      world
          .Create("p3",
                  "anchors { id: 'a' place { municipality: 'MARKER'"
                  " street_address: 'MARKER' } }")
          .status()};
  std::vector<std::string> texts;
  for (const absl::Status& error : errors) {
    EXPECT_THAT(error, Not(IsOk()));
    texts.push_back(error.ToString());
  }
  EXPECT_THAT(texts, Each(Not(HasSubstr(std::string(kMarker)))));
}

}  // namespace
}  // namespace heimweg::profiles
