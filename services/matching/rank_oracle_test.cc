// Property tests: in random worlds, built by random batches of changes, the
// engine answers random requests exactly as the brute-force oracle does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/matching/field_writer.h"
#include "services/matching/index.h"
#include "services/matching/rank.h"
#include "services/matching/testing/brute_force_oracle.h"
#include "services/matching/testing/esco_world.h"
#include "services/matching/testing/feeding.h"
#include "services/matching/testing/populate.h"
#include "services/matching/testing/world.h"
#include "services/matching/wish.h"
#include "tests/support/sanitized.h"
#include "tests/support/status_matchers.h"

namespace heimweg::matching::testing {
namespace {

using ::heimweg::testing::IsOk;
using ::testing::Values;

constexpr uint64_t kWorldsPerFlavour = heimweg::testing::Cases(64);
constexpr int kQueriesPerKind = 7;
constexpr type::v1::OfferKind kKinds[] = {type::v1::OFFER_KIND_JOB,
                                          type::v1::OFFER_KIND_HOME,
                                          type::v1::OFFER_KIND_CONTACT};

// Merges at every occasion.
constexpr IndexOptions kManyMerges = {false, 8};
// Whole blocks, some of them far from where a household looks.
constexpr IndexOptions kWholeBlocks = {false, 64};
constexpr int kManyOffers = 500;

// The wish of a request that is known to be right.
Wish WishOf(const v1::RankOffersRequest& request) {
  auto wish = CompileWish(QuestionOf(request), request.inline_profile(),
                          absl::UnixEpoch());
  EXPECT_THAT(wish, IsOk());
  return wish.ok() ? *std::move(wish) : Wish();
}

v1::RankOffersResponse RankFor(const Index& index, const Wish& wish,
                               const v1::RankOffersRequest& request) {
  server::FieldChecks checks;
  FieldWriter ranking;
  EXPECT_THAT(WriteRanking(index.snapshot(), wish,
                           RankOptionsOf(request, checks), {}, ranking),
              IsOk());
  v1::RankOffersResponse response;
  EXPECT_TRUE(response.ParseFromArray(
      ranking.bytes().data(), static_cast<int>(ranking.bytes().size())));
  EXPECT_TRUE(response.SerializeAsString() == ranking.bytes())
      << "written otherwise than the message";
  return response;
}

// Without what the oracle leaves out.
v1::RankOffersResponse Comparable(v1::RankOffersResponse response) {
  response.clear_revisions();
  for (v1::Match& match : *response.mutable_matches()) {
    match.clear_reasons();
    match.clear_card();
  }
  return response;
}

// Whether the explanation of the first offer of the kind has the outcomes that
// the oracle finds.
template <typename Offers>
bool ExplainsFirst(const Index& index, const World& world, const Wish& wish,
                   const v1::RankOffersRequest& request, const Offers& offers) {
  if (offers.empty()) return true;
  const std::string& name = offers.begin()->first;
  const auto explained = Explain(index.snapshot(), wish, name);
  if (!explained.ok()) return false;
  const auto expected =
      BruteForceConstraints(world, request, name, explained->match().adult());
  if (static_cast<int>(expected.size()) != explained->constraints_size()) {
    return false;
  }
  for (int i = 0; i < explained->constraints_size(); ++i) {
    v1::ConstraintResult found = explained->constraints(i);
    found.clear_asked();
    found.clear_found();
    if (found.SerializeAsString() != expected[i].SerializeAsString()) {
      return false;
    }
  }
  return true;
}

bool ExplainsWell(const Index& index, const World& world, const Wish& wish,
                  const v1::RankOffersRequest& request) {
  switch (request.kind()) {
    case type::v1::OFFER_KIND_JOB:
      return ExplainsFirst(index, world, wish, request, world.jobs);
    case type::v1::OFFER_KIND_HOME:
      return ExplainsFirst(index, world, wish, request, world.homes);
    default:
      return ExplainsFirst(index, world, wish, request, world.contacts);
  }
}

// What was compared.
struct Tally {
  int queries = 0;
  int differences = 0;
  int64_t matches = 0;
  int64_t exclusions = 0;
  int64_t relaxations = 0;
};

// Asks one world; returns whether everything was as expected.
bool AskWorld(WorldMaker& maker, int count, const Index& index,
              const World& world, Tally& tally) {
  int differences = 0;
  for (const type::v1::OfferKind kind : kKinds) {
    for (int i = 0; i < kQueriesPerKind; ++i) {
      const v1::RankOffersRequest request =
          maker.Request(kind, maker.Profile(count));
      const Wish wish = WishOf(request);
      const v1::RankOffersResponse found =
          Comparable(RankFor(index, wish, request));
      const v1::RankOffersResponse expected = BruteForceRank(world, request);
      ++tally.queries;
      tally.matches += expected.matches_size();
      tally.exclusions += expected.exclusions_size();
      tally.relaxations += expected.relaxations_size();
      const bool same =
          found.SerializeAsString() == expected.SerializeAsString();
      const bool explained = ExplainsWell(index, world, wish, request);
      if (same && explained) continue;
      if (++differences > 1) continue;  // one is enough to look at
      ADD_FAILURE() << (explained ? "" : "explained otherwise\n") << "request "
                    << request.DebugString() << "\nfound "
                    << found.DebugString() << "\nexpected "
                    << expected.DebugString();
    }
  }
  tally.differences += differences;
  return differences == 0;
}

class RankOracleTest : public ::testing::TestWithParam<Flavour> {};

TEST_P(RankOracleTest, RandomWorldsAreRankedAsByBruteForce) {
  Tally tally;
  const auto taxonomy = EngineTaxonomy(SmallEsco());
  for (uint64_t i = 0; i < kWorldsPerFlavour; ++i) {
    const uint64_t seed = i * kFlavours + static_cast<uint64_t>(GetParam());
    WorldMaker maker(seed, GetParam());
    const int count =
        GetParam() == Flavour::kEmpty
            ? 0
            : static_cast<int>(maker.dice().OneOf({1, 5, 20, 40, 160}));
    // ESCO is imported in every other world.
    const bool imported = i % 2 == 1;
    Index index(kManyMerges,
                imported ? taxonomy : std::make_shared<const Taxonomy>());
    World world;
    if (imported) world.esco = OracleSkills(SmallEsco());
    PopulateAll(maker, count, index, world);
    if (!AskWorld(maker, count, index, world, tally)) {
      std::cout << "seed " << seed << " differs\n";
    }
  }
  std::cout << "oracle: " << kWorldsPerFlavour << " worlds, " << tally.queries
            << " queries, " << tally.differences << " differences; "
            << tally.matches << " matches, " << tally.exclusions
            << " exclusions, " << tally.relaxations << " relaxations\n";
  EXPECT_EQ(tally.differences, 0);
}

TEST_P(RankOracleTest, LargerWorldsAreRankedAndCountedAsByBruteForce) {
  Tally tally;
  for (uint64_t i = 0; i < heimweg::testing::Cases(4); ++i) {
    WorldMaker maker(i * kFlavours + static_cast<uint64_t>(GetParam()),
                     GetParam());
    Index index(kWholeBlocks, std::make_shared<const Taxonomy>());
    World world;
    PopulateAll(maker, GetParam() == Flavour::kEmpty ? 0 : kManyOffers, index,
                world);
    EXPECT_TRUE(AskWorld(maker, kManyOffers, index, world, tally));
  }
}

INSTANTIATE_TEST_SUITE_P(Worlds, RankOracleTest,
                         Values(Flavour::kUsual, Flavour::kTies,
                                Flavour::kOnePoint, Flavour::kNoMatch,
                                Flavour::kAllMatch, Flavour::kExtremes,
                                Flavour::kUnknown, Flavour::kEmpty));

// Puts the offers of a world in the order of their names or against it.
void Put(const World& world, bool backwards, int batch, Index& index) {
  FeedingJobs jobs(index);
  std::vector<const jobs::v1::Job*> order;
  for (const auto& [name, job] : world.jobs) order.push_back(&job);
  if (backwards) std::reverse(order.begin(), order.end());
  for (const jobs::v1::Job* job : order) {
    jobs.Put(*job);
    if (jobs.pending() == batch) jobs.Apply(false);
  }
  jobs.Apply();
}

TEST(RankDeterminismTest, TheSameContentInAnotherOrderGivesTheSameBytes) {
  WorldMaker maker(1, Flavour::kTies);
  World world;
  Index scratch(kManyMerges);
  PopulateAll(maker, 60, scratch, world);
  Index forwards(kManyMerges);
  Put(world, false, 7, forwards);
  Index backwards(IndexOptions{false, 1'000});
  Put(world, true, 50, backwards);
  for (int i = 0; i < 200; ++i) {
    v1::RankOffersRequest request =
        maker.Request(type::v1::OFFER_KIND_JOB, maker.Profile(60));
    request.set_include_facets(true);
    request.set_include_exclusions(true);
    request.set_include_relaxations(true);
    const Wish wish = WishOf(request);
    ASSERT_EQ(RankFor(forwards, wish, request).SerializeAsString(),
              RankFor(backwards, wish, request).SerializeAsString());
  }
}

}  // namespace
}  // namespace heimweg::matching::testing
