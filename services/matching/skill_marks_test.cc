// Property tests of the marks: no row without a mark shares more of its skills
// than is said of any group that holds it.
#include "services/matching/skill_marks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/matching/features/skills.h"
#include "services/matching/index.h"
#include "services/matching/search.h"
#include "services/matching/testing/feeding.h"
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
  int unmarked = 0;  // that share some skill
  int tight = 0;     // and a bound below one
  int marked = 0;
  int tight_marked = 0;  // with a bound below one
};

template <typename Tree>
void ExpectNoMore(const Tree& tree, uint32_t place, const SkillMarks& marks,
                  int32_t value) {
  uint32_t node = place / kBlockRows;
  for (size_t level = 0; level < tree.levels(); ++level, node /= kFanOut) {
    ASSERT_LE(value, marks.MostOfUnmarked(tree.at(level, node)))
        << "level " << level << ", place " << place;
  }
}

void ExpectTrueMarks(const JobQuery& query, size_t segment, size_t seeker,
                     Seen& seen) {
  constexpr size_t kSkills = 1;
  const auto& rows = query.view().segments[segment];
  const SkillMarks marks(query, segment, seeker);
  const auto value_of = [&](uint32_t row) {
    const auto at = RowOf(query.view(), segment, row);
    return query.Feature(kSkills, at, seeker);
  };
  const auto expect = [&](const auto& tree, uint32_t place, uint32_t row) {
    const FeatureValue value = value_of(row);
    if (!rows.IsLive(row) || !value.known()) return;
    const uint8_t rare = rows.segment->columns.planes().RareAt(row);
    if (marks.Has(row)) {
      ASSERT_LE(value.OrNeutral(), marks.MostOfMarked(row, rare));
      ++seen.marked;
      if (marks.MostOfMarked(row, rare) < kOne) ++seen.tight_marked;
      return;
    }
    ASSERT_LE(value.OrNeutral(), marks.MostOfUnmarked(rare));
    ExpectNoMore(tree, place, marks, value.OrNeutral());
    if (value.OrNeutral() == 0) return;
    ++seen.unmarked;
    const int32_t most = marks.MostOfUnmarked(tree.at(0, place / kBlockRows));
    if (most < kOne) ++seen.tight;
  };
  const auto& tree = rows.segment->blocks;
  for (uint32_t row = 0; row < rows.segment->rows(); ++row) {
    expect(tree, row, row);
    uint32_t node = row / kBlockRows;
    for (size_t level = 0; level < tree.levels() && marks.Has(row) &&
                           rows.IsLive(row) && value_of(row).known();
         ++level, node /= kFanOut) {
      const HalfOpen blocks = tree.BlocksOf(level, node);
      ASSERT_LE(
          value_of(row).OrNeutral(),
          marks.MostOfMarked(blocks.first, blocks.last, tree.at(level, node)));
    }
    if (rows.segment->other_order.empty()) continue;
    expect(rows.segment->other_blocks, row, rows.segment->other_order[row]);
  }
}

Seen ExpectTrueMarks(const Index& index, const Wish& wish) {
  const Snapshot snapshot = index.snapshot();
  const JobQuery query(*snapshot.jobs, wish);
  Seen seen;
  for (size_t segment = 0; segment < snapshot.jobs->segments.size();
       ++segment) {
    for (size_t seeker = 0; seeker < query.seekers(); ++seeker) {
      ExpectTrueMarks(query, segment, seeker, seen);
      if (::testing::Test::HasFatalFailure()) return seen;
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

TEST(SkillMarksTest, NoUnmarkedRowSharesMoreThanItsGroups) {
  Dice dice(1);
  Index index(kNoBackground);
  Feed(kUsual, 0, kJobs, dice, index);
  const Seen seen = ExpectTrueMarks(index, Seekers(kUsual, dice));
  EXPECT_GT(seen.unmarked, 10'000);
  EXPECT_GT(seen.tight, 10'000);
  EXPECT_GT(seen.tight_marked, 100);
}

TEST(SkillMarksTest, JobsThatAskForOneSkillOnlyAreNoException) {
  const Market market = {25, 3'000, 1};
  Dice dice(2);
  Index index(kNoBackground);
  Feed(market, 0, kJobs, dice, index);
  EXPECT_GT(ExpectTrueMarks(index, Seekers(market, dice)).unmarked, 10'000);
}

// A segment of jobs in which terms are rare that all jobs besides ask for.
TEST(SkillMarksTest, WhatIsRareInASegmentMayBeCommonElsewhere) {
  const Market here = {25, 200, 8, 1};
  const Market elsewhere = {25, 20, 8};
  Dice dice(3);
  Index index(kNoBackground);
  Feed(here, 0, kJobs, dice, index);
  Feed(elsewhere, kJobs, 3 * kJobs, dice, index);
  const Seen seen = ExpectTrueMarks(index, Seekers(here, dice));
  EXPECT_GT(seen.unmarked, 10'000);
  EXPECT_GT(seen.tight, 1'000);
}

// In trees of three levels, for which other worlds are too small.
TEST(SkillMarksTest, ASearchFindsWhatAScanFinds) {
  constexpr size_t kBest = 20;
  // So many that the marked ones alone can be the best.
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
    const JobQuery query(*snapshot.jobs, wish);
    const auto found = Search(query, kBest, {});
    const auto ranking = Scan(query, kBest, {});
    ASSERT_TRUE(found && ranking);
    ASSERT_EQ(found->size(), ranking->best.size());
    for (size_t i = 0; i < found->size(); ++i) {
      EXPECT_EQ((*found)[i].score, ranking->best[i].score);
      EXPECT_EQ((*found)[i].segment, ranking->best[i].segment);
      EXPECT_EQ((*found)[i].row, ranking->best[i].row);
    }
  }
}

// Rarity goes by what lives, marks by what was there when they were made.
TEST(SkillMarksTest, DeletedJobsLeaveTheMarksTrue) {
  Dice dice(4);
  Index index(kNoBackground);
  Feed(kUsual, 0, kJobs, dice, index);
  FeedingJobs deleting(index);
  for (int id = 0; id < kJobs; ++id) {
    if (id % 40 != 0) deleting.Delete(absl::StrCat("networks/n/jobs/", id));
    if (deleting.pending() == 200) {
      deleting.Apply();
      ExpectTrueMarks(index, Seekers(kUsual, dice));
      if (HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace heimweg::matching::testing
