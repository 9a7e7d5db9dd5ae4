#include "services/matching/index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/matching/rank.h"
#include "services/matching/testing/feeding.h"
#include "services/matching/wish.h"
#include "tests/support/status_matchers.h"

namespace heimweg::matching {
namespace {

using ::heimweg::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::Eq;
using testing::FeedingJobs;
using ::testing::Gt;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

std::string JobName(int id) { return absl::StrCat("networks/a/jobs/", id); }

jobs::v1::Job AJob(int id, const char* skill = "baking") {
  jobs::v1::Job job;
  job.set_name(JobName(id));
  job.set_state(type::v1::OFFER_STATE_PUBLISHED);
  job.add_required_skills(skill);
  return job;
}

Wish AWish() {
  profiles::v1::Profile profile;
  profile.add_adults()->set_id("a");
  profile.mutable_adults(0)->set_seeks_job(true);
  profile.mutable_adults(0)->add_skills("Baking");
  Question question;
  question.kind = type::v1::OFFER_KIND_JOB;
  return *CompileWish(question, profile, absl::FromUnixSeconds(1'800'000'000));
}

std::vector<std::string> RankedNames(const Index& index) {
  RankOptions options;
  options.limit = 1'000;
  const auto response = Rank(index.snapshot(), AWish(), options);
  std::vector<std::string> names;
  for (const v1::Match& match : response->matches()) {
    names.push_back(match.offer());
  }
  return names;
}

TEST(IndexTest, AnIndexThatWasFedNothingRanksNothingAndIsNotReady) {
  const Index index;
  EXPECT_THAT(RankedNames(index), IsEmpty());
  EXPECT_FALSE(index.snapshot().ready());
}

TEST(IndexTest, ChangesShowWhenTheirCutIsComplete) {
  Index index;
  FeedingJobs feeding(index);
  feeding.Put(AJob(1));
  feeding.Apply(false);
  EXPECT_THAT(RankedNames(index), IsEmpty());
  EXPECT_EQ(index.snapshot().jobs->revision, std::nullopt);
  feeding.Put(AJob(2));
  feeding.Apply();
  EXPECT_THAT(RankedNames(index), ElementsAre(JobName(1), JobName(2)));
  EXPECT_THAT(index.snapshot().jobs->revision, Optional(Eq(1U)));
}

TEST(IndexTest, TheLastChangeOfAnOfferCounts) {
  Index index;
  FeedingJobs feeding(index);
  feeding.Put(AJob(1));
  feeding.Put(AJob(1, "welding"));
  feeding.Put(AJob(2));
  feeding.Delete(JobName(2));
  feeding.Delete(JobName(3));
  feeding.Put(AJob(3));
  feeding.Apply();
  // The one that asks for baking is the better match.
  EXPECT_THAT(RankedNames(index), ElementsAre(JobName(3), JobName(1)));
}

TEST(IndexTest, ASnapshotDoesNotChange) {
  Index index;
  FeedingJobs feeding(index);
  feeding.Put(AJob(1));
  feeding.Apply();
  const Snapshot before = index.snapshot();
  feeding.Delete(JobName(1));
  feeding.Put(AJob(2));
  feeding.Apply();
  EXPECT_TRUE(before.jobs->Find(JobName(1)).has_value());
  EXPECT_FALSE(before.jobs->Find(JobName(2)).has_value());
  EXPECT_FALSE(index.snapshot().jobs->Find(JobName(1)).has_value());
}

TEST(IndexTest, AfterARestartWhatDoesNotComeUpAgainIsGone) {
  Index index;
  FeedingJobs feeding(index);
  feeding.Put(AJob(1));
  feeding.Put(AJob(2));
  feeding.Apply();
  index.RestartJobs();
  feeding.Put(AJob(2));
  feeding.Apply(false);
  EXPECT_THAT(RankedNames(index), ElementsAre(JobName(1), JobName(2)));
  feeding.Put(AJob(3));
  feeding.Apply();
  EXPECT_THAT(RankedNames(index), ElementsAre(JobName(2), JobName(3)));
}

// Each segment has more than eight times the offers of all smaller ones.
void ExpectFewSegments(const ShelfView<JobColumns>& view) {
  constexpr uint32_t kRatio = 8;
  std::vector<uint32_t> live;
  for (const auto& segment : view.segments) live.push_back(segment.live);
  std::sort(live.begin(), live.end());
  uint32_t smaller = 0;
  for (const uint32_t offers : live) {
    EXPECT_GT(offers, kRatio * smaller);
    smaller += offers;
  }
}

TEST(IndexTest, MergesKeepFewSegmentsAndEveryOffer) {
  Index index(IndexOptions{false, 64});
  FeedingJobs feeding(index);
  constexpr int kJobs = 3'000;
  for (int i = 0; i < kJobs; ++i) {
    feeding.Put(AJob(i));
    feeding.Apply();
  }
  while (index.Merge()) {
  }
  const Snapshot snapshot = index.snapshot();
  ExpectFewSegments(*snapshot.jobs);
  EXPECT_EQ(snapshot.jobs->offers, kJobs);
  for (int i = 0; i < kJobs; ++i) {
    ASSERT_TRUE(snapshot.jobs->Find(JobName(i)).has_value()) << i;
  }
  EXPECT_EQ(snapshot.jobs->Memory().offers, kJobs);
}

TEST(IndexTest, WhatWasFilledAnewIsMergedToFewSegments) {
  Index index(IndexOptions{false, 64});
  FeedingJobs feeding(index);
  index.RestartJobs();
  constexpr int kJobs = 3'000;
  constexpr int kOfMessage = 50;
  for (int i = 0; i < kJobs; ++i) {
    feeding.Put(AJob(i));
    if (i % kOfMessage == 0) feeding.Apply(/*complete=*/false);
  }
  feeding.Apply();
  EXPECT_THAT(index.snapshot().jobs->segments, SizeIs(Gt(1)));
  while (index.Merge()) {
  }
  ExpectFewSegments(*index.snapshot().jobs);
  EXPECT_EQ(index.snapshot().jobs->offers, kJobs);
}

TEST(IndexTest, SegmentsWithoutLiveOffersAreFreed) {
  Index index(IndexOptions{false, 64});
  FeedingJobs feeding(index);
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 100; ++i) {
      if (round == 0) feeding.Put(AJob(i));
      if (round == 1) feeding.Delete(JobName(i));
    }
    feeding.Apply();
    while (index.Merge()) {
    }
  }
  EXPECT_THAT(index.snapshot().jobs->segments, IsEmpty());
}

TEST(IndexTest, ProfilesAreFoundWithoutTheirPersonalPart) {
  Index index;
  profiles::v1::WatchProfilesResponse response;
  profiles::v1::Profile& profile = *response.add_changes()->mutable_profile();
  profile.set_name("profiles/x");
  profile.mutable_personal()->set_email("x@example.org");
  response.set_complete(true);
  response.set_revision(7);
  index.Apply(response);
  const Snapshot snapshot = index.snapshot();
  const auto found = snapshot.profiles->Find("profiles/x");
  ASSERT_NE(found, nullptr);
  EXPECT_FALSE(found->has_personal());
  EXPECT_EQ(snapshot.profiles->Find("profiles/y"), nullptr);
  EXPECT_EQ(snapshot.profiles->size(), 1);
  index.RestartProfiles();
  response.clear_changes();
  index.Apply(response);
  EXPECT_EQ(index.snapshot().profiles->size(), 0);
}

TEST(IndexTest, AnIndexThatTakesOverKnowsWhatHouseholdsSaid) {
  const auto feed = [](const std::vector<std::string>& names, Index& index) {
    profiles::v1::WatchProfilesResponse response;
    for (const std::string& name : names) {
      response.add_changes()->mutable_profile()->set_name(name);
    }
    response.set_complete(true);
    response.set_revision(7);
    index.Apply(response);
  };
  Index old;
  feed({"profiles/x", "profiles/y"}, old);
  old.SetFeedback("profiles/x", {v1::Feedback()});
  old.SetFeedback("profiles/y", {v1::Feedback(), v1::Feedback()});
  Index fresh;
  fresh.StartWithFeedbackOf(old);
  feed({"profiles/x"}, fresh);  // The other one was erased meanwhile.
  fresh.DropStrayFeedback();
  feed({"profiles/y"}, fresh);
  const auto profiles = fresh.snapshot().profiles;
  EXPECT_EQ(profiles->FeedbackOf("profiles/x").size(), 1);
  EXPECT_EQ(profiles->FeedbackOf("profiles/y").size(), 0);
}

// For ThreadSanitizer, and for what every reader may rely on: the revision says
// how many offers there are.
TEST(IndexTest, ReadersSeeWholeCutsWhileWritersAndMergesWork) {
  Index index(IndexOptions{true, 32});
  constexpr int kCuts = 300;
  std::atomic<bool> done = false;
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      const Wish wish = AWish();
      RankOptions options;
      options.eligible = true;
      while (!done) {
        const auto response = Rank(index.snapshot(), wish, options);
        ASSERT_THAT(response, IsOk());
        ASSERT_EQ(response->eligible_offers(),
                  2 * response->revisions(0).revision());
      }
    });
  }
  FeedingJobs feeding(index);
  for (int i = 0; i < kCuts; ++i) {
    // Two more offers in each cut, one older one changed.
    feeding.Put(AJob(2 * i));
    feeding.Apply(false);
    feeding.Put(AJob(2 * i + 1));
    feeding.Put(AJob(i));
    feeding.Apply();
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(index.snapshot().jobs->offers, 2 * kCuts);
}

}  // namespace
}  // namespace heimweg::matching
