#include "services/profiles/profile_feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "heimweg/profiles/v1/profile_service.pb.h"
#include "services/profiles/testing/profile_world.h"
#include "services/server/source.h"
#include "storage/change_log.h"
#include "tests/support/status_matchers.h"

namespace heimweg::profiles {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::IsOkAndHolds;
using ::heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Not;

// What a receiver knows after the messages that it applied.
class Receiver {
 public:
  // Pulls until there is nothing more; false if the source failed.
  void PullAll(server::Source<v1::WatchProfilesResponse>& source) {
    while (PullOne(source)) {
    }
  }

  // False if there was nothing yet.
  bool PullOne(server::Source<v1::WatchProfilesResponse>& source) {
    v1::WatchProfilesResponse message;
    const auto pulled = source.Next(&message);
    EXPECT_THAT(pulled, IsOk());
    if (!pulled.ok() || *pulled != server::Pull::kMessage) return false;
    EXPECT_LE(message.changes_size(), 256);
    EXPECT_LE(message.ByteSizeLong(), 1U << 20);
    for (const v1::ProfileChange& change : message.changes()) {
      if (change.has_profile()) {
        profiles_[change.profile().name()] = change.profile();
      } else {
        profiles_.erase(change.deleted_name());
      }
    }
    messages_.push_back(message);
    return true;
  }

  const std::map<std::string, v1::Profile>& profiles() const {
    return profiles_;
  }
  const std::vector<v1::WatchProfilesResponse>& messages() const {
    return messages_;
  }
  const v1::WatchProfilesResponse& last() const { return messages_.back(); }

