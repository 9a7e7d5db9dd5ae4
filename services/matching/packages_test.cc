#include "services/matching/packages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/matching/index.h"
#include "services/matching/package_rules.h"
#include "services/matching/testing/feeding.h"
#include "services/server/errors.h"
#include "tests/support/status_matchers.h"

namespace heimweg::matching {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using testing::FeedingContacts;
using testing::FeedingHomes;
using testing::FeedingJobs;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int64_t kPackagesNow = 1'800'000'000;

template <typename Offer>
Offer AnOffer(const std::string& name, double latitude) {
  Offer offer;
  offer.set_name("networks/n/" + name);
  offer.set_state(type::v1::OFFER_STATE_PUBLISHED);
  offer.mutable_place()->mutable_resolved()->mutable_location()->set_latitude(
      latitude);
  offer.mutable_place()->mutable_resolved()->mutable_location()->set_longitude(
      13.5);
  offer.mutable_place()->mutable_resolved()->set_ags("12062124");
  return offer;
}

housing::v1::Home AHome(const std::string& id, double latitude = 51.5) {
  return AnOffer<housing::v1::Home>("homes/" + id, latitude);
}
jobs::v1::Job AJob(const std::string& id, const std::string& kldb,
                   double latitude = 51.5) {
  auto job = AnOffer<jobs::v1::Job>("jobs/" + id, latitude);
  job.add_occupations()->set_kldb_code(kldb);
  return job;
}
contacts::v1::Contact AContact(const std::string& id,
                               contacts::v1::ContactType type) {
  auto contact = AnOffer<contacts::v1::Contact>("contacts/" + id, 51.5);
  contact.set_contact_type(type);
  return contact;
}

void AddAdult(const std::string& id, const std::string& kldb,
              profiles::v1::Profile& profile) {
  profiles::v1::Adult& adult = *profile.add_adults();
  adult.set_id(id);
  adult.set_seeks_job(true);
  adult.add_occupations()->set_kldb_code(kldb);
}

// A nurse and a joiner, who want no people.
v1::RankPackagesRequest ARequest() {
  v1::RankPackagesRequest request;
  AddAdult("anna", "81302", *request.mutable_inline_profile());
  AddAdult("ben", "22342", *request.mutable_inline_profile());
  request.mutable_evaluation_time()->set_seconds(kPackagesNow);
  request.mutable_part_weights()->set_people(0);
  return request;
}

class PackagesTest : public ::testing::Test {
 protected:
  void Put(const std::vector<housing::v1::Home>& homes,
           const std::vector<jobs::v1::Job>& jobs,
           const std::vector<contacts::v1::Contact>& contacts = {}) {
    FeedingHomes home_feed(index_);
    for (const auto& home : homes) home_feed.Put(home);
    home_feed.Apply();
    FeedingJobs job_feed(index_);
    for (const auto& job : jobs) job_feed.Put(job);
    job_feed.Apply();
    FeedingContacts contact_feed(index_);
    for (const auto& contact : contacts) contact_feed.Put(contact);
    contact_feed.Apply();
  }

  std::vector<v1::Package> Rank(const v1::RankPackagesRequest& request) {
    const auto wish =
        CompilePackageWish(PackageQuestionOf(request), request.inline_profile(),
                           absl::UnixEpoch());
    EXPECT_THAT(wish, IsOk());
    if (!wish.ok()) return {};
    const auto ranked = RankPackages(index_.snapshot(), *wish, 10);
    EXPECT_THAT(ranked, IsOk());
    if (!ranked.ok()) return {};
    return {ranked->packages().begin(), ranked->packages().end()};
  }

  static std::vector<std::string> Offers(const v1::Package& package) {
    std::vector<std::string> offers;
    for (const v1::PackagePart& part : package.parts()) {
      offers.push_back(part.match().offer().substr(sizeof("networks/n/") - 1));
    }
    return offers;
  }

