#include "clients/generator/generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "heimweg/type/v1/offer.pb.h"

namespace heimweg::generator {
namespace {

using ::testing::AllOf;
using ::testing::Gt;
using ::testing::Lt;

constexpr uint64_t kSeed = 7;

// FNV-1a, 64 bit.
uint64_t Hash(uint64_t hash, const std::string& bytes) {
  for (const char c : bytes) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return hash;
}

// Of the first thousand items of each kind.
uint64_t HashOfAll(const Generator& generator) {
  uint64_t hash = 0xcbf29ce484222325;
  for (int64_t i = 0; i < 1000; ++i) {
    hash = Hash(hash, generator.MakeJob(i).SerializeAsString());
    hash = Hash(hash, generator.MakeHome(i).SerializeAsString());
    hash = Hash(hash, generator.MakeContact(i).SerializeAsString());
    hash = Hash(hash, generator.MakeProfile(i).SerializeAsString());
  }
  return hash;
}

// A change of this number changes every bench: make it on purpose only.
TEST(GeneratorTest, EveryMachineAndReleaseMakesTheSameBytes) {
  EXPECT_EQ(HashOfAll(Generator(nullptr, kSeed)), 4511604708202626681u);
}

TEST(GeneratorTest, AnItemDoesNotDependOnWhatWasMadeBefore) {
  const Generator one(nullptr, kSeed);
  const Generator other(nullptr, kSeed);
  for (int64_t i = 0; i < 20; ++i) {
    EXPECT_EQ(one.MakeJob(i).SerializeAsString(),
              other.MakeJob(i).SerializeAsString());
    other.MakeProfile(20 - i);
  }
  EXPECT_EQ(one.MakeProfile(1'000'000'000'000).SerializeAsString(),
            other.MakeProfile(1'000'000'000'000).SerializeAsString());
}

TEST(GeneratorTest, SeedsAndIndexesGiveDifferentItems) {
  const Generator seven(nullptr, 7);
  const Generator eight(nullptr, 8);
  int same_title = 0;
  std::set<std::string> descriptions;
  for (int64_t i = 0; i < 200; ++i) {
    const jobs::v1::Job job = seven.MakeJob(i);
    same_title += job.title() == eight.MakeJob(i).title() ? 1 : 0;
    descriptions.insert(job.description());
    EXPECT_NE(job.external_id(), eight.MakeJob(i).external_id());
  }
  EXPECT_THAT(same_title, Lt(40));
  EXPECT_THAT(descriptions.size(), Gt(190u));
}

TEST(GeneratorTest, OffersAreSplitWithoutARest) {
  const OfferCounts counts = SplitOffers(1'000'001);
  EXPECT_EQ(counts.jobs, 600'000);
  EXPECT_EQ(counts.homes, 250'000);
  EXPECT_EQ(counts.contacts, 150'001);
  EXPECT_EQ(SplitOffers(1).contacts, 1);
}

TEST(GeneratorTest, NamesCarryTheNetworkSeedAndIndex) {
  GeneratorOptions options;
  options.network = "n1";
  const Generator generator(nullptr, kSeed, options);
  EXPECT_EQ(generator.MakeJob(3).name(), "networks/n1/jobs/g7-3");
  EXPECT_EQ(generator.MakeHome(3).name(), "networks/n1/homes/g7-3");
  EXPECT_EQ(generator.MakeContact(3).name(), "networks/n1/contacts/g7-3");
  EXPECT_EQ(generator.MakeProfile(3).name(), "profiles/g7-3");
}

TEST(GeneratorTest, OutputOnlyFieldsAreSetOnlyAsAServiceStoresThem) {
  GeneratorOptions options;
  options.as_stored = true;
  const Generator stored(nullptr, kSeed, options);
  const Generator plain(nullptr, kSeed);
  for (int64_t i = 0; i < 100; ++i) {
    const jobs::v1::Job job = stored.MakeJob(i);
    EXPECT_TRUE(job.has_update_time());
    EXPECT_EQ(job.place().resolved().ags(), job.place().ags());
    EXPECT_EQ(job.place().resolved().location().latitude(),
              job.place().location().latitude());
    EXPECT_TRUE(stored.MakeProfile(i).anchors(0).place().has_resolved());
    EXPECT_FALSE(plain.MakeJob(i).has_update_time());
    EXPECT_FALSE(plain.MakeHome(i).place().has_resolved());
    EXPECT_FALSE(plain.MakeProfile(i).anchors(0).place().has_resolved());
  }
}

TEST(GeneratorTest, FactsAreUnknownInSomeOffersOnly) {
  const Generator generator(nullptr, kSeed);
  int hours = 0, salary = 0, start = 0, rooms = 0, rent = 0, rented = 0;
  int published = 0, open = 0;
  constexpr int kItems = 5'000;
  for (int64_t i = 0; i < kItems; ++i) {
    const jobs::v1::Job job = generator.MakeJob(i);
    hours += job.has_weekly_hours();
    salary += job.has_salary();
    start += job.has_start_date();
    published += job.state() == type::v1::OFFER_STATE_PUBLISHED;
    open += job.visibility() == type::v1::VISIBILITY_PUBLIC;
    const housing::v1::Home home = generator.MakeHome(i);
    if (home.tenure() != housing::v1::TENURE_RENT) continue;
    ++rented;
    rent += home.has_monthly_warm_rent_cents();
    rooms += home.has_rooms();
  }
  for (const int known : {hours, salary, start}) {
    EXPECT_THAT(known, AllOf(Gt(kItems * 0.72), Lt(kItems * 0.92)));
  }
  for (const int known : {rooms, rent}) {
    EXPECT_THAT(known, AllOf(Gt(rented * 0.75), Lt(rented * 0.92)));
  }
  EXPECT_THAT(rented, AllOf(Gt(kItems * 0.55), Lt(kItems * 0.7)));
  EXPECT_THAT(published, AllOf(Gt(kItems * 0.9), Lt(kItems * 0.96)));
  EXPECT_THAT(open, AllOf(Gt(kItems * 0.88), Lt(kItems * 0.96)));
}

TEST(GeneratorTest, HouseholdsFindJobsThatShareTheirOccupationAndSkills) {
  const Generator offers(nullptr, 1);
  const Generator people(nullptr, 2);
  std::map<std::string, int> groups;
  for (int64_t i = 0; i < 3'000; ++i) {
    ++groups[offers.MakeJob(i).occupations(0).kldb_code().substr(0, 3)];
  }
  int found = 0;
  constexpr int kPeople = 300;
  for (int64_t i = 0; i < kPeople; ++i) {
    const profiles::v1::Profile person = people.MakeProfile(i);
    found +=
        groups[person.adults(0).occupations(0).kldb_code().substr(0, 3)] >= 5;
  }
  EXPECT_THAT(found, Gt(kPeople * 0.85));
}

}  // namespace
}  // namespace heimweg::generator
