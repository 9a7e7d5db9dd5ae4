#include "services/matching/profile_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/matching/index.h"
#include "services/matching/profile_runs.h"
#include "services/matching/shard.h"
#include "services/matching/testing/feeding.h"
#include "services/matching/testing/reading.h"
#include "services/server/answer_bytes.h"
#include "services/server/errors.h"
#include "tests/support/status_matchers.h"

namespace heimweg::matching {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int64_t kRankedAt = 1'800'000'000;

std::string NumberedProfile(int id) { return absl::StrCat("profiles/p", id); }

// Those with an even number seek a job.
profiles::v1::Profile ProfileOf(int id) {
  profiles::v1::Profile profile;
  profile.set_name(NumberedProfile(id));
  profile.add_adults()->set_id("a");
  profile.mutable_adults(0)->set_seeks_job(id % 2 == 0);
  profile.mutable_adults(0)->add_skills(absl::StrCat("skill ", id % 7));
  return profile;
}

// 60 jobs; homes and contacts are empty but were read.
class ProfileRunTest : public ::testing::Test {
 protected:
  ProfileRunTest() {
    testing::FeedingJobs jobs(index_);
    for (int i = 0; i < 60; ++i) {
      jobs::v1::Job job;
      job.set_name(absl::StrCat("networks/a/jobs/", i));
      job.set_state(type::v1::OFFER_STATE_PUBLISHED);
      job.add_required_skills(absl::StrCat("skill ", i % 7));
      jobs.Put(job);
    }
    jobs.Apply();
    testing::FeedingHomes(index_).Apply();
    testing::FeedingContacts(index_).Apply();
  }

  void Store(const std::vector<profiles::v1::Profile>& profiles) {
    profiles::v1::WatchProfilesResponse response;
    for (const profiles::v1::Profile& profile : profiles) {
      *response.add_changes()->mutable_profile() = profile;
    }
    response.set_revision(++revision_);
    response.set_complete(true);
    index_.Apply(response);
  }
  void StoreNumbered(int count) {
    std::vector<profiles::v1::Profile> profiles;
    for (int i = 0; i < count; ++i) profiles.push_back(ProfileOf(i));
    Store(profiles);
  }

  v1::RankProfilesRequest JobsRequest() const {
    v1::RankProfilesRequest request;
    request.set_kind(type::v1::OFFER_KIND_JOB);
    request.set_limit(5);
    request.mutable_evaluation_time()->set_seconds(kRankedAt);
    return request;
  }

  static v1::RankProfilesResponse Parsed(const server::AnswerBytes& bytes) {
    v1::RankProfilesResponse message;
    EXPECT_TRUE(message.ParseFromString(absl::StrJoin(bytes.parts, "")));
    EXPECT_EQ(message.SerializeAsString(), absl::StrJoin(bytes.parts, ""));
    return message;
  }

  // All of a stream; what it ended with if that is not OK.
  absl::StatusOr<std::vector<v1::ProfileRanking>> All(
      const v1::RankProfilesRequest& request, int threads = 2) {
    server::Background background(threads);
    ProfileRuns runs(
        index_, [] { return absl::FromUnixSeconds(kRankedAt); }, background);
    std::vector<v1::ProfileRanking> all;
    const absl::Status end = testing::ReadAll<server::AnswerBytes>(
        [&](server::Wake wake) { return runs.Open(request, std::move(wake)); },
        [&](const server::AnswerBytes& bytes) {
          const v1::RankProfilesResponse message = Parsed(bytes);
          total_ = message.total_profiles();
          all.insert(all.end(), message.rankings().begin(),
                     message.rankings().end());
        });
    if (!end.ok()) return end;
    return all;
  }

  static std::vector<std::string> Names(
      const std::vector<v1::ProfileRanking>& rankings) {
    std::vector<std::string> names;
    for (const v1::ProfileRanking& one : rankings) {
      names.push_back(one.profile());
    }
    return names;
  }

