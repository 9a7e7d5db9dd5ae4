// Property tests: in random worlds the returnees of an offer are those for whom
// ranking every household by brute force ranks it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/matching/index.h"
#include "services/matching/returnees.h"
#include "services/matching/testing/brute_force_oracle.h"
#include "services/matching/testing/esco_world.h"
#include "services/matching/testing/feeding.h"
#include "services/matching/testing/world.h"
#include "tests/support/sanitized.h"
#include "tests/support/status_matchers.h"

namespace heimweg::matching::testing {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using profiles::v1::Profile;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::Values;

constexpr uint64_t kWorldsPerFlavour = heimweg::testing::Cases(60);
constexpr int kHouseholds = 15;
constexpr int kAsked = 5;
constexpr int64_t kReturneesNow = 1'800'000'000;
using Profiles = std::map<std::string, Profile>;

void AddConsents(Dice& dice, Profile& profile) {
  if (dice.Percent(30)) {
    profile.set_creator(
        absl::StrCat("networks/n", dice.Between(0, 2), "/clients/app"));
  }
  for (int64_t i = dice.OneOf({0, 1, 1, 2}); i > 0; --i) {
    profiles::v1::Consent& consent = *profile.add_consents();
    consent.set_purpose(
        static_cast<profiles::v1::ConsentPurpose>(dice.Between(1, 3)));
    consent.set_network(dice.Percent(25)
                            ? "networks/-"
                            : absl::StrCat("networks/n", dice.Between(0, 2)));
    consent.mutable_expire_time()->set_seconds(
        kReturneesNow + dice.OneOf({-1, 0, 1, 1'000'000}));
  }
}

struct Filled {
  explicit Filled(std::shared_ptr<const Taxonomy> taxonomy)
      : index(IndexOptions{false, 8}, std::move(taxonomy)) {}