 private:
  std::map<std::string, v1::Profile> profiles_;
  std::vector<v1::WatchProfilesResponse> messages_;
};

// What WatchProfiles should have told of the present state.
std::map<std::string, v1::Profile> Stored(ProfileWorld& world) {
  std::map<std::string, v1::Profile> stored;
  auto page = world.List("page_size: 1000");
  EXPECT_THAT(page, IsOk());
  for (const v1::Profile& profile : page->profiles()) {
    stored[profile.name()] = profile;
  }
  return stored;
}

void ExpectSame(const std::map<std::string, v1::Profile>& a,
                const std::map<std::string, v1::Profile>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (const auto& [name, profile] : a) {
    ASSERT_TRUE(b.contains(name)) << name;
    EXPECT_EQ(profile.SerializeAsString(), b.at(name).SerializeAsString())
        << name;
  }
}

TEST(ProfileFeed, TellsOfAnEmptyStoreThatItIsComplete) {
  ProfileWorld world;
  auto feed = world.Watch("");
  Receiver receiver;
  receiver.PullAll(**feed);
  ASSERT_EQ(receiver.messages().size(), 1U);
  EXPECT_TRUE(receiver.last().complete());
  EXPECT_THAT(receiver.last().changes(), IsEmpty());
}

TEST(ProfileFeed, SendsTheSnapshotThenEveryChange) {
  ProfileWorld world;
  ASSERT_THAT(world.Create("a", "pets: PET_DOG"), IsOk());
  ASSERT_THAT(world.Create("b", ""), IsOk());
  auto feed = world.Watch("");
  Receiver receiver;
  receiver.PullAll(**feed);
  ExpectSame(receiver.profiles(), Stored(world));

  ASSERT_THAT(world.Grant("name: 'profiles/a' consent {"
                          " purpose: CONSENT_PURPOSE_MATCHING"
                          " network: 'networks/x' }"),
              IsOk());
  ASSERT_THAT(world.Erase("name: 'profiles/b'"), IsOk());
  ASSERT_THAT(world.Create("c", ""), IsOk());
  receiver.PullAll(**feed);

  ExpectSame(receiver.profiles(), Stored(world));
  EXPECT_EQ(receiver.profiles().at("profiles/a").consents_size(), 1);
  EXPECT_TRUE(receiver.last().complete());
  auto reader = world.store().Read();
  EXPECT_EQ(receiver.last().revision(), (*reader)->revision());
}

TEST(ProfileFeed, NeverSendsThePersonalPart) {
  ProfileWorld world;
  ASSERT_THAT(
      world.Create("a",
                   "anchors { id: 'x' place { postal_code: '04924'"
                   " street_address: 'MARKER 1' } }"
                   " personal { display_name: 'MARKER' email: 'MARKER@x'"
                   " phone_number: 'MARKER' note: 'MARKER' }"),
      IsOk());
  auto feed = world.Watch("");
  Receiver receiver;
  receiver.PullAll(**feed);
  ASSERT_THAT(world.Update("profile { name: 'profiles/a'"
                           " personal { note: 'MARKER 2' } }"),
              IsOk());
  receiver.PullAll(**feed);

  EXPECT_EQ(receiver.messages().size(), 2U);
  for (const v1::WatchProfilesResponse& message : receiver.messages()) {
    EXPECT_THAT(message.SerializeAsString(), Not(HasSubstr("MARKER")));
  }
}

TEST(ProfileFeed, ResumesBehindEveryToken) {
  ProfileWorld world;
  for (int i = 0; i < 600; ++i) {
    ASSERT_THAT(world.Create(absl::StrCat("p", 1'000 + i), ""), IsOk());
  }
  Receiver receiver;
  auto feed = world.Watch("");
  ASSERT_TRUE(receiver.PullOne(**feed));
  EXPECT_FALSE(receiver.last().complete());
  // What the receiver has, and what it has not yet, change behind its back.
  ASSERT_THAT(world.Erase("name: 'profiles/p1000'"), IsOk());
  ASSERT_THAT(world.Update("profile { name: 'profiles/p1001' pets: PET_CAT }"),
              IsOk());
  ASSERT_THAT(world.Erase("name: 'profiles/p1599'"), IsOk());
  ASSERT_THAT(world.Create("a", ""), IsOk());

  bool more = true;
  while (more) {
    feed = world.Watch(receiver.last().resume_token());
    ASSERT_THAT(feed, IsOk());
    more = receiver.PullOne(**feed) && !receiver.last().complete();
  }

  EXPECT_TRUE(receiver.last().complete());
  ExpectSame(receiver.profiles(), Stored(world));
}

TEST(ProfileFeed, KeepsItsMessagesBelowOneMebibyte) {
  ProfileWorld world;
  std::string skills;
  for (int i = 0; i < 100; ++i) {
    absl::StrAppend(&skills, " skills: '", std::string(100, 'x'), "'");
  }
  std::string adults;
  for (int i = 0; i < 10; ++i) {
    absl::StrAppend(&adults, " adults { id: 'a", i, "'", skills, " }");
  }
  for (int i = 0; i < 12; ++i) {
    ASSERT_THAT(world.Create(absl::StrCat("p", i), adults), IsOk());
  }
  auto feed = world.Watch("");
  Receiver receiver;
  receiver.PullAll(**feed);
  EXPECT_GT(receiver.messages().size(), 1U);
  ExpectSame(receiver.profiles(), Stored(world));
}

TEST(ProfileFeed, RefusesATokenOfBeforeTheLogBegins) {
  ProfileWorld world({.age = absl::Hours(1), .count = 5});
  ASSERT_THAT(world.Create("a", ""), IsOk());
  auto feed = world.Watch("");
  Receiver receiver;
  receiver.PullAll(**feed);
  for (int i = 0; i < 50; ++i) {
    ASSERT_THAT(world.Create(absl::StrCat("b", i), ""), IsOk());
  }
  auto late = world.Watch(receiver.last().resume_token());
  ASSERT_THAT(late, IsOk());
  v1::WatchProfilesResponse message;
  EXPECT_THAT((*late)->Next(&message), StatusIs(absl::StatusCode::kOutOfRange));
}

TEST(ProfileFeed, RefusesWhatIsNoToken) {
  ProfileWorld world;
  ProfileWorld other;
  auto feed = other.Watch("");
  Receiver receiver;
  receiver.PullAll(**feed);
  EXPECT_THAT(world.Watch("x"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(world.Watch(receiver.last().resume_token()),
              StatusIs(absl::StatusCode::kInvalidArgument))
      << "of another store";
}

TEST(ProfileFeed, WakesItsStreamAfterACommitAndNotAfterItsEnd) {
  ProfileWorld world;
  std::atomic<int> wakes = 0;
  auto feed = world.Watch("", [&wakes] { ++wakes; });
  ASSERT_THAT(feed, IsOk());
  ASSERT_THAT(world.Create("a", ""), IsOk());
  // The second commit begins after the first one's watchers ran.
  ASSERT_THAT(world.Create("b", ""), IsOk());
  EXPECT_GE(wakes, 1);
  feed->reset();
  const int before = wakes;
  ASSERT_THAT(world.Create("c", ""), IsOk());
  EXPECT_EQ(wakes, before);
}

TEST(ProfileFeed, KeepsUpWithConcurrentWriters) {
  ProfileWorld world;
  auto feed = world.Watch("");
  std::vector<std::thread> writers;
  std::atomic<int> running = 4;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([&world, &running, writer] {
      for (int i = 0; i < 50; ++i) {
        const std::string id = absl::StrCat("p", writer, "-", i % 10);
        // Whether the profile is there or not, one of the two succeeds.
        if (!world.Create(id, "personal { note: 'x' }").ok()) {
          EXPECT_THAT(world.Erase(absl::StrCat("name: 'profiles/", id, "'")),
                      IsOk());
        }
      }
      --running;
    });
  }
  Receiver receiver;
  while (running > 0) receiver.PullAll(**feed);
  for (std::thread& writer : writers) writer.join();
  receiver.PullAll(**feed);
  ExpectSame(receiver.profiles(), Stored(world));
}

}  // namespace
}  // namespace heimweg::profiles