  Index index_{IndexOptions{false, 64}};
  uint64_t revision_ = 0;
  int64_t total_ = -1;
};

TEST_F(ProfileRunTest, GivesWhatEachProfileWouldGetAloneByName) {
  StoreNumbered(500);

  const auto all = All(JobsRequest());

  ASSERT_THAT(all, IsOk());
  ASSERT_THAT(*all, SizeIs(500));
  EXPECT_EQ(total_, 500);
  EXPECT_TRUE(std::is_sorted(
      all->begin(), all->end(),
      [](const auto& a, const auto& b) { return a.profile() < b.profile(); }));
  const Snapshot snapshot = index_.snapshot();
  RankOptions options;
  options.limit = 5;
  for (const v1::ProfileRanking& one : *all) {
    Question question;
    question.kind = type::v1::OFFER_KIND_JOB;
    const auto wish =
        CompileWish(question, *snapshot.profiles->Find(one.profile()),
                    absl::FromUnixSeconds(kRankedAt));
    if (!wish.ok()) {
      EXPECT_EQ(one.outcome(), v1::PROFILE_OUTCOME_SEEKS_NO_JOB);
      continue;
    }
    EXPECT_EQ(one.outcome(), v1::PROFILE_OUTCOME_RANKED);
    EXPECT_EQ(one.ranking().SerializeAsString(),
              Rank(snapshot, *wish, options)->SerializeAsString());
  }
}

TEST_F(ProfileRunTest, TheBytesAreTheSameWhateverTheThreads) {
  StoreNumbered(700);
  std::vector<std::string> first;
  for (const int threads : {1, 2, 7}) {
    const auto all = All(JobsRequest(), threads);
    ASSERT_THAT(all, IsOk());
    std::vector<std::string> bytes;
    for (const v1::ProfileRanking& one : *all) {
      bytes.push_back(one.SerializeAsString());
    }
    if (first.empty()) first = bytes;
    EXPECT_EQ(bytes, first);
  }
}

TEST_F(ProfileRunTest, ShardsAreDisjointAndTheirUnionIsTheWhole) {
  StoreNumbered(300);
  const auto whole = All(JobsRequest());
  ASSERT_THAT(whole, IsOk());
  std::vector<std::string> united;
  for (int i = 1; i <= 3; ++i) {
    v1::RankProfilesRequest request = JobsRequest();
    request.set_shard_index(i);
    request.set_shard_count(3);
    const auto shard = All(request);
    ASSERT_THAT(shard, IsOk());
    EXPECT_GT(shard->size(), 60U);  // About a third each.
    for (const std::string& name : Names(*shard)) united.push_back(name);
  }
  std::sort(united.begin(), united.end());
  EXPECT_EQ(united, Names(*whole));
}

// `printf profiles/p1 | sha256sum` begins with 95e2e3c7b0086a0; modulo 1000
// that is 576.
TEST(ShardTest, IsTheSameForEver) {
  EXPECT_EQ(ShardOf("profiles/p1", 1), 1);
  EXPECT_EQ(ShardOf("profiles/p1", 1000), 577);
}

TEST_F(ProfileRunTest, GoesOnAfterAName) {
  StoreNumbered(40);
  v1::RankProfilesRequest request = JobsRequest();
  request.set_after_profile(NumberedProfile(7));

  const auto rest = All(request);

  ASSERT_THAT(rest, IsOk());
  EXPECT_THAT(Names(*rest),
              ElementsAre(NumberedProfile(8), NumberedProfile(9)));
  EXPECT_EQ(total_, 2);
  request.set_after_profile("profiles/z");
  EXPECT_THAT(All(request), heimweg::testing::IsOkAndHolds(IsEmpty()));
}

TEST_F(ProfileRunTest, ANetworkGetsThoseWhoLetItSeeThem) {
  std::vector<profiles::v1::Profile> profiles = {ProfileOf(0), ProfileOf(2),
                                                 ProfileOf(4)};
  const auto consent = [&](int i, int64_t expires) {
    profiles::v1::Consent& given = *profiles[i].add_consents();
    given.set_purpose(profiles::v1::CONSENT_PURPOSE_MATCHING);
    given.set_network("networks/a");
    given.mutable_expire_time()->set_seconds(expires);
  };
  consent(0, kRankedAt + 1000);
  consent(1, kRankedAt - 1000);  // Ended, also if a time before is evaluated.
  Store(profiles);
  v1::RankProfilesRequest request = JobsRequest();
  request.set_network("networks/a");
  request.mutable_evaluation_time()->set_seconds(kRankedAt - 2000);

  const auto all = All(request);

  ASSERT_THAT(all, IsOk());
  EXPECT_THAT(Names(*all), ElementsAre(NumberedProfile(0)));
}

TEST_F(ProfileRunTest, NamesEveryWrongField) {
  StoreNumbered(1);
  v1::RankProfilesRequest request;
  request.set_limit(1001);
  request.set_network("a");
  request.set_shard_index(3);
  request.set_shard_count(2);
  request.add_ags_prefixes("x");
  request.add_offer_networks("x");
  request.add_revisions()->set_store("clouds");

  const auto violations = server::ViolationsOf(All(request).status());

  for (const char* field :
       {"kind", "limit", "network", "shard_index", "ags_prefixes[0]",
        "offer_networks[0]", "revisions"}) {
    EXPECT_THAT(violations, Contains(Field(&server::Violation::field, field)));
  }
  EXPECT_THAT(violations, SizeIs(7));
}

TEST_F(ProfileRunTest, RanksAtTheRevisionsThatAreAskedForOnly) {
  StoreNumbered(4);
  v1::RankProfilesRequest request = JobsRequest();
  v1::StoreRevision& pinned = *request.add_revisions();
  pinned.set_store("profiles");

  pinned.set_revision(2);  // Not there yet.
  EXPECT_THAT(All(request), StatusIs(absl::StatusCode::kUnavailable));
  StoreNumbered(5);
  const auto all = All(request);
  ASSERT_THAT(all, IsOk());
  EXPECT_THAT(*all, SizeIs(5));
  StoreNumbered(6);
  EXPECT_THAT(All(request), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(ProfileRunTest, AnOpenStreamKeepsItsRevisionsForOthers) {
  StoreNumbered(4);
  server::Background background(1);
  ProfileRuns runs(
      index_, [] { return absl::FromUnixSeconds(kRankedAt); }, background);
  v1::RankProfilesRequest request = JobsRequest();
  request.add_revisions()->set_store("profiles");
  request.mutable_revisions(0)->set_revision(1);
  auto first = runs.Open(request, [] {});
  ASSERT_THAT(first, IsOk());
  StoreNumbered(6);

  auto second = runs.Open(request, [] {});
  EXPECT_THAT(second, IsOk());
  first->reset();
  EXPECT_THAT(runs.Open(request, [] {}), IsOk());
  second->reset();
  background.Stop();  // No task holds the old index any more.
  EXPECT_THAT(runs.Open(request, [] {}),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(ProfileRunTest, AStreamThatNobodyReadsRanksNoMoreThanItsWindow) {
  StoreNumbered(2'000);
  server::Background background(1);
  ProfileRuns runs(
      index_, [] { return absl::FromUnixSeconds(kRankedAt); }, background);
  auto stream = runs.Open(JobsRequest(), [] {});
  ASSERT_THAT(stream, IsOk());
  // Behind each of the run's tasks one of ours: more than it may have.
  for (int i = 0; i < 100; ++i) {
    std::promise<void> ran;
    background.Add(
        [&ran](const server::Background::GiveWay&) { ran.set_value(); });
    ran.get_future().wait();
  }
  server::AnswerBytes message;
  ASSERT_THAT((*stream)->Next(&message), IsOk());
  EXPECT_EQ(Parsed(message).rankings_size(), 32);
  stream->reset();
  background.Stop();
}

}  // namespace
}  // namespace heimweg::matching