  Index index;
  World world;
  Profiles profiles;
};

template <typename Response, typename Offers, typename Make>
void Fill(int count, Make make, Index& index, Offers& offers) {
  Feeding<Response> feeding(index);
  for (int id = 0; id < count; ++id) {
    const auto offer = make(id);
    offers[offer.name()] = offer;
    feeding.Put(offer);
    if (id % 4 == 0) feeding.Apply();
  }
  feeding.Apply();
}

void FillAll(WorldMaker& maker, Filled& filled) {
  constexpr int kOffers = 12;
  Fill<jobs::v1::WatchJobsResponse>(
      kOffers, [&](int id) { return maker.Job(id); }, filled.index,
      filled.world.jobs);
  Fill<housing::v1::WatchHomesResponse>(
      kOffers, [&](int id) { return maker.Home(id); }, filled.index,
      filled.world.homes);
  Fill<contacts::v1::WatchContactsResponse>(
      kOffers, [&](int id) { return maker.Contact(id); }, filled.index,
      filled.world.contacts);
  profiles::v1::WatchProfilesResponse response;
  // Those that were there before: some change, the others are erased.
  for (int i = 0; i < 2 * kHouseholds; ++i) {
    Profile profile = maker.Profile(kOffers);
    profile.set_name(absl::StrCat("profiles/p", i));
    *response.add_changes()->mutable_profile() = profile;
  }
  response.set_complete(true);
  response.set_revision(1);
  filled.index.Apply(response);
  response.Clear();
  for (int i = kHouseholds; i < 2 * kHouseholds; ++i) {
    response.add_changes()->set_deleted_name(absl::StrCat("profiles/p", i));
  }
  for (int i = 0; i < kHouseholds; ++i) {
    Profile profile = maker.Profile(kOffers);
    profile.set_name(absl::StrCat("profiles/p", i));
    if (maker.dice().Percent(20)) {
      for (auto& adult : *profile.mutable_adults()) adult.set_seeks_job(false);
    }
    AddConsents(maker.dice(), profile);
    filled.profiles[profile.name()] = profile;
    *response.add_changes()->mutable_profile() = profile;
  }
  response.set_complete(true);
  response.set_revision(2);
  filled.index.Apply(response);
}

// The rule of visibility, told anew.
bool Sees(const Profile& profile, const std::string& network) {
  bool any = false;
  for (const profiles::v1::Consent& consent : profile.consents()) {
    if (consent.expire_time().seconds() <= kReturneesNow) continue;
    if (consent.purpose() == profiles::v1::CONSENT_PURPOSE_DIGEST) continue;
    any = true;
    if (consent.network() == "networks/-" || consent.network() == network) {
      return true;
    }
  }
  return !any && profile.creator().rfind(network + "/clients/", 0) == 0;
}

// What the household is worth to the offer.
int64_t OfferSide(const v1::Match& match) {
  const std::map<v1::Feature, int64_t> weights = {
      {v1::FEATURE_OCCUPATION, 6}, {v1::FEATURE_SKILLS, 6},
      {v1::FEATURE_HOURS, 3},      {v1::FEATURE_DATES, 3},
      {v1::FEATURE_PRICE, 5},      {v1::FEATURE_SPACE, 4},
      {v1::FEATURE_PEOPLE, 6}};
  int64_t sum = 0;
  int64_t of = 0;
  for (const v1::FeatureScore& score : match.features()) {
    const auto weight = weights.find(score.feature());
    if (weight == weights.end()) continue;
    sum += weight->second * score.value_millionths();
    of += weight->second;
  }
  return sum / of;
}

// score, household's, offer's, adult, by order of the answer.
using Row = std::tuple<int64_t, int64_t, std::string, int64_t, std::string>;

std::vector<Row> Expected(const Filled& filled,
                          const v1::RankReturneesRequest& request,
                          type::v1::OfferKind kind) {
  std::vector<Row> rows;
  for (const auto& [name, profile] : filled.profiles) {
    if (!Sees(profile, request.network())) continue;
    const bool seeks = std::any_of(
        profile.adults().begin(), profile.adults().end(),
        [](const profiles::v1::Adult& adult) { return adult.seeks_job(); });
    if (kind == type::v1::OFFER_KIND_JOB && !seeks) continue;
    v1::RankOffersRequest ranking;
    *ranking.mutable_inline_profile() = profile;
    ranking.set_kind(kind);
    ranking.set_view(v1::MATCH_VIEW_FULL);
    ranking.set_limit(1'000);
    ranking.mutable_evaluation_time()->set_seconds(kReturneesNow);
    const v1::RankOffersResponse ranked = BruteForceRank(filled.world, ranking);
    for (const v1::Match& match : ranked.matches()) {
      if (match.offer() != request.offer()) continue;
      const int64_t own = match.score_millionths();
      const int64_t other = OfferSide(match);
      if (std::min(own, other) < request.threshold_millionths()) continue;
      rows.emplace_back(-std::min(own, other), -own, name, other,
                        match.adult());
    }
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::vector<Row> Found(const v1::RankReturneesResponse& response) {
  std::vector<Row> rows;
  for (const v1::RankedReturnee& returnee : response.returnees()) {
    rows.emplace_back(-returnee.score_millionths(),
                      -returnee.match().score_millionths(), returnee.profile(),
                      returnee.offer_score_millionths(),
                      returnee.match().adult());
  }
  return rows;
}

struct Tally {
  int asked = 0;
  int64_t returnees = 0;
};

template <typename Offers>
void Ask(Dice& dice, const Filled& filled, const Offers& offers,
         type::v1::OfferKind kind, Tally& tally) {
  int left = kAsked;
  for (const auto& [name, offer] : offers) {
    if (left-- == 0) return;
    v1::RankReturneesRequest request;
    request.set_offer(name);
    request.set_network(absl::StrCat("networks/n", dice.Between(0, 2)));
    request.set_threshold_millionths(static_cast<int>(
        dice.OneOf({0, 300'000, 500'000, 600'000, 700'000, 1'000'000})));
    request.mutable_evaluation_time()->set_seconds(kReturneesNow);
    request.set_limit(1'000);
    server::FieldChecks checks;
    const auto response =
        RankReturnees(filled.index.snapshot(),
                      ReturneesQuestionOf(request, absl::UnixEpoch(), checks));
    ASSERT_TRUE(checks.ok());
    ASSERT_THAT(response, IsOk());
    const std::vector<Row> expected = Expected(filled, request, kind);
    ++tally.asked;
    tally.returnees += static_cast<int64_t>(expected.size());
    ASSERT_EQ(Found(*response), expected) << request.DebugString();
    ASSERT_EQ(response->eligible_profiles(),
              static_cast<int64_t>(expected.size()));
  }
}

class ReturneesOracleTest : public ::testing::TestWithParam<Flavour> {};

TEST_P(ReturneesOracleTest, AnOfferFindsThoseWhoWouldFindIt) {
  Tally tally;
  for (uint64_t i = 0; i < kWorldsPerFlavour; ++i) {
    WorldMaker maker(i * kFlavours + static_cast<uint64_t>(GetParam()),
                     GetParam());
    // ESCO is imported in every other world.
    const bool imported = i % 2 == 1;
    Filled filled(imported ? EngineTaxonomy(SmallEsco())
                           : std::make_shared<const Taxonomy>());
    if (imported) filled.world.esco = OracleSkills(SmallEsco());
    FillAll(maker, filled);
    Ask(maker.dice(), filled, filled.world.jobs, type::v1::OFFER_KIND_JOB,
        tally);
    Ask(maker.dice(), filled, filled.world.homes, type::v1::OFFER_KIND_HOME,
        tally);
    Ask(maker.dice(), filled, filled.world.contacts,
        type::v1::OFFER_KIND_CONTACT, tally);
  }
  std::cout << "returnees oracle: " << kWorldsPerFlavour << " worlds, "
            << tally.asked << " offers, " << tally.returnees
            << " returnees, no difference\n";
}

INSTANTIATE_TEST_SUITE_P(Worlds, ReturneesOracleTest,
                         Values(Flavour::kUsual, Flavour::kTies,
                                Flavour::kOnePoint, Flavour::kAllMatch,
                                Flavour::kExtremes, Flavour::kUnknown));

TEST(ReturneesTest, AnOfferThatIsNotThereIsNotFound) {
  const Index index;
  v1::RankReturneesRequest request;
  request.set_offer("networks/n/jobs/none");
  server::FieldChecks checks;
  EXPECT_THAT(
      RankReturnees(index.snapshot(),
                    ReturneesQuestionOf(request, absl::UnixEpoch(), checks)),
      StatusIs(absl::StatusCode::kNotFound));
}

TEST(ReturneesTest, EveryWrongFieldIsNamed) {
  v1::RankReturneesRequest request;
  request.set_offer("jobs/none");
  request.set_threshold_millionths(-1);
  request.set_limit(1'001);
  request.mutable_evaluation_time()->set_seconds(-1);
  server::FieldChecks checks;
  ReturneesQuestionOf(request, absl::UnixEpoch(), checks);
  EXPECT_THAT(std::move(checks).Take(), SizeIs(4));
}

TEST(ReturneesTest, ANetworkThatIsNoneIsRefused) {
  v1::RankReturneesRequest request;
  request.set_offer("networks/n/jobs/j");
  for (const char* network : {"n", "networks/", "networks/-", "networks/a/b"}) {
    request.set_network(network);
    server::FieldChecks checks;
    ReturneesQuestionOf(request, absl::UnixEpoch(), checks);
    EXPECT_THAT(std::move(checks).Take(), SizeIs(1)) << network;
  }
}

}  // namespace
}  // namespace heimweg::matching::testing
