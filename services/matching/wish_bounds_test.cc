// Property tests: no household that fits a home or a contact is left out by
// what is known of it beforehand, most who do not fit are, and the scores that
// are known are right.
#include "services/matching/wish_bounds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/matching/home_gates.h"
#include "services/matching/index.h"
#include "services/matching/testing/feeding.h"
#include "services/matching/testing/world.h"
#include "services/matching/two_sides.h"
#include "tests/support/sanitized.h"

namespace heimweg::matching::testing {
namespace {

constexpr int kOffers = 12;
constexpr int kAskers = 60;
constexpr uint64_t kSeedsOfAFlavour = heimweg::testing::Cases(25);

struct Visits {
  int64_t asked = 0;
  int64_t looked_at = 0;
  int64_t known = 0;  // scores of those
  int64_t fitting = 0;
};

void PutHouseholds(WorldMaker& maker, Index& index) {
  profiles::v1::WatchProfilesResponse response;
  for (int i = 0; i < kAskers; ++i) {
    profiles::v1::Profile profile = maker.Profile(kOffers);
    profile.set_name(absl::StrCat("profiles/h", i));
    profile.mutable_notifications()->set_enabled(maker.dice().Percent(70));
    profile.mutable_notifications()->set_threshold_millionths(
        static_cast<int32_t>(maker.dice().OneOf({0, 300'000, 500'000})));
    *response.add_changes()->mutable_profile() = std::move(profile);
  }
  response.set_complete(true);
  response.set_revision(1);
  index.Apply(response);
}

std::vector<std::string> PutOffers(WorldMaker& maker, Index& index) {
  std::vector<std::string> names;
  Feeding<housing::v1::WatchHomesResponse> homes(index);
  Feeding<contacts::v1::WatchContactsResponse> contacts(index);
  for (int id = 0; id < kOffers; ++id) {
    const housing::v1::Home home = maker.Home(id);
    names.push_back(home.name());
    homes.Put(home);
    const contacts::v1::Contact contact = maker.Contact(id);
    names.push_back(contact.name());
    contacts.Put(contact);
  }
  homes.Apply();
  contacts.Apply();
  return names;
}

// Who is looked at, and who has to be: those for whom the score is enough.
void ExpectNobodyIsLeftOut(const Snapshot& snapshot, const std::string& offer,
                           int32_t least, bool told, Visits& visits) {
  const auto side =
      OfferSide::Of(snapshot, offer, absl::FromUnixSeconds(kWorldNow));
  ASSERT_NE(side, nullptr) << offer;
  std::vector<std::string> looked_at;
  side->VisitCandidates(
      least, told,
      [&](const StoredWish& wish, const std::optional<TwoScores>& known) {
        looked_at.push_back(wish.core->name());
        if (!known) return true;
        ++visits.known;
        const auto sides = side->Score(*wish.core, 0);
        EXPECT_TRUE(sides) << offer << " " << wish.core->DebugString();
        if (!sides) return true;
        EXPECT_EQ(known->offer, sides->offer_score) << offer;
        EXPECT_EQ(known->household, sides->match.score_millionths()) << offer;
        EXPECT_GE(known->lower(), least);
        return true;
      });
  visits.looked_at += static_cast<int64_t>(looked_at.size());
  snapshot.profiles->VisitWishes([&](const StoredWish& wish) {
    if (told && !wish.settings.told) return;
    ++visits.asked;
    const int32_t needed =
        told ? std::max(least, wish.settings.threshold) : least;
    if (!side->Score(*wish.core, needed)) return;
    ++visits.fitting;
    EXPECT_EQ(std::count(looked_at.begin(), looked_at.end(), wish.core->name()),
              1)
        << offer << " " << least << " " << wish.core->DebugString();
  });
}

class WishBoundsTest : public ::testing::TestWithParam<Flavour> {};

TEST_P(WishBoundsTest, NobodyWhoFitsIsLeftOut) {
  Visits visits;
  for (uint64_t seed = 0; seed < kSeedsOfAFlavour; ++seed) {
    WorldMaker maker(seed * kFlavours + static_cast<uint64_t>(GetParam()),
                     GetParam());
    Index index(IndexOptions{false, 8});
    const std::vector<std::string> offers = PutOffers(maker, index);
    PutHouseholds(maker, index);
    const Snapshot snapshot = index.snapshot();
    for (const std::string& offer : offers) {
      const auto least = static_cast<int32_t>(
          maker.dice().OneOf({0, 300'000, 450'000, 600'000, 800'000}));
      ExpectNobodyIsLeftOut(snapshot, offer, least, false, visits);
      ExpectNobodyIsLeftOut(snapshot, offer, 0, true, visits);
    }
    if (HasFailure()) break;
  }
  EXPECT_GT(visits.fitting, 0);
  EXPECT_GE(visits.looked_at, visits.fitting);
  EXPECT_GT(visits.known, 0);
  EXPECT_LE(visits.known, visits.fitting);
  EXPECT_LT(visits.looked_at, visits.asked);
}

// Of all wishes those that each way leaves.
void ExpectSameLeft(const Snapshot& snapshot, const HomeWishBound& bound,
                    int32_t least, bool told) {
  for (const auto& chunk : snapshot.profiles->table().chunks()) {
    ChunkBits at_once = chunk->used;
    ChunkBits one_by_one = chunk->used;
    chunk->homes.LeaveOut(bound.gated(), least, told, at_once);
    chunk->homes.LeaveOutOneByOne(bound.gated(), least, told, one_by_one);
    EXPECT_EQ(at_once, one_by_one) << least << " " << told;
  }
}

// What is known without the wish is what all its facts say.
void ExpectSameScores(const Snapshot& snapshot, HomeWishBound& bound,
                      int32_t least, Visits& visits) {
  for (const auto& chunk : snapshot.profiles->table().chunks()) {
    ChunkBits left = chunk->used;
    bound.Gate(*chunk, least, /*told=*/false, left);
    for (size_t at = 0; at < kChunkSlots; ++at) {
      if ((left[at / 64] >> (at % 64) & 1) == 0) continue;
      ++visits.looked_at;
      if (!bound.Knows(*chunk, at)) continue;
      ++visits.known;
      const auto of_key = bound.ScoresOf(chunk->home_keys[at], least);
      std::optional<TwoScores> of_wish;
      const bool may = bound.MayReach(*chunk->wishes[at], least, of_wish);
      const std::string wish = chunk->wishes[at]->core->DebugString();
      ASSERT_EQ(of_key.has_value(), may) << least << wish;
      if (!may) continue;
      ++visits.fitting;
      ASSERT_TRUE(of_wish) << wish;
      EXPECT_EQ(of_key->household, of_wish->household) << wish;
      EXPECT_EQ(of_key->offer, of_wish->offer) << wish;
    }
  }
}

TEST_P(WishBoundsTest, ProcessorsThatCompareManyAtOnceFindTheSame) {
  Visits visits;
  for (uint64_t seed = 0; seed < kSeedsOfAFlavour; ++seed) {
    WorldMaker maker(seed * kFlavours + static_cast<uint64_t>(GetParam()),
                     GetParam());
    Index index(IndexOptions{false, 8});
    PutOffers(maker, index);
    PutHouseholds(maker, index);
    const Snapshot snapshot = index.snapshot();
    const auto& homes = *snapshot.homes;
    for (size_t segment = 0; segment < homes.segments.size(); ++segment) {
      const auto rows = static_cast<uint32_t>(
          homes.segments[segment].segment->columns.rows());
      for (uint32_t row = 0; row < rows; ++row) {
        HomeWishBound bound(homes, segment, row, kWorldNow);
        for (const int32_t least : {0, 300'000, 500'000, 700'000}) {
          ExpectSameLeft(snapshot, bound, least, false);
          ExpectSameLeft(snapshot, bound, least, true);
          ExpectSameScores(snapshot, bound, least, visits);
        }
      }
    }
    if (HasFailure()) break;
  }
  // Both ways are taken.
  EXPECT_GT(visits.known, 0);
  EXPECT_GT(visits.fitting, 0);
  EXPECT_LT(visits.known, visits.looked_at);
}

INSTANTIATE_TEST_SUITE_P(Worlds, WishBoundsTest,
                         ::testing::Values(Flavour::kUsual, Flavour::kTies,
                                           Flavour::kOnePoint,
                                           Flavour::kExtremes,
                                           Flavour::kUnknown));

}  // namespace
}  // namespace heimweg::matching::testing
