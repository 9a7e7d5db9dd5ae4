// What is stored for standing wishes, with a real store and a real index.
#include "services/matching/standing/standing_matcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/matching/testing/standing_fixture.h"
#include "tests/support/status_matchers.h"

namespace heimweg::matching {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using profiles::v1::Profile;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAreArray;

using StandingMatcherTest = StandingFixture;

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

// A new match is indexed without its record being read again.
TEST_F(StandingMatcherTest, EveryMatchIsFoundByTheTermsOfItsRecord) {
  Profile brief = AProfile("brief");
  brief.mutable_notifications()->set_daily_budget(1);
  Put(brief);
  Put(AProfile("p"));
  for (int i = 0; i < 4; ++i) {
    jobs::v1::Job job = AJob(absl::StrCat("networks/n/jobs/j", i));
    if (i % 2 == 0) {
      *job.mutable_validity()->mutable_end_time() =
          TimestampOf(now() + absl::Hours(30));
    }
    Put(job);
  }
  ASSERT_THAT(Matches(), SizeIs(8));
  ASSERT_THAT(Act(Matches()[5], v1::MATCH_ACTION_PROPOSE), IsOk());
  std::vector<std::pair<std::string, std::string>> expected;
  for (const v1::StoredMatch& match : Matches()) {
    for (const std::string& term : TermsOfMatch(match)) {
      expected.emplace_back(term, *KeyOfName(match.name(), "matches"));
    }
  }
  std::vector<std::pair<std::string, std::string>> found;
  const auto entries =
      records_.matches.ScanTerms(**store_->Read(), "", "", /*limit=*/0);
  ASSERT_THAT(entries, IsOk());
  for (const storage::IndexEntry& entry : *entries) {
    found.emplace_back(entry.term, entry.id);
  }
  EXPECT_THAT(found, UnorderedElementsAreArray(expected));
}

TEST_F(StandingMatcherTest, AnOfferThatComesTwiceInACallHasOneMatch) {
  Put(AProfile("p"));
  jobs::v1::Job job = AJob();
  const OfferFacts before = FactsOf(job);
  job.set_etag("2");
  feeding_.Put(job);
  feeding_.Apply();
  ASSERT_THAT(
      matcher_.OffersChanged(index_.snapshot(), {before, FactsOf(job)}, now()),
      IsOk());
  EXPECT_EQ(OneMatch().offer_etag(), "2");
  EXPECT_TRUE(OneMatch().released());
}

}  // namespace
}  // namespace heimweg::matching
