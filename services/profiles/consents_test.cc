#include "services/profiles/consents.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/offers/common_rules.h"
#include "services/profiles/testing/profile_world.h"
#include "services/server/caller.h"

namespace heimweg::profiles {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const absl::Time kNow = absl::FromUnixSeconds(1'000);

v1::Profile AProfile(const std::string& text) {
  return Parse<v1::Profile>(text);
}

std::string AConsent(const std::string& purpose, const std::string& network,
                     int expire_seconds) {
  return "consents { purpose: CONSENT_PURPOSE_" + purpose + " network: '" +
         network +
         "' expire_time { seconds: " + std::to_string(expire_seconds) + " } }";
}

TEST(MaySee, OnlyTheNetworksOfAConsentInForce) {
  const v1::Profile profile =
      AProfile(AConsent("MATCHING", "networks/a", 1'001) +
               AConsent("CONTACT", "networks/b", 1'001) +
               AConsent("MATCHING", "networks/c", 1'000) +
               AConsent("DIGEST", "networks/d", 1'001));
  EXPECT_TRUE(MaySee(profile, "networks/a", kNow));
  EXPECT_TRUE(MaySee(profile, "networks/b", kNow));
  EXPECT_FALSE(MaySee(profile, "networks/c", kNow)) << "has ended";
  EXPECT_FALSE(MaySee(profile, "networks/d", kNow)) << "for digests only";
  EXPECT_FALSE(MaySee(profile, "networks/e", kNow));
}

TEST(MaySee, EveryNetworkIfTheConsentIsForAll) {
  const v1::Profile profile =
      AProfile(AConsent("MATCHING", "networks/-", 1'001));
  EXPECT_TRUE(MaySee(profile, "networks/a", kNow));
  EXPECT_FALSE(MaySee(profile, "networks/a", kNow + absl::Seconds(1)));
}

TEST(MaySee, TheCreatorsNetworkAsLongAsThereIsNoConsentInForce) {
  const std::string creator = "creator: 'networks/a/clients/app'";
  EXPECT_TRUE(MaySee(AProfile(creator), "networks/a", kNow));
  EXPECT_FALSE(MaySee(AProfile(creator), "networks/b", kNow));
  const v1::Profile elsewhere =
      AProfile(creator + AConsent("MATCHING", "networks/b", 1'001));
  EXPECT_FALSE(MaySee(elsewhere, "networks/a", kNow));
  EXPECT_TRUE(MaySee(elsewhere, "networks/a", kNow + absl::Seconds(1)));
}

TEST(CreatorName, NamesTheNetworkIfTheCallerIsBoundToOne) {
  server::Caller caller;
  caller.id = "app-7";
  EXPECT_EQ(CreatorName(caller), "app-7");
  EXPECT_FALSE(MaySee(AProfile("creator: 'app-7'"), "networks/a", kNow));
  caller.network = "a";
  EXPECT_EQ(CreatorName(caller), "networks/a/clients/app-7");
}

TEST(NetworkTerms, AreThoseUnderWhichANetworkLooks) {
  EXPECT_THAT(NetworkTerms(AProfile("creator: 'operator'")), IsEmpty());
  EXPECT_THAT(NetworkTerms(AProfile("creator: 'networks/a/clients/app'" +
                                    AConsent("MATCHING", "networks/b", 1) +
                                    AConsent("CONTACT", "networks/-", 1) +
                                    AConsent("DIGEST", "networks/d", 1))),
              UnorderedElementsAre("networks/a", "networks/b", "networks/-"));
  EXPECT_THAT(VisibleTo("networks/b"),
              UnorderedElementsAre("networks/b", "networks/-"));
}

TEST(AddConsent, EndsAYearLaterUnlessItSaysWhen) {
  const absl::Time leap_day = absl::FromCivil(
      absl::CivilSecond(2028, 2, 29, 10, 0, 0), absl::UTCTimeZone());
  v1::Profile core;
  v1::Consent consent;
  consent.set_id("chosen by the client");
  AddConsent(consent, "c1", leap_day, core);
  consent.mutable_expire_time()->set_seconds(7);
  AddConsent(consent, "c2", leap_day, core);

  ASSERT_EQ(core.consents_size(), 2);
  EXPECT_EQ(core.consents(0).id(), "c1");
  EXPECT_EQ(offers::ToTime(core.consents(0).grant_time()), leap_day);
  EXPECT_EQ(offers::ToTime(core.consents(0).expire_time()),
            absl::FromCivil(absl::CivilSecond(2029, 3, 1, 10, 0, 0),
                            absl::UTCTimeZone()));
  EXPECT_EQ(core.consents(1).expire_time().seconds(), 7);
}

TEST(RemoveConsent, TakesTheOneWithTheId) {
  v1::Profile core = AProfile("consents { id: 'a' } consents { id: 'b' }");
  EXPECT_FALSE(RemoveConsent("c", core));
  EXPECT_TRUE(RemoveConsent("a", core));
  ASSERT_EQ(core.consents_size(), 1);
  EXPECT_EQ(core.consents(0).id(), "b");
}

}  // namespace
}  // namespace heimweg::profiles
