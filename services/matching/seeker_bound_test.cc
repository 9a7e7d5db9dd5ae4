// Property tests: a job finds by the lists of wishes the same as by holding
// each of them against it, and never misses one that fits.
#include "services/matching/seeker_bound.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/matching/index.h"
#include "services/matching/testing/esco_world.h"
#include "services/matching/testing/feeding.h"
#include "services/matching/testing/world.h"
#include "services/matching/two_sides.h"
#include "tests/support/sanitized.h"

namespace heimweg::matching::testing {
namespace {

using Names = std::set<std::string>;

constexpr int kJobs = 20;
constexpr int kWishes = 80;
constexpr uint64_t kWorlds = heimweg::testing::Cases(40);
constexpr int64_t kSeconds = 1'800'000'000;

profiles::v1::Profile AWish(WorldMaker& maker, int number) {
  profiles::v1::Profile profile = maker.Profile(kJobs);
  profile.set_name(absl::StrCat("profiles/p", number));
  auto& settings = *profile.mutable_notifications();
  settings.set_enabled(maker.dice().Percent(70));
  settings.clear_threshold_millionths();
  if (maker.dice().Percent(60)) {
    settings.set_threshold_millionths(static_cast<int32_t>(
        maker.dice().OneOf({0, 400'000, 499'999, 500'000, 700'000})));
  }
  return profile;
}

// Some wishes are changed, some erased, before anything is asked.
void FillWishes(WorldMaker& maker, Index& index) {
  uint64_t revision = 0;
  profiles::v1::WatchProfilesResponse response;
  const auto apply = [&] {
    response.set_complete(true);
    response.set_revision(++revision);
    index.Apply(response);
    response.Clear();
  };
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < kWishes; ++i) {
      if (round == 1 && maker.dice().Percent(60)) continue;
      if (round == 1 && maker.dice().Percent(30)) {
        response.add_changes()->set_deleted_name(absl::StrCat("profiles/p", i));
      } else {
        *response.add_changes()->mutable_profile() = AWish(maker, i);
      }
      if (i % 16 == 0) apply();
    }
    apply();
  }
}

void FillJobs(WorldMaker& maker, Index& index, std::vector<std::string>& jobs) {
  Feeding<jobs::v1::WatchJobsResponse> feeding(index);
  for (int id = 0; id < kJobs; ++id) {
    const jobs::v1::Job job = maker.Job(id);
    jobs.push_back(job.name());
    feeding.Put(job);
  }
  feeding.Apply();
}

struct Counted {
  int64_t visited = 0;
  int64_t fitting = 0;
};

void ExpectTheSame(const Snapshot& snapshot, const std::string& job,
                   int32_t least, bool told, Counted& counted) {
  const absl::Time now = absl::FromUnixSeconds(kSeconds);
  const auto at = snapshot.jobs->Find(job);
  ASSERT_TRUE(at) << job;
  const SeekerBound bound(*snapshot.jobs, at->first, at->second, kSeconds);
  const auto side = OfferSide::Of(snapshot, job, now);
  Names expected;
  snapshot.profiles->VisitWishes([&](const StoredWish& wish) {
    if (told && !wish.settings.told) return;
    const int32_t threshold =
        told ? std::max(least, wish.settings.threshold) : least;
    const bool may = bound.MayReach(wish, threshold);
    if (may) expected.insert(wish.core->name());
    if (!side->Score(*wish.core, threshold)) return;
    ++counted.fitting;
    EXPECT_TRUE(may) << job << " " << wish.core->DebugString();
  });
  Names found;
  bound.Visit(*snapshot.profiles, least, told, [&](const StoredWish& wish) {
    EXPECT_TRUE(found.insert(wish.core->name()).second) << "visited twice";
    return true;
  });
  EXPECT_EQ(found, expected) << job << " " << least << " " << told;
  counted.visited += static_cast<int64_t>(found.size());
}

class SeekerBoundTest : public ::testing::TestWithParam<Flavour> {};

TEST_P(SeekerBoundTest, ListsLeadToAllWishesThatFitAndToEachOnce) {
  Counted counted;
  for (uint64_t world = 0; world < kWorlds; ++world) {
    WorldMaker maker(world * kFlavours + static_cast<uint64_t>(GetParam()),
                     GetParam());
    Index index(IndexOptions{false, 8}, world % 2 == 0
                                            ? std::make_shared<const Taxonomy>()
                                            : EngineTaxonomy(SmallEsco()));
    std::vector<std::string> jobs;
    FillJobs(maker, index, jobs);
    FillWishes(maker, index);
    const Snapshot snapshot = index.snapshot();
    for (const std::string& job : jobs) {
      const auto least = static_cast<int32_t>(
          maker.dice().OneOf({0, 400'000, 550'000, 600'000, 800'000}));
      ExpectTheSame(snapshot, job, least, false, counted);
      ExpectTheSame(snapshot, job, 0, true, counted);
    }
    if (HasFailure()) break;
  }
  EXPECT_GT(counted.fitting, 0);
  EXPECT_GE(counted.visited, counted.fitting);
}

INSTANTIATE_TEST_SUITE_P(Worlds, SeekerBoundTest,
                         ::testing::Values(Flavour::kUsual, Flavour::kTies,
                                           Flavour::kOnePoint,
                                           Flavour::kAllMatch,
                                           Flavour::kExtremes,
                                           Flavour::kUnknown));

TEST(SeekerBoundTest, AVisitThatHasEnoughEndsTheWalk) {
  WorldMaker maker(1, Flavour::kAllMatch);
  Index index(IndexOptions{false, 8});
  std::vector<std::string> jobs;
  FillJobs(maker, index, jobs);
  FillWishes(maker, index);
  const Snapshot snapshot = index.snapshot();
  const auto at = snapshot.jobs->Find(jobs.front());
  ASSERT_TRUE(at);
  const SeekerBound bound(*snapshot.jobs, at->first, at->second, kSeconds);
  int visited = 0;
  EXPECT_FALSE(
      bound.Visit(*snapshot.profiles, 0, false,
                  [&](const StoredWish& /*wish*/) { return ++visited < 2; }));
  EXPECT_EQ(visited, 2);
}

}  // namespace
}  // namespace heimweg::matching::testing
