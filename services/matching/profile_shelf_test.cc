#include "services/matching/profile_shelf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heimweg::matching {
namespace {

using ::testing::IsNull;
using ::testing::NotNull;

profiles::v1::WatchProfilesResponse Message(uint64_t revision, bool complete) {
  profiles::v1::WatchProfilesResponse message;
  message.set_revision(revision);
  message.set_complete(complete);
  return message;
}

void AddProfile(profiles::v1::WatchProfilesResponse& message,
                const std::string& name) {
  message.add_changes()->mutable_profile()->set_name(name);
}

TEST(ProfileShelf, ShowsASnapshotOnlyWhenItIsComplete) {
  ProfileShelf shelf;
  auto first = Message(0, false);
  AddProfile(first, "profiles/a");
  shelf.Apply(first, true);
  EXPECT_FALSE(shelf.ready());
  EXPECT_THAT(shelf.Find("profiles/a").profile, IsNull());

  auto last = Message(7, true);
  AddProfile(last, "profiles/b");
  shelf.Apply(last, false);
  EXPECT_TRUE(shelf.ready());
  EXPECT_THAT(shelf.Find("profiles/a").profile, NotNull());
  EXPECT_EQ(shelf.Find("profiles/b").revision, 7u);
  EXPECT_EQ(shelf.size(), 2);
}

TEST(ProfileShelf, DropsWhatANewSnapshotDoesNotHold) {
  ProfileShelf shelf;
  auto old = Message(3, true);
  AddProfile(old, "profiles/erased");
  shelf.Apply(old, true);

  auto fresh = Message(9, true);
  AddProfile(fresh, "profiles/kept");
  shelf.Apply(fresh, true);
  EXPECT_THAT(shelf.Find("profiles/erased").profile, IsNull());
  EXPECT_THAT(shelf.Find("profiles/kept").profile, NotNull());
}

TEST(ProfileShelf, ForgetsAnErasedProfile) {
  ProfileShelf shelf;
  auto first = Message(1, true);
  AddProfile(first, "profiles/a");
  shelf.Apply(first, true);

  auto erased = Message(2, true);
  erased.add_changes()->set_deleted_name("profiles/a");
  shelf.Apply(erased, false);
  EXPECT_THAT(shelf.Find("profiles/a").profile, IsNull());
  EXPECT_EQ(shelf.revision(), 2u);
}

}  // namespace
}  // namespace heimweg::matching