  Index index_{IndexOptions{false, 8}};
};

TEST_F(PackagesTest, EachAdultGetsTheJobThatSuits) {
  Put({AHome("h")}, {AJob("joiner", "22342"), AJob("nurse", "81302")});
  const std::vector<v1::Package> packages = Rank(ARequest());
  ASSERT_THAT(packages, SizeIs(1));
  EXPECT_THAT(Offers(packages[0]),
              ElementsAre("homes/h", "jobs/nurse", "jobs/joiner"));
  EXPECT_THAT(packages[0].missing(), IsEmpty());
}

TEST_F(PackagesTest, TwoAdultsNeverTakeTheSameJob) {
  v1::RankPackagesRequest request = ARequest();
  request.mutable_inline_profile()
      ->mutable_adults(1)
      ->mutable_occupations(0)
      ->set_kldb_code("81302");
  Put({AHome("h")}, {AJob("nurse", "81302"), AJob("other", "11101")});
  const std::vector<v1::Package> packages = Rank(request);
  ASSERT_THAT(packages, SizeIs(1));
  EXPECT_THAT(Offers(packages[0]),
              ElementsAre("homes/h", "jobs/nurse", "jobs/other"));
}

TEST_F(PackagesTest, APackageThatLacksAJobComesAfterACompleteOne) {
  // 51.9 is 44 km north, an hour's drive.
  Put({AHome("far", 51.9), AHome("near")},
      {AJob("joiner", "22342"), AJob("nurse", "81302"),
       AJob("second", "81302", 51.9)});
  v1::RankPackagesRequest request = ARequest();
  for (auto& adult : *request.mutable_inline_profile()->mutable_adults()) {
    adult.set_max_commute_minutes(30);
  }
  const std::vector<v1::Package> packages = Rank(request);
  ASSERT_THAT(packages, SizeIs(2));
  EXPECT_THAT(Offers(packages[0]),
              ElementsAre("homes/near", "jobs/nurse", "jobs/joiner"));
  EXPECT_THAT(Offers(packages[1]), ElementsAre("homes/far", "jobs/second"));
  ASSERT_THAT(packages[1].missing(), SizeIs(1));
  EXPECT_EQ(packages[1].missing(0).adult(), "ben");
}

TEST_F(PackagesTest, AMissingPartSaysWhatWouldHaveToGive) {
  jobs::v1::Job short_hours = AJob("short", "22342");
  short_hours.mutable_weekly_hours()->set_minimum(15);
  Put({AHome("h")},
      {AJob("nurse", "81302"), AJob("away", "22342", 51.9), short_hours});
  v1::RankPackagesRequest request = ARequest();
  profiles::v1::Adult& ben =
      *request.mutable_inline_profile()->mutable_adults(1);
  ben.set_max_commute_minutes(30);
  ben.mutable_weekly_hours()->set_minimum(30);
  ben.add_employment_types(jobs::v1::EMPLOYMENT_TYPE_EMPLOYEE);
  profiles::v1::Adult& anna =
      *request.mutable_inline_profile()->mutable_adults(0);
  anna.set_max_commute_minutes(30);
  const std::vector<v1::Package> packages = Rank(request);
  ASSERT_THAT(packages, SizeIs(1));
  // The nurse takes the short one, so that the joiner has one at all.
  ASSERT_THAT(packages[0].missing(), SizeIs(0));

  // Without that job ben's own are too far or too short.
  Put({}, {AJob("nurse", "81302", 48)});
  const std::vector<v1::Package> poorer = Rank(request);
  ASSERT_THAT(poorer, SizeIs(1));
  for (const v1::MissingPart& missing : poorer[0].missing()) {
    if (missing.adult() != "ben") continue;
    ASSERT_THAT(missing.required_relaxations(), SizeIs(2));
    EXPECT_EQ(missing.required_relaxations(0).constraint(),
              v1::CONSTRAINT_AREA);
    EXPECT_EQ(missing.required_relaxations(0).from(), "30");
    EXPECT_EQ(missing.required_relaxations(0).to(), "55");
    EXPECT_EQ(missing.required_relaxations(1).constraint(),
              v1::CONSTRAINT_HOURS);
    EXPECT_EQ(missing.required_relaxations(1).to(), "15-30");
  }
}

TEST_F(PackagesTest, AJobStandsInThreePackagesAndAHomeInOne) {
  v1::RankPackagesRequest request = ARequest();
  request.mutable_inline_profile()->mutable_adults()->RemoveLast();
  Put({AHome("a"), AHome("b"), AHome("c"), AHome("d")},
      {AJob("nurse", "81302"), AJob("other", "11101")});
  const std::vector<v1::Package> packages = Rank(request);
  ASSERT_THAT(packages, SizeIs(4));
  EXPECT_THAT(Offers(packages[0]), ElementsAre("homes/a", "jobs/nurse"));
  EXPECT_THAT(Offers(packages[2]), ElementsAre("homes/c", "jobs/nurse"));
  EXPECT_THAT(Offers(packages[3]), ElementsAre("homes/d", "jobs/other"));
}

TEST_F(PackagesTest, TheHomeHasToBeFreeAQuarterAfterTheStart) {
  v1::RankPackagesRequest request = ARequest();
  request.mutable_inline_profile()->mutable_adults()->RemoveLast();
  housing::v1::Home home = AHome("h");
  home.mutable_available_from()->set_year(2027);
  home.mutable_available_from()->set_month(8);
  home.mutable_available_from()->set_day(1);
  jobs::v1::Job in_time = AJob("in-time", "11101");
  in_time.mutable_start_date()->set_year(2027);
  in_time.mutable_start_date()->set_month(6);
  in_time.mutable_start_date()->set_day(1);
  jobs::v1::Job too_early = AJob("too-early", "81302");
  too_early.mutable_start_date()->set_year(2027);
  too_early.mutable_start_date()->set_month(4);
  too_early.mutable_start_date()->set_day(1);
  Put({home}, {in_time, too_early});
  const std::vector<v1::Package> packages = Rank(request);
  ASSERT_THAT(packages, SizeIs(1));
  EXPECT_THAT(Offers(packages[0]), ElementsAre("homes/h", "jobs/in-time"));
}

TEST_F(PackagesTest, EachChildGetsAPlaceThatTakesItsAge) {
  v1::RankPackagesRequest request = ARequest();
  profiles::v1::Profile& profile = *request.mutable_inline_profile();
  profile.clear_adults();
  for (const auto& [id, year] :
       {std::pair("c1", 2020), std::pair("c2", 2012)}) {
    profiles::v1::Child& child = *profile.add_children();
    child.set_id(id);
    child.set_birth_year(year);
    child.set_needs_school(true);
  }
  contacts::v1::Contact primary =
      AContact("primary", contacts::v1::CONTACT_TYPE_SCHOOL);
  primary.mutable_ages()->set_minimum_years(6);
  primary.mutable_ages()->set_maximum_years(10);
  contacts::v1::Contact secondary =
      AContact("secondary", contacts::v1::CONTACT_TYPE_SCHOOL);
  secondary.mutable_ages()->set_minimum_years(11);
  Put({AHome("h")}, {}, {primary, secondary});
  const std::vector<v1::Package> packages = Rank(request);
  ASSERT_THAT(packages, SizeIs(1));
  EXPECT_THAT(Offers(packages[0]),
              ElementsAre("homes/h", "contacts/primary", "contacts/secondary"));
}

TEST_F(PackagesTest, FiveWhoSeekAJobAreRefused) {
  v1::RankPackagesRequest request;
  for (const char* id : {"a", "b", "c", "d", "e"}) {
    AddAdult(id, "81302", *request.mutable_inline_profile());
  }
  EXPECT_THAT(CompilePackageWish(PackageQuestionOf(request),
                                 request.inline_profile(), absl::UnixEpoch()),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(PackagesTest, AWeightOutOfRangeIsNamed) {
  v1::RankPackagesRequest request = ARequest();
  request.mutable_part_weights()->set_home(0);
  request.mutable_part_weights()->set_people(11);
  const absl::Status status =
      CompilePackageWish(PackageQuestionOf(request), request.inline_profile(),
                         absl::UnixEpoch())
          .status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  const auto violations = server::ViolationsOf(status);
  ASSERT_THAT(violations, SizeIs(2));
  EXPECT_EQ(violations[0].field, "part_weights.home");
  EXPECT_EQ(violations[1].field, "part_weights.people");
}

TEST(PackageRules, TheWeakestLinkHalvesAtMost) {
  EXPECT_EQ(PackageScore({{1'000'000, 5}, {1'000'000, 5}}), 1'000'000);
  EXPECT_EQ(PackageScore({{1'000'000, 5}, {0, 5}}), 250'000);
  EXPECT_EQ(PackageScore({{800'000, 1}, {400'000, 3}}), 350'000);
  EXPECT_EQ(PackageScore({{800'000, 0}}), 0);
}

int32_t DayOf(int year, int month, int day) {
  return static_cast<int32_t>(absl::CivilDay(year, month, day) -
                              absl::CivilDay(1970, 1, 1));
}

TEST(PackageRules, TheNearestSchoolStartIsInsideTheMoveOrBesideIt) {
  const SchoolStart inside =
      NearestSchoolStart(DayOf(2027, 3, 1), DayOf(2027, 8, 1));
  EXPECT_EQ(inside.day, DayOf(2027, 8, 1));
  EXPECT_EQ(inside.days_beside, 0);
  const SchoolStart before =
      NearestSchoolStart(DayOf(2027, 8, 11), DayOf(2027, 10, 1));
  EXPECT_EQ(before.day, DayOf(2027, 8, 1));
  EXPECT_EQ(before.days_beside, 10);
  const SchoolStart after =
      NearestSchoolStart(DayOf(2027, 5, 1), DayOf(2027, 7, 30));
  EXPECT_EQ(after.day, DayOf(2027, 8, 1));
  EXPECT_EQ(after.days_beside, 2);
}

}  // namespace
}  // namespace heimweg::matching
