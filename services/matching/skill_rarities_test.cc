// Property tests of what is known of the skills of rows: no row loses less by
// SKILLS than the filter says, whatever the jobs of its segment and of others
// ask for.
#include "services/matching/skill_rarities.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/matching/feature.h"
#include "services/matching/features/skills.h"
#include "services/matching/index.h"
#include "services/matching/job_columns.h"
#include "services/matching/row_filter.h"
#include "services/matching/skill_shares.h"
#include "services/matching/testing/feeding.h"
#include "services/matching/testing/same_as_scan.h"
#include "services/matching/testing/world.h"
#include "services/matching/weights.h"

namespace heimweg::matching::testing {
namespace {

// Segments of many blocks, in trees of three levels.
constexpr int kJobs = 5'000;
constexpr int kSeekers = 40;

// What the jobs of a world ask for: common terms with these chances, rare ones
// out of so many.
struct Market {
  int64_t common_percent = 0;
  int64_t rare_terms = 1;
  int64_t most_rare = 8;  // of a job
  int64_t least_rare = 0;
};

void AskFor(const std::string& skill, Dice& dice, jobs::v1::Job& job) {
  *(dice.Percent(50) ? job.add_required_skills() : job.add_optional_skills()) =
      skill;
}

jobs::v1::Job MakeJob(int id, const Market& market, Dice& dice) {
  jobs::v1::Job job;
  job.set_name(absl::StrCat("networks/n/jobs/", id));
  job.set_state(type::v1::OFFER_STATE_PUBLISHED);
  for (int term = 0; term < 4; ++term) {
    if (dice.Percent(market.common_percent)) {
      AskFor(absl::StrCat("common ", term), dice, job);
    }
  }
  for (int64_t i = dice.Between(market.least_rare, market.most_rare); i > 0;
       --i) {
    AskFor(absl::StrCat("rare ", dice.Between(1, market.rare_terms)), dice,
           job);
  }
  return job;
}

Wish Seekers(const Market& market, Dice& dice) {
  Wish wish;
  wish.kind = type::v1::OFFER_KIND_JOB;
  wish.weights = WithStandards({}, {});
  for (int i = 0; i < kSeekers; ++i) {
    JobSeeker& seeker = wish.seekers.emplace_back();
    for (int64_t term = dice.Between(0, 3); term >= 0; --term) {
      seeker.skills.push_back(absl::StrCat("common ", term));
    }
    for (int64_t n = dice.Between(0, 3); n > 0; --n) {
      seeker.skills.push_back(
          absl::StrCat("rare ", dice.Between(1, market.rare_terms)));
    }
  }
  return wish;
}

struct Seen {
  int shared = 0;    // rows that share some skill
  int tight = 0;     // and lose something for certain
  int lost = 0;      // that share none
  int lost_all = 0;  // and of which the filter knows nearly that
  int no_share = 0;  // and of which the shares say that
};

// The rows of a segment, one by one.
void ExpectNoMore(const JobQuery& query, size_t at, size_t seeker,
                  int64_t budget, Seen& seen) {
  constexpr size_t kSkills = 1;
  const SegmentView<JobColumns>& segment = query.view().segments[at];
  const JobColumns& jobs = segment.segment->columns;
  const int64_t weight = WeightOf(query.wish().weights, v1::FEATURE_SKILLS);
  SkillShares shares(query, seeker);
  RowFilter filter(query, seeker);
  filter.EnterNewest(jobs.newest());
  FilteredRows found;
  for (uint32_t row = 0; row < segment.segment->rows(); ++row) {
    const uint32_t block = row / kBlockRows;
    const uint32_t in_block = row % kBlockRows;
    const SkillShares::OfBlock shared = shares.Of(at, block);
    if (in_block == 0) {
      filter.Filter(jobs.planes().block(block), shared.shares, DistanceLosses(),
                    budget, found);
    }
    if (!segment.IsLive(row)) continue;
    const int64_t value =
        query.Feature(kSkills, RowOf(query.view(), at, row), seeker)
            .OrNeutral();
    ASSERT_LE(value * SkillShares::kAll,
              int64_t{shared.shares[in_block]} * kOne)
        << "row " << row;
    ASSERT_LE(shared.shares[in_block], shared.most);
    const int64_t least = filter.LossOf(found.skills[in_block]);
    ASSERT_LE(least, weight * (kOne - value)) << "row " << row;
    ++(value == 0 ? seen.lost : seen.shared);
    if (value > 0 && least > 0) ++seen.tight;
    if (value == 0 && least > weight * kOne * 9 / 10) ++seen.lost_all;
    if (value == 0 && shared.shares[in_block] <= 1) ++seen.no_share;
  }
}

Seen ExpectTrueLosses(const Index& index, const Wish& wish) {
  const Snapshot snapshot = index.snapshot();
  const JobQuery query(*snapshot.jobs, wish);
  Seen seen;
  for (size_t i = 0; i < snapshot.jobs->segments.size(); ++i) {
    for (size_t seeker = 0; seeker < query.seekers(); ++seeker) {
      // Coarse and fine units of a byte, and so fine that it overflows.
      for (const int64_t budget : {int64_t{25} * kOne, 4 * int64_t{kOne},
                                   int64_t{kOne} / 10, int64_t{100}}) {
        ExpectNoMore(query, i, seeker, budget, seen);
        if (::testing::Test::HasFatalFailure()) return seen;
      }
    }
  }
  return seen;
}

void Feed(const Market& market, int first, int last, Dice& dice, Index& index) {
  FeedingJobs feeding(index);
  for (int id = first; id < last; ++id) {
    feeding.Put(MakeJob(id, market, dice));
    if (feeding.pending() == kJobs / 4) feeding.Apply();
  }
  feeding.Apply();
  // Merged rows stand in their order.
  while (index.Merge()) continue;
}

constexpr IndexOptions kNoBackground = {false, 4'096};
constexpr Market kUsual = {25, 3'000, 8};

TEST(SkillRaritiesTest, NoRowLosesLessThanTheFilterSays) {
  Dice dice(1);
  Index index(kNoBackground);
  Feed(kUsual, 0, kJobs, dice, index);
  const Seen seen = ExpectTrueLosses(index, Seekers(kUsual, dice));
  EXPECT_GT(seen.shared, 50'000);
  EXPECT_GT(seen.tight, seen.shared / 2);
  EXPECT_GT(seen.lost_all, seen.lost / 8);
  EXPECT_EQ(seen.no_share, seen.lost);
}

TEST(SkillRaritiesTest, JobsThatAskForOneSkillOnlyAreNoException) {
  const Market market = {25, 3'000, 1};
  Dice dice(2);
  Index index(kNoBackground);
  Feed(market, 0, kJobs, dice, index);
  EXPECT_GT(ExpectTrueLosses(index, Seekers(market, dice)).shared, 50'000);
}

// A segment of jobs in which terms are rare that all jobs besides ask for.
TEST(SkillRaritiesTest, WhatIsRareInASegmentMayBeCommonElsewhere) {
  const Market here = {25, 200, 8, 1};
  const Market elsewhere = {25, 20, 8};
  Dice dice(3);
  Index index(kNoBackground);
  Feed(here, 0, kJobs, dice, index);
  Feed(elsewhere, kJobs, 3 * kJobs, dice, index);
  const Seen seen = ExpectTrueLosses(index, Seekers(here, dice));
  EXPECT_GT(seen.shared, 50'000);
  EXPECT_GT(seen.tight, 5'000);
}

// Rarity goes by what lives, the segment's by what was there when it was made.
TEST(SkillRaritiesTest, DeletedJobsLeaveTheLossesTrue) {
  Dice dice(4);
  Index index(kNoBackground);
  Feed(kUsual, 0, kJobs, dice, index);
  FeedingJobs deleting(index);
  for (int id = 0; id < kJobs; ++id) {
    if (id % 40 != 0) deleting.Delete(absl::StrCat("networks/n/jobs/", id));
    if (deleting.pending() == 1'200) {
      deleting.Apply();
      ExpectTrueLosses(index, Seekers(kUsual, dice));
      if (HasFatalFailure()) return;
    }
  }
}

// In trees of three levels, for which other worlds are too small.
TEST(SkillRaritiesTest, ASearchFindsWhatAScanFinds) {
  constexpr size_t kBest = 20;
  const Market market = {25, 3'000, 8, 6};
  Dice dice(5);
  Index index(kNoBackground);
  Feed(market, 0, kJobs, dice, index);
  const Snapshot snapshot = index.snapshot();
  const std::vector<JobSeeker> seekers = Seekers(market, dice).seekers;
  for (const JobSeeker& seeker : seekers) {
    Wish wish;
    wish.kind = type::v1::OFFER_KIND_JOB;
    wish.weights = WithStandards({}, {});
    wish.seekers = {seeker};
    ExpectSameAsScan(JobQuery(*snapshot.jobs, wish), kBest);
    if (HasFatalFailure()) return;
  }
}

SkillRarities Build(const std::vector<std::vector<uint32_t>>& asked) {
  SkillRarities rarities;
  rarities.Build(static_cast<uint32_t>(asked.size()), [&](uint32_t row) {
    return absl::Span<const uint32_t>(asked[row]);
  });
  return rarities;
}

TEST(SkillRaritiesTest, ARaritySuitsMoreRowsThanAskHere) {
  std::vector<std::vector<uint32_t>> asked(255);
  // 256 / 2 would be 8; 11 more are within chance: 256 / 13.
  asked[7].push_back(AskedSkill{3, true}.Packed());
  for (auto& row : asked) row.push_back(AskedSkill{5, false}.Packed());
  const SkillRarities rarities = Build(asked);
  EXPECT_EQ(rarities.Of(3), 5);
  EXPECT_EQ(rarities.Of(5), 1);
  EXPECT_EQ(rarities.Of(4), 1);
  EXPECT_EQ(rarities.Of(6), 1);
}

TEST(SkillRaritiesTest, OfASkillThatManyAskForItIsThatAmongTheRows) {
  constexpr uint32_t kRows = 99'999;
  const uint32_t skill = AskedSkill{3, true}.Packed();
  SkillRarities rarities;
  rarities.Build(kRows, [&](uint32_t row) {
    return row % 100 == 0 ? absl::MakeConstSpan(&skill, 1)
                          : absl::Span<const uint32_t>();
  });
  EXPECT_EQ(rarities.Of(3), SkillRarity(kRows, kRows / 100 + 1));
}

TEST(SkillRaritiesTest, TheShareIsThatOfTheSkillThatLostMost) {
  std::vector<std::vector<uint32_t>> asked(255);
  asked[7].push_back(AskedSkill{3, true}.Packed());
  const SkillRarities rarities = Build(asked);
  EXPECT_EQ(rarities.LeastShare({1, 1, 1, 9}), kOne);
  EXPECT_EQ(rarities.LeastShare({1, 1, 1, 5}), kOne);
  EXPECT_EQ(rarities.LeastShare({1, 1, 1, 2, 1}), 2 * kOne / 5);
  // Nobody asks for it any more.
  EXPECT_EQ(rarities.LeastShare({1, 1}), kOne);
}

TEST(SkillRaritiesTest, NothingIsKnownOfASmallSegment) {
  const std::vector<std::vector<uint32_t>> asked(
      SkillRarities::kFewestRows - 1, {AskedSkill{3, true}.Packed()});
  EXPECT_EQ(Build(asked).Of(3), 1);
  EXPECT_EQ(Build(asked).LeastShare({1, 1, 1, 1}), kOne);
}

}  // namespace
}  // namespace heimweg::matching::testing
