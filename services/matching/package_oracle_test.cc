// Property tests: in random worlds packages and regions are what building every
// package gives.
#include "services/matching/testing/package_oracle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <initializer_list>
#include <iostream>
#include <string>
#include <vector>

#include "services/matching/index.h"
#include "services/matching/packages.h"
#include "services/matching/testing/feeding.h"
#include "services/matching/testing/world.h"
#include "tests/support/sanitized.h"
#include "tests/support/status_matchers.h"

namespace heimweg::matching::testing {
namespace {

using ::heimweg::testing::IsOk;
using ::testing::Values;

constexpr uint64_t kWorldsPerFlavour = heimweg::testing::Cases(300);
constexpr int kRequestsPerWorld = 3;
constexpr uint64_t kWorldsOfManyHomes = heimweg::testing::Cases(60);

// Offers of every kind in two batches, some of which are changed by the second.
struct Filled {
  Index index{IndexOptions{false, 8}};
  World world;
};

template <typename Response, typename Offer, typename Make>
void Fill(int64_t count, Make make, Dice& dice, Index& index,
          std::map<std::string, Offer>& offers) {
  Feeding<Response> feeding(index);
  for (int64_t i = 0; i < count + count / 4; ++i) {
    const Offer offer = make(static_cast<int>(
        i < count ? i : dice.Between(0, std::max<int64_t>(count - 1, 0))));
    offers[offer.name()] = offer;
    feeding.Put(offer);
    if (dice.Percent(30)) feeding.Apply(dice.Percent(50));
  }
  feeding.Apply();
  if (dice.Percent(50)) index.Merge();
}

using MakeHome = std::function<housing::v1::Home(int)>;

void Fill(WorldMaker& maker, bool empty, std::initializer_list<int64_t> homes,
          const MakeHome& make_home, Filled& filled) {
  const auto count = [&](std::initializer_list<int64_t> counts) {
    return empty ? 0 : maker.dice().OneOf(counts);
  };
  Fill<jobs::v1::WatchJobsResponse>(
      count({0, 1, 4, 10}), [&](int id) { return maker.Job(id); }, maker.dice(),
      filled.index, filled.world.jobs);
  Fill<housing::v1::WatchHomesResponse>(count(homes), make_home, maker.dice(),
                                        filled.index, filled.world.homes);
  Fill<contacts::v1::WatchContactsResponse>(
      count({0, 2, 8, 20}), [&](int id) { return maker.Contact(id); },
      maker.dice(), filled.index, filled.world.contacts);
}

void AddCommutes(Dice& dice, profiles::v1::Profile& profile) {
  for (profiles::v1::Adult& adult : *profile.mutable_adults()) {
    if (dice.Percent(30)) {
      adult.set_max_commute_minutes(
          static_cast<int>(dice.OneOf({1, 15, 30, 600})));
    } else if (dice.Percent(30)) {
      adult.set_max_commute_km(
          static_cast<double>(dice.OneOf({1, 10'000, 35'500, 1'000'000})) /
          1'000);
    }
    adult.set_commute_mode(
        static_cast<profiles::v1::CommuteMode>(dice.Between(0, 4)));
  }
}

template <typename Request>
Request MakeRequest(WorldMaker& maker) {
  Dice& dice = maker.dice();
  profiles::v1::Profile profile = maker.Profile(16);
  AddCommutes(dice, profile);
  const v1::RankOffersRequest ranking =
      maker.Request(type::v1::OFFER_KIND_HOME, profile);
  Request request;
  *request.mutable_inline_profile() = profile;
  *request.mutable_ags_prefixes() = ranking.ags_prefixes();
  *request.mutable_networks() = ranking.networks();
  *request.mutable_weights() = ranking.weights();
  *request.mutable_evaluation_time() = ranking.evaluation_time();
  if (dice.Percent(30)) {
    v1::PackageWeights& weights = *request.mutable_part_weights();
    weights.set_home(static_cast<int>(dice.OneOf({1, 5, 10})));
    if (dice.Percent(50))
      weights.set_job(static_cast<int>(dice.OneOf({1, 10})));
    weights.set_care(static_cast<int>(dice.OneOf({0, 1, 10})));
    weights.set_people(static_cast<int>(dice.OneOf({0, 1, 10})));
  }
  request.set_limit(static_cast<int>(dice.OneOf({1, 3, 20})));
  return request;
}

template <typename Request>
PackageWish WishOf(const Request& request) {
  auto wish = CompilePackageWish(PackageQuestionOf(request),
                                 request.inline_profile(), absl::UnixEpoch());
  EXPECT_THAT(wish, IsOk());
  return wish.ok() ? *std::move(wish) : PackageWish();
}

// Without what the oracle leaves out.
void Clear(v1::Package& package) {
  package.clear_more_people();
  for (v1::PackagePart& part : *package.mutable_parts()) {
    v1::Match& match = *part.mutable_match();
    match.clear_reasons();
    match.clear_card();
    match.clear_anchor();
    match.clear_distance_meters();
    match.clear_commute_minutes();
  }
  for (v1::MissingPart& missing : *package.mutable_missing()) {
    missing.clear_required_relaxations();
  }
}

template <typename Response>
void ClearOrigin(Response& response) {
  response.clear_evaluation_time();
  response.clear_revisions();
  response.clear_weights();
  response.clear_engine_version();
}

struct Tally {
  int requests = 0;
  int differences = 0;
  int64_t complete = 0;
  int64_t partial = 0;
  int64_t regions = 0;
};

void AskPackages(WorldMaker& maker, const Filled& filled, Tally& tally) {
  const auto request = MakeRequest<v1::RankPackagesRequest>(maker);
  auto found =
      RankPackages(filled.index.snapshot(), WishOf(request), request.limit());
  ASSERT_THAT(found, IsOk());
  ClearOrigin(*found);
  for (v1::Package& package : *found->mutable_packages()) Clear(package);
  const v1::RankPackagesResponse expected =
      BruteForcePackages(filled.world, request);
  ++tally.requests;
  for (const v1::Package& package : expected.packages()) {
    ++(package.missing().empty() ? tally.complete : tally.partial);
  }
  if (found->SerializeAsString() == expected.SerializeAsString()) return;
  if (++tally.differences > 2) return;
  ADD_FAILURE() << "request " << request.DebugString() << "\nfound "
                << found->DebugString() << "\nexpected "
                << expected.DebugString();
}

void AskRegions(WorldMaker& maker, const Filled& filled, Tally& tally) {
  auto request = MakeRequest<v1::RankRegionsRequest>(maker);
  request.set_level(static_cast<v1::RegionLevel>(maker.dice().Between(0, 2)));
  auto found = RankRegions(filled.index.snapshot(), WishOf(request),
                           request.level(), request.limit());
  ASSERT_THAT(found, IsOk());
  ClearOrigin(*found);
  for (v1::RankedRegion& region : *found->mutable_regions()) {
    Clear(*region.mutable_best_package());
  }
  const v1::RankRegionsResponse expected =
      BruteForceRegions(filled.world, request);
  ++tally.requests;
  tally.regions += expected.regions_size();
  if (found->SerializeAsString() == expected.SerializeAsString()) return;
  if (++tally.differences > 2) return;
  ADD_FAILURE() << "request " << request.DebugString() << "\nfound "
                << found->DebugString() << "\nexpected "
                << expected.DebugString();
}

class PackageOracleTest : public ::testing::TestWithParam<Flavour> {};

TEST_P(PackageOracleTest, RandomWorldsGiveTheSamePackagesAsByBruteForce) {
  Tally tally;
  for (uint64_t i = 0; i < kWorldsPerFlavour; ++i) {
    const uint64_t seed = i * kFlavours + static_cast<uint64_t>(GetParam());
    WorldMaker maker(seed, GetParam());
    Filled filled;
    Fill(
        maker, GetParam() == Flavour::kEmpty, {1, 3, 8, 16},
        [&](int id) { return maker.Home(id); }, filled);
    for (int request = 0; request < kRequestsPerWorld; ++request) {
      AskPackages(maker, filled, tally);
    }
    AskRegions(maker, filled, tally);
  }
  std::cout << "package oracle: " << kWorldsPerFlavour << " worlds, "
            << tally.requests << " requests, " << tally.differences
            << " differences; " << tally.complete << " complete and "
            << tally.partial << " partial packages, " << tally.regions
            << " regions\n";
  EXPECT_EQ(tally.differences, 0);
}

// What lies up to 45 km off the middle of a world, within 3 km of it.
void Gather(type::v1::LatLng& point) {
  constexpr double kSmaller = 15;
  point.set_latitude(51.5 + (point.latitude() - 51.5) / kSmaller);
  point.set_longitude(13.5 + (point.longitude() - 13.5) / kSmaller);
}
housing::v1::Home InOneTown(housing::v1::Home home) {
  type::v1::Place& place = *home.mutable_place();
  if (place.has_location()) Gather(*place.mutable_location());
  if (place.resolved().has_location()) {
    Gather(*place.mutable_resolved()->mutable_location());
  }
  return home;
}

// So many homes near each other that cells of them are parted.
TEST(PackageOracleManyHomesTest, CellsOfManyHomesGiveTheSame) {
  Tally tally;
  for (uint64_t seed = 0; seed < kWorldsOfManyHomes; ++seed) {
    WorldMaker maker(seed, Flavour::kAllMatch);
    Filled filled;
    Fill(
        maker, false, {150}, [&](int id) { return InOneTown(maker.Home(id)); },
        filled);
    AskPackages(maker, filled, tally);
    AskRegions(maker, filled, tally);
  }
  std::cout << "package oracle: " << kWorldsOfManyHomes << " worlds of 150 "
            << "homes, " << tally.requests << " requests, " << tally.differences
            << " differences\n";
  EXPECT_EQ(tally.differences, 0);
}

INSTANTIATE_TEST_SUITE_P(Worlds, PackageOracleTest,
                         Values(Flavour::kUsual, Flavour::kTies,
                                Flavour::kOnePoint, Flavour::kNoMatch,
                                Flavour::kAllMatch, Flavour::kExtremes,
                                Flavour::kUnknown, Flavour::kEmpty));

}  // namespace
}  // namespace heimweg::matching::testing
