// What is stored for standing wishes, with a real store and a real index.
#include "services/matching/standing/standing_matcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/matching/index.h"
#include "services/matching/standing/match_act.h"
#include "services/matching/testing/feeding.h"
#include "storage/test_store.h"
#include "tests/support/status_matchers.h"

namespace heimweg::matching {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using profiles::v1::Profile;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kJob[] = "networks/n/jobs/j";

class StandingMatcherTest : public ::testing::Test {
 protected:
  StandingMatcherTest() {
    // Every store has been read once.
    feeding_.Apply();
    testing::FeedingHomes(index_).Apply();
    testing::FeedingContacts(index_).Apply();
    ApplyProfiles();
  }

  absl::Time now() { return store_.clock().AsFunction()(); }

  // A nurse who looks near one place and consented to all networks.
  Profile AProfile(const std::string& id) {
    Profile profile;
    profile.set_name("profiles/" + id);
    profile.set_etag("1");
    profile.set_creator("app");
    auto& adult = *profile.add_adults();
    adult.set_id("a");
    adult.set_seeks_job(true);
    adult.add_occupations()->set_kldb_code("81302");
    adult.add_skills("wundpflege");
    auto& consent = *profile.add_consents();
    consent.set_purpose(profiles::v1::CONSENT_PURPOSE_MATCHING);
    consent.set_network("networks/-");
    *consent.mutable_expire_time() = TimestampOf(now() + absl::Hours(24 * 900));
    profile.mutable_notifications()->set_enabled(true);
    profile.mutable_notifications()->set_threshold_millionths(500'000);
    return profile;
  }

  void Put(const Profile& profile) {
    *change_.add_changes()->mutable_profile() = profile;
    ApplyProfiles();
    ASSERT_THAT(
        matcher_.ProfileChanged(index_.snapshot(), profile.name(), now()),
        IsOk());
  }
  void ApplyProfiles() {
    change_.set_complete(true);
    change_.set_revision(++profile_revision_);
    index_.Apply(change_);
    change_.Clear();
  }

  jobs::v1::Job AJob(const std::string& name = kJob,
                     const std::string& kldb = "81302") {
    jobs::v1::Job job;
    job.set_name(name);
    job.set_etag("1");
    job.set_state(type::v1::OFFER_STATE_PUBLISHED);
    job.set_title("Pflegefachkraft");
    *job.mutable_create_time() = TimestampOf(now());
    *job.mutable_update_time() = TimestampOf(now());
    job.add_occupations()->set_kldb_code(kldb);
    if (kldb[0] == '8') job.add_required_skills("wundpflege");
    return job;
  }

  void Put(const jobs::v1::Job& job) {
    feeding_.Put(job);
    feeding_.Apply();
    ASSERT_THAT(
        matcher_.OffersChanged(index_.snapshot(), {FactsOf(job)}, now()),
        IsOk());
  }

  void RunDue() {
    ASSERT_THAT(matcher_.DoWhatIsDue(index_.snapshot(), now()), IsOk());
  }

  std::vector<v1::StoredMatch> Matches() {
    std::vector<v1::StoredMatch> matches;
    const auto rows = records_.matches.Scan(**store_->Read(), {});
    EXPECT_THAT(rows, IsOk());
    for (const auto& row : *rows) matches.push_back(MatchOfRow(row));
    return matches;
  }
  v1::StoredMatch OneMatch() {
    const auto matches = Matches();
    EXPECT_THAT(matches, SizeIs(1));
    return matches.empty() ? v1::StoredMatch() : matches[0];
  }

  absl::Status Act(const v1::StoredMatch& match, v1::MatchAction action) {
    v1::ActOnMatchRequest request;
    request.set_name(match.name());
    request.set_action(action);
    EXPECT_THAT(ActViolations(request), IsEmpty());
    return store_->CommitAndWait([&](storage::Transaction& txn) {
      return ApplyAct(records_, *KeyOfName(match.name(), "matches"), request,
                      txn);
    });
  }

  storage::TestStore store_;
  Index index_{IndexOptions{false, 8}};
  testing::FeedingJobs feeding_{index_};
  profiles::v1::WatchProfilesResponse change_;
  uint64_t profile_revision_ = 0;
  const MatchRecords records_;
  StandingMatcher matcher_{*store_};
};

TEST_F(StandingMatcherTest, ANewOfferIsStoredForTheWishThatItFits) {
  Put(AProfile("p"));
  Put(AJob());
  const v1::StoredMatch match = OneMatch();
  EXPECT_EQ(match.match().offer(), kJob);
  EXPECT_EQ(match.match().adult(), "a");
  EXPECT_EQ(match.creator(), "app");
  EXPECT_EQ(match.state(), v1::MATCH_STATE_NEW);
  EXPECT_EQ(match.standing(), v1::MATCH_STANDING_FITS);
  EXPECT_TRUE(match.released());
  EXPECT_GE(match.score_millionths(), 500'000);
  EXPECT_THAT(match.match().reasons(), Not(IsEmpty()));
}

TEST_F(StandingMatcherTest, AnOfferBelowTheThresholdIsNotStored) {
  Put(AProfile("p"));
  Put(AJob(kJob, "43412"));
  EXPECT_THAT(Matches(), IsEmpty());
}

TEST_F(StandingMatcherTest, NothingIsStoredWithoutConsentOrIfSwitchedOff) {
  Profile alone = AProfile("alone");
  alone.mutable_consents(0)->set_network("networks/other");
  Put(alone);
  Profile ended = AProfile("ended");
  *ended.mutable_consents(0)->mutable_expire_time() = TimestampOf(now());
  Put(ended);
  Profile silent = AProfile("silent");
  silent.mutable_notifications()->set_enabled(false);
  Put(silent);
  Put(AJob());
  EXPECT_THAT(Matches(), IsEmpty());
}

TEST_F(StandingMatcherTest, ARepetitionChangesNothing) {
  Put(AProfile("p"));
  Put(AJob());
  const v1::StoredMatch before = OneMatch();
  store_.clock().Advance(absl::Minutes(5));
  ASSERT_THAT(
      matcher_.OffersChanged(index_.snapshot(), {FactsOf(AJob())}, now()),
      IsOk());
  ASSERT_THAT(matcher_.ProfileChanged(index_.snapshot(), "profiles/p", now()),
              IsOk());
  EXPECT_EQ(OneMatch().SerializeAsString(), before.SerializeAsString());
}

// More than one change of the store takes, some of them looking for a job that
// is like it only.
TEST_F(StandingMatcherTest, OfManyWishesThoseThatFitBestAreStoredFirst) {
  constexpr int kWishes = 100;
  for (int i = 0; i < kWishes; ++i) {
    Profile profile = AProfile(absl::StrCat("p", i));
    if (i % 3 != 0) {
      profile.mutable_adults(0)->mutable_occupations(0)->set_kldb_code("81312");
    }
    Put(profile);
  }
  Put(AJob());
  std::vector<v1::StoredMatch> matches = Matches();
  ASSERT_THAT(matches, SizeIs(kWishes));
  std::sort(matches.begin(), matches.end(),
            [](const v1::StoredMatch& a, const v1::StoredMatch& b) {
              return a.revision() < b.revision();
            });
  for (size_t i = 1; i < matches.size(); ++i) {
    EXPECT_LE(matches[i].score_millionths(), matches[i - 1].score_millionths());
  }
}

TEST_F(StandingMatcherTest, WhoIsToldNowIsStoredBeforeWhoIsToldLater) {
  for (int i = 0; i < 50; ++i) {
    Profile best = AProfile(absl::StrCat("best", i));
    best.mutable_notifications()->set_daily_budget(1);
    Put(best);
    Profile near = AProfile(absl::StrCat("near", i));
    near.mutable_adults(0)->mutable_occupations(0)->set_kldb_code("81312");
    Put(near);
  }
  Put(AJob("networks/n/jobs/j1"));  // From now on the best are told no more.
  Put(AJob("networks/n/jobs/j2"));
  uint64_t last_told = 0;
  uint64_t first_held_back = UINT64_MAX;
  for (const v1::StoredMatch& match : Matches()) {
    if (match.match().offer() != "networks/n/jobs/j2") continue;
    EXPECT_EQ(match.released(), match.name().find("near") != std::string::npos);
    if (match.released()) {
      last_told = std::max<uint64_t>(last_told, match.revision());
    } else {
      first_held_back = std::min<uint64_t>(first_held_back, match.revision());
    }
  }
  EXPECT_GT(last_told, 0);
  EXPECT_LT(last_told, first_held_back);
}

// As after a crash between two changes of the store: the feeds begin before
// what was stored.
TEST_F(StandingMatcherTest, WhatWasStoredOfACallDoesNotChangeWhenItIsRepeated) {
  constexpr int kStored = 40;
  constexpr int kWishes = 150;
  for (int i = 0; i < kStored; ++i) Put(AProfile(absl::StrCat("a", i)));
  Put(AJob());
  const std::vector<v1::StoredMatch> before = Matches();
  ASSERT_THAT(before, SizeIs(kStored));
  for (int i = kStored; i < kWishes; ++i) {
    *change_.add_changes()->mutable_profile() = AProfile(absl::StrCat("b", i));
  }
  ApplyProfiles();
  for (int run = 0; run < 2; ++run) {
    store_.clock().Advance(absl::Minutes(1));
    StandingMatcher restarted(*store_);
    ASSERT_THAT(
        restarted.OffersChanged(index_.snapshot(), {FactsOf(AJob())}, now()),
        IsOk());
    const std::vector<v1::StoredMatch> after = Matches();
    ASSERT_THAT(after, SizeIs(kWishes));
    for (int i = 0; i < kStored; ++i) {
      EXPECT_EQ(after[i].SerializeAsString(), before[i].SerializeAsString());
    }
  }
}

TEST_F(StandingMatcherTest, AChangedWishIsMatchedWithWhatIsRecent) {
  Put(AJob());
  store_.clock().Advance(kRecent - absl::Seconds(1));
  Put(AProfile("p"));
  EXPECT_THAT(Matches(), SizeIs(1));
}

TEST_F(StandingMatcherTest, AWithdrawnOfferEndsItsMatchAndItsProposal) {
  Put(AProfile("p"));
  jobs::v1::Job job = AJob();
  Put(job);
  ASSERT_THAT(Act(OneMatch(), v1::MATCH_ACTION_PROPOSE), IsOk());
  job.set_etag("2");
  job.set_state(type::v1::OFFER_STATE_WITHDRAWN);
  Put(job);
  EXPECT_EQ(OneMatch().standing(), v1::MATCH_STANDING_OFFER_GONE);
  EXPECT_EQ(OneMatch().state(), v1::MATCH_STATE_WITHDRAWN);
  EXPECT_EQ(OneMatch().state_reason(), v1::MATCH_STATE_REASON_OFFER_GONE);
  EXPECT_THAT(Act(OneMatch(), v1::MATCH_ACTION_SAVE),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  job.set_etag("3");
  job.set_state(type::v1::OFFER_STATE_PUBLISHED);
  Put(job);
  EXPECT_EQ(OneMatch().standing(), v1::MATCH_STANDING_FITS);
  EXPECT_THAT(Act(OneMatch(), v1::MATCH_ACTION_SAVE), IsOk());
}

TEST_F(StandingMatcherTest, AChangedOfferThatFitsNoMoreSaysSo) {
  Put(AProfile("p"));
  Put(AJob());
  jobs::v1::Job other = AJob(kJob, "43412");
  other.set_etag("2");
  Put(other);
  EXPECT_EQ(OneMatch().standing(), v1::MATCH_STANDING_FITS_NO_MORE);
}

TEST_F(StandingMatcherTest, AnOfferEndsWithItsValidity) {
  Put(AProfile("p"));
  jobs::v1::Job job = AJob();
  *job.mutable_validity()->mutable_end_time() =
      TimestampOf(now() + absl::Hours(2));
  Put(job);
  EXPECT_EQ(*matcher_.NextDue(), now() + absl::Hours(2));
  store_.clock().Advance(absl::Hours(2));
  RunDue();
  EXPECT_EQ(OneMatch().standing(), v1::MATCH_STANDING_OFFER_GONE);
  EXPECT_EQ(*matcher_.NextDue(), absl::InfiniteFuture());
}

TEST_F(StandingMatcherTest, AnOfferThatBeginsLaterIsMatchedThen) {
  Put(AProfile("p"));
  jobs::v1::Job job = AJob();
  *job.mutable_validity()->mutable_start_time() =
      TimestampOf(now() + absl::Hours(48));
  Put(job);
  EXPECT_THAT(Matches(), IsEmpty());
  EXPECT_EQ(*matcher_.NextDue(), now() + absl::Hours(48));
  store_.clock().Advance(absl::Hours(48));
  RunDue();
  EXPECT_EQ(OneMatch().offer_etag(), "1");
  EXPECT_EQ(*matcher_.NextDue(), absl::InfiniteFuture());
}

TEST_F(StandingMatcherTest, AHoldEndsByItself) {
  Put(AProfile("p"));
  Put(AJob());
  ASSERT_THAT(Act(OneMatch(), v1::MATCH_ACTION_PROPOSE), IsOk());
  EXPECT_EQ(*matcher_.NextDue(), now() + absl::Hours(7 * 24));
  store_.clock().Advance(absl::Hours(7 * 24));
  RunDue();
  EXPECT_EQ(OneMatch().state(), v1::MATCH_STATE_WITHDRAWN);
  EXPECT_EQ(OneMatch().state_reason(), v1::MATCH_STATE_REASON_HOLD_ENDED);
}

TEST_F(StandingMatcherTest, AnOfferIsHeldByNoMoreThanItHasRoomFor) {
  Put(AProfile("p"));
  Put(AProfile("q"));
  Put(AJob());
  const auto matches = Matches();
  ASSERT_THAT(matches, SizeIs(2));
  ASSERT_THAT(Act(matches[0], v1::MATCH_ACTION_PROPOSE), IsOk());
  EXPECT_THAT(Act(matches[1], v1::MATCH_ACTION_PROPOSE),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  ASSERT_THAT(Act(matches[0], v1::MATCH_ACTION_DECLINE), IsOk());
  EXPECT_THAT(Act(matches[1], v1::MATCH_ACTION_PROPOSE), IsOk());
}

TEST_F(StandingMatcherTest, WhatIsBeyondTheBudgetIsToldTheNextDayBestFirst) {
  Profile profile = AProfile("p");
  profile.mutable_notifications()->set_daily_budget(1);
  Put(profile);
  Put(AJob("networks/n/jobs/j1", "81302"));
  Put(AJob("networks/n/jobs/j2", "81312"));  // near
  Put(AJob("networks/n/jobs/j3", "81302"));  // the same occupation
  const auto released = [this] {
    std::vector<std::string> names;
    for (const auto& match : Matches()) {
      if (match.released()) names.push_back(match.match().offer());
    }
    std::sort(names.begin(), names.end());
    return names;
  };
  EXPECT_THAT(Matches(), SizeIs(3));
  EXPECT_THAT(released(), ElementsAre("networks/n/jobs/j1"));
  store_.clock().Advance(*matcher_.NextDue() - now());
  RunDue();
  EXPECT_THAT(released(),
              ElementsAre("networks/n/jobs/j1", "networks/n/jobs/j3"));
  store_.clock().Advance(*matcher_.NextDue() - now());
  RunDue();
  EXPECT_THAT(released(), SizeIs(3));
}

TEST_F(StandingMatcherTest, AWishThatSleepsIsWokenByWhatReallyFits) {
  Profile profile = AProfile("p");
  *profile.mutable_notifications()->mutable_sleep_time() = TimestampOf(now());
  profile.mutable_notifications()->set_wake_threshold_millionths(700'000);
  Put(profile);
  Put(AJob("networks/n/jobs/j1", "81312"));  // near
  EXPECT_THAT(Matches(), IsEmpty());
  jobs::v1::Job right = AJob("networks/n/jobs/j2");
  Put(right);
  const v1::StoredMatch match = OneMatch();
  EXPECT_EQ(match.match().offer(), "networks/n/jobs/j2");
  EXPECT_GE(match.score_millionths(), 700'000);
  Put(AJob("networks/n/jobs/j3", "81312"));
  EXPECT_THAT(Matches(), SizeIs(2));  // It is awake now.
}

TEST_F(StandingMatcherTest, AnErasedProfileLeavesNothing) {
  Put(AProfile("p"));
  Put(AJob());
  change_.add_changes()->set_deleted_name("profiles/p");
  ApplyProfiles();
  ASSERT_THAT(matcher_.ProfileChanged(index_.snapshot(), "profiles/p", now()),
              IsOk());
  EXPECT_THAT(Matches(), IsEmpty());
}

}  // namespace
}  // namespace heimweg::matching
