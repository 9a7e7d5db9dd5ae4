#include "services/matching/rank.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "services/matching/index.h"
#include "services/matching/testing/feeding.h"
#include "services/matching/wish.h"
#include "tests/support/status_matchers.h"

namespace heimweg::matching {
namespace {

using ::heimweg::testing::IsOk;
using ::heimweg::testing::StatusIs;
using ::testing::ElementsAre;
using testing::FeedingHomes;
using testing::FeedingJobs;

constexpr int64_t kNow = 1'800'000'000;

void SetPlace(double latitude, type::v1::Place& place) {
  place.mutable_resolved()->mutable_location()->set_latitude(latitude);
  place.mutable_resolved()->mutable_location()->set_longitude(13.5);
  place.mutable_resolved()->set_municipality("Elsterwerda");
}

// A nurse's position, 1.1 km north of the anchor.
jobs::v1::Job AJob(const std::string& id) {
  jobs::v1::Job job;
  job.set_name("networks/a/jobs/" + id);
  job.set_state(type::v1::OFFER_STATE_PUBLISHED);
  job.set_title("Pflegefachkraft");
  SetPlace(51.46, *job.mutable_place());
  job.add_occupations()->set_kldb_code("81302");
  job.add_required_skills("wundversorgung");
  job.add_optional_skills("Excel");
  job.mutable_weekly_hours()->set_minimum(30);
  job.mutable_salary()->set_maximum_cents(2'400);
  job.mutable_salary()->set_period(jobs::v1::SALARY_PERIOD_HOUR);
  job.mutable_employer()->set_display_name("Klinik");
  job.set_visibility(type::v1::VISIBILITY_COUNSELLORS);
  job.mutable_update_time()->set_seconds(kNow - 3 * 86'400);
  return job;
}

profiles::v1::Profile AProfile() {
  profiles::v1::Profile profile;
  profiles::v1::Adult& adult = *profile.add_adults();
  adult.set_id("anna");
  adult.set_seeks_job(true);
  adult.add_occupations()->set_kldb_code("81302");
  adult.add_skills("Wundversorgung");
  adult.mutable_weekly_hours()->set_minimum(20);
  adult.mutable_weekly_hours()->set_maximum(35);
  adult.mutable_salary()->set_floor_cents(2'000);
  adult.mutable_salary()->set_period(jobs::v1::SALARY_PERIOD_HOUR);
  profiles::v1::Anchor& anchor = *profile.add_anchors();
  anchor.set_id("parents");
  SetPlace(51.45, *anchor.mutable_place());
  anchor.set_radius_km(30);
  return profile;
}

Wish WishFor(type::v1::OfferKind kind, const profiles::v1::Profile& profile) {
  Question question;
  question.kind = kind;
  auto wish = CompileWish(question, profile, absl::FromUnixSeconds(kNow));
  EXPECT_THAT(wish, IsOk());
  return *std::move(wish);
}

Snapshot SnapshotOf(const std::vector<jobs::v1::Job>& jobs) {
  Index index(IndexOptions{false, 64});
  FeedingJobs feeding(index);
  for (const jobs::v1::Job& job : jobs) feeding.Put(job);
  feeding.Apply();
  return index.snapshot();
}

// "KEY name=value ..." of each reason.
std::vector<std::string> ReasonTexts(const v1::Match& match) {
  std::vector<std::string> texts;
  for (const v1::Reason& reason : match.reasons()) {
    std::string text = v1::ReasonKey_Name(reason.key()).substr(11);
    for (const v1::ReasonParameter& parameter : reason.parameters()) {
      text += " " + parameter.name() + "=" + parameter.value();
    }
    texts.push_back(text);
  }
  return texts;
}

TEST(RankTest, AMatchSaysWhyItIsThereTheStrongestReasonFirst) {
  const auto response =
      Rank(SnapshotOf({AJob("x")}),
           WishFor(type::v1::OFFER_KIND_JOB, AProfile()), RankOptions());
  ASSERT_THAT(response, IsOk());
  ASSERT_EQ(response->matches_size(), 1);
  EXPECT_THAT(
      ReasonTexts(response->matches(0)),
      ElementsAre("OCCUPATION_SAME kldb=81302", "NEAR anchor=parents km=1.1",
                  "SKILLS_SHARED shared=1 asked=2 skills=Wundversorgung",
                  "HOURS_FIT minimum=30 maximum=30",
                  "SALARY_FIT hourly_cents=2400", "FRESH days=3"));
  EXPECT_EQ(response->matches(0).card().title(), "Pflegefachkraft");
  EXPECT_EQ(response->matches(0).card().organization(), "Klinik");
  EXPECT_EQ(response->matches(0).card().visibility(),
            type::v1::VISIBILITY_COUNSELLORS);
  EXPECT_EQ(response->matches(0).card().municipality(), "Elsterwerda");
  EXPECT_EQ(response->matches(0).card().amount_cents(), 2'400);
  EXPECT_EQ(response->matches(0).distance_meters(), 1'112);
  EXPECT_TRUE(response->matches(0).features().empty());
}

TEST(RankTest, TheFullViewHasEveryFeatureAndTheScoreIsTheirWeightedMean) {
  RankOptions options;
  options.full_view = true;
  const auto response =
      Rank(SnapshotOf({AJob("x")}),
           WishFor(type::v1::OFFER_KIND_JOB, AProfile()), options);
  ASSERT_THAT(response, IsOk());
  const v1::Match& match = response->matches(0);
  ASSERT_EQ(match.features_size(), 7);
  int64_t sum = 0;
  int64_t weights = 0;
  for (const v1::FeatureScore& feature : match.features()) {
    sum += int64_t{feature.weight()} * feature.value_millionths();
    weights += feature.weight();
  }
  EXPECT_EQ(match.score_millionths(), sum / weights);
  // The start date was not said.
  EXPECT_FALSE(match.features(5).known());
  EXPECT_EQ(match.features(5).value_millionths(), 400'000);
}

TEST(RankTest, TheBestAdultCountsAndOfEqualOnesTheFirst) {
  profiles::v1::Profile profile = AProfile();
  profile.mutable_adults()->Add()->CopyFrom(profile.adults(0));
  profile.mutable_adults(1)->set_id("ben");
  const Snapshot snapshot = SnapshotOf({AJob("x")});
  const auto adult = [&] {
    return Rank(snapshot, WishFor(type::v1::OFFER_KIND_JOB, profile),
                RankOptions())
        ->matches(0)
        .adult();
  };
  EXPECT_EQ(adult(), "anna");
  profile.mutable_adults(0)->clear_skills();
  profile.mutable_adults(0)->add_skills("Schweissen");
  EXPECT_EQ(adult(), "ben");
}

TEST(RankTest, TiesAreBrokenByName) {
  RankOptions options;
  options.limit = 2;
  const auto response =
      Rank(SnapshotOf({AJob("c"), AJob("a"), AJob("b")}),
           WishFor(type::v1::OFFER_KIND_JOB, AProfile()), options);
  ASSERT_THAT(response, IsOk());
  ASSERT_EQ(response->matches_size(), 2);
  EXPECT_EQ(response->matches(0).offer(), "networks/a/jobs/a");
  EXPECT_EQ(response->matches(1).offer(), "networks/a/jobs/b");
  EXPECT_EQ(response->eligible_offers(), 2);
  EXPECT_FALSE(response->eligible_offers_exact());
}

TEST(RankTest, CountsAllOffersThatPassIfAsked) {
  RankOptions options;
  options.limit = 1;
  options.eligible = true;
  const auto response =
      Rank(SnapshotOf({AJob("c"), AJob("a"), AJob("b")}),
           WishFor(type::v1::OFFER_KIND_JOB, AProfile()), options);
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->matches_size(), 1);
  EXPECT_EQ(response->eligible_offers(), 3);
  EXPECT_TRUE(response->eligible_offers_exact());
}

TEST(RankTest, ACallerWhoHasGoneEndsTheScan) {
  EXPECT_THAT(Rank(SnapshotOf({AJob("x")}),
                   WishFor(type::v1::OFFER_KIND_JOB, AProfile()), RankOptions(),
                   [] { return true; }),
              StatusIs(absl::StatusCode::kCancelled));
}

TEST(RankTest, TheLimitHasARange) {
  v1::RankOffersRequest request;
  server::FieldChecks checks;
  EXPECT_EQ(RankOptionsOf(request, checks).limit, 20);
  EXPECT_TRUE(checks.ok());
  request.set_limit(1'001);
  RankOptionsOf(request, checks);
  request.set_limit(-1);
  RankOptionsOf(request, checks);
  EXPECT_EQ(std::move(checks).Take().size(), 2U);
}

TEST(ExplainTest, EveryFailedNumberSaysWhatWouldHaveToGive) {
  jobs::v1::Job job = AJob("x");
  SetPlace(51.9, *job.mutable_place());
  job.mutable_weekly_hours()->set_minimum(40);
  job.mutable_salary()->set_maximum_cents(1'500);
  profiles::v1::Profile profile = AProfile();
  profile.mutable_adults(0)->mutable_salary()->set_required(true);
  const auto explained =
      Explain(SnapshotOf({job}), WishFor(type::v1::OFFER_KIND_JOB, profile),
              job.name());
  ASSERT_THAT(explained, IsOk());
  EXPECT_FALSE(explained->eligible());
  std::vector<std::string> limits;
  for (const v1::Relaxation& limit : explained->required_relaxations()) {
    limits.push_back(limit.from() + " > " + limit.to() + " " + limit.unit());
  }
  EXPECT_THAT(limits, ElementsAre("30 > 50.1 km", "2000 > 1500 cents",
                                  "20-35 > 20-40 hours"));
  for (const v1::ConstraintResult& result : explained->constraints()) {
    if (result.constraint() != v1::CONSTRAINT_SALARY) continue;
    EXPECT_EQ(result.asked(), "at least 2000 cents an hour");
    EXPECT_EQ(result.found(), "1500 cents an hour");
  }
}

TEST(ExplainTest, AnOfferThatIsNotThereIsNotFound) {
  EXPECT_THAT(
      Explain(SnapshotOf({}), WishFor(type::v1::OFFER_KIND_JOB, AProfile()),
              "networks/a/jobs/x"),
      StatusIs(absl::StatusCode::kNotFound));
}

TEST(RankTest, HomesSayRentSpaceAndEquipment) {
  housing::v1::Home home;
  home.set_name("networks/a/homes/x");
  home.set_state(type::v1::OFFER_STATE_PUBLISHED);
  home.set_tenure(housing::v1::TENURE_RENT);
  home.set_monthly_cold_rent_cents(40'000);
  home.set_rooms(3.5);
  home.set_garden(type::v1::ANSWER_YES);
  Index index(IndexOptions{false, 64});
  FeedingHomes feeding(index);
  feeding.Put(home);
  feeding.Apply();
  profiles::v1::Profile profile = AProfile();
  profile.mutable_housing()->set_max_monthly_warm_rent_cents(80'000);
  profile.mutable_housing()->set_min_rooms(3);
  profile.mutable_housing()->add_equipment(profiles::v1::EQUIPMENT_GARDEN);
  const auto response =
      Rank(index.snapshot(), WishFor(type::v1::OFFER_KIND_HOME, profile),
           RankOptions());
  ASSERT_THAT(response, IsOk());
  EXPECT_THAT(ReasonTexts(response->matches(0)),
              ElementsAre("RENT_FIT rent_cents=40000 budget_cents=80000",
                          "SPACE_FIT rooms=3.5", "EQUIPMENT equipment=garden"));
  EXPECT_EQ(response->matches(0).card().type(), "TENURE_RENT");
  EXPECT_EQ(response->matches(0).adult(), "");
}

}  // namespace
}  // namespace heimweg::matching
