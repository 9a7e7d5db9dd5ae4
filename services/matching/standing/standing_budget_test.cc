// When households are told: of how many matches on a day, and of which first.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/matching/testing/standing_fixture.h"
#include "storage/table.h"
#include "tests/support/status_matchers.h"

namespace heimweg::matching {
namespace {

using ::heimweg::testing::IsOk;
using profiles::v1::Profile;
using ::testing::ElementsAre;
using ::testing::SizeIs;

using StandingBudgetTest = StandingFixture;

TEST_F(StandingBudgetTest, WhatIsBeyondTheBudgetIsToldTheNextDayBestFirst) {
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

// How a release of the day is indexed: with the offer, or by versions before
// this one with the profile, or with nothing.
class StandingUpgradeTest : public StandingFixture,
                            public ::testing::WithParamInterface<std::string> {
};

TEST_P(StandingUpgradeTest, ABudgetCountsWhatWasToldBeforeTheStart) {
  Profile profile = AProfile("p");
  profile.mutable_notifications()->set_daily_budget(1);
  Put(profile);
  Put(AJob());
  const std::string key = *KeyOfName(OneMatch().name(), "matches");
  const std::string term =
      DayTerm(GetParam(), absl::ToCivilDay(now(), LocalTimeZone()));
  const storage::Table<v1::StoredMatch> other(
      {.number = records_.matches.number(),
       .name = "match",
       .terms = [&](const v1::StoredMatch& match) {
         return std::vector<std::string>{OfferTerm(match.match().offer()),
                                         term};
       }});
  ASSERT_THAT(store_->CommitAndWait([&](storage::Transaction& txn) {
    const auto row = records_.matches.Get(txn, key);
    const auto erased = records_.matches.Erase(txn, key);
    return erased.ok() ? other.Put(txn, key, row->record).status()
                       : erased.status();
  }),
              IsOk());
  StandingMatcher restarted(*store_);
  const jobs::v1::Job next = AJob("networks/n/jobs/next");
  feeding_.Put(next);
  feeding_.Apply();
  ASSERT_THAT(
      restarted.OffersChanged(index_.snapshot(), {FactsOf(next)}, now()),
      IsOk());
  ASSERT_THAT(Matches(), SizeIs(2));
  for (const v1::StoredMatch& match : Matches()) {
    EXPECT_EQ(match.released(), match.match().offer() == kJob);
  }
}

INSTANTIATE_TEST_SUITE_P(Versions, StandingUpgradeTest,
                         ::testing::Values(kJob, "profiles/p", ""));

TEST_F(StandingBudgetTest, AProfileThatComesAgainHasItsWholeBudget) {
  Profile profile = AProfile("p");
  profile.mutable_notifications()->set_daily_budget(1);
  Put(profile);
  Put(AJob("networks/n/jobs/j1"));
  EXPECT_TRUE(OneMatch().released());
  change_.add_changes()->set_deleted_name("profiles/p");
  ApplyProfiles();
  ASSERT_THAT(matcher_.ProfileChanged(index_.snapshot(), "profiles/p", now()),
              IsOk());
  Put(profile);
  EXPECT_TRUE(OneMatch().released());
}

TEST_F(StandingBudgetTest, WhoIsToldNowIsStoredBeforeWhoIsToldLater) {
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

}  // namespace
}  // namespace heimweg::matching
