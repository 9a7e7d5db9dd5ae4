#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "clients/generator/generator.h"

namespace heimweg::generator {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Lt;
using ::testing::Not;

// Plain comparisons of the contract's limits, apart from the services' rules,
// which belong to other rooms.
void ExpectWithinLimits(const jobs::v1::Job& job) {
  EXPECT_THAT(job.title(), Not(IsEmpty()));
  EXPECT_THAT(job.title().size(), Le(200u));
  EXPECT_THAT(job.required_skills_size(), Le(50));
  EXPECT_THAT(job.optional_skills_size(), Le(50));
  for (const auto& skill : job.required_skills()) {
    EXPECT_THAT(skill.size(), AllOf(Ge(1u), Le(100u)));
  }
  if (job.has_weekly_hours()) {
    const jobs::v1::WeeklyHours& hours = job.weekly_hours();
    EXPECT_THAT(hours.minimum(), AllOf(Ge(0.5), Le(80)));
    if (hours.maximum() != 0) {
      EXPECT_THAT(hours.maximum(), AllOf(Ge(hours.minimum()), Le(80)));
    }
  }
  if (job.has_salary()) {
    const jobs::v1::Salary& salary = job.salary();
    EXPECT_NE(salary.period(), jobs::v1::SALARY_PERIOD_UNSPECIFIED);
    EXPECT_THAT(salary.minimum_cents(), AllOf(Ge(1), Le(100'000'000)));
    if (salary.has_maximum_cents()) {
      EXPECT_THAT(salary.maximum_cents(),
                  AllOf(Ge(salary.minimum_cents()), Le(100'000'000)));
    }
  }
  EXPECT_THAT(job.remote_percent(), AllOf(Ge(0), Le(100)));
  EXPECT_THAT(job.employer().display_name().size(), AllOf(Ge(1u), Le(200u)));
}

void ExpectWithinLimits(const housing::v1::Home& home) {
  EXPECT_NE(home.tenure(), housing::v1::TENURE_UNSPECIFIED);
  const bool let = home.tenure() == housing::v1::TENURE_RENT ||
                   home.tenure() == housing::v1::TENURE_TRIAL;
  EXPECT_FALSE(let && home.has_price_cents());
  EXPECT_FALSE(!let && (home.has_monthly_cold_rent_cents() ||
                        home.has_monthly_warm_rent_cents()));
  if (home.has_monthly_warm_rent_cents()) {
    EXPECT_THAT(home.monthly_warm_rent_cents(),
                AllOf(Ge(home.monthly_cold_rent_cents()), Le(10'000'000)));
  }
  if (home.has_rooms()) {
    EXPECT_THAT(home.rooms(), AllOf(Ge(0.5), Le(100)));
    EXPECT_EQ(home.rooms() * 2, static_cast<int>(home.rooms() * 2));
  }
  if (home.has_living_area_sqm()) {
    EXPECT_THAT(home.living_area_sqm(), AllOf(Ge(1), Le(10'000)));
  }
  if (home.has_max_occupants()) {
    EXPECT_THAT(home.max_occupants(),
                AllOf(Ge(std::max(1, home.min_occupants())), Le(50)));
  }
  const auto& access = home.accessibility();
  EXPECT_FALSE(access.size() > 1 &&
               std::count(access.begin(), access.end(),
                          housing::v1::ACCESSIBILITY_NONE) > 0);
}

void ExpectWithinLimits(const contacts::v1::Contact& contact) {
  EXPECT_NE(contact.contact_type(), contacts::v1::CONTACT_TYPE_UNSPECIFIED);
  EXPECT_THAT(contact.topics_size(), Le(30));
  for (const std::string& topic : contact.topics()) {
    EXPECT_EQ(topic, absl::AsciiStrToLower(topic));
  }
  if (contact.ages().has_maximum_years()) {
    EXPECT_THAT(contact.ages().maximum_years(),
                Ge(contact.ages().minimum_years()));
  }
  for (const auto& hours : contact.opening_hours()) {
    EXPECT_THAT(hours.opens_minute(), AllOf(Ge(0), Le(1439)));
    EXPECT_THAT(hours.closes_minute(),
                AllOf(Gt(hours.opens_minute()), Le(1440)));
  }
  const bool event =
      contact.contact_type() == contacts::v1::CONTACT_TYPE_EVENT ||
      contact.contact_type() == contacts::v1::CONTACT_TYPE_EMPLOYER_MEETUP;
  EXPECT_EQ(contact.has_schedule(), event);
  EXPECT_TRUE(!contact.schedule().has_end_time() ||
              contact.schedule().end_time().seconds() >=
                  contact.schedule().start_time().seconds());
}

void ExpectWithinLimits(const profiles::v1::Profile& profile) {
  EXPECT_THAT(profile.adults_size(), AllOf(Ge(1), Le(2)));
  EXPECT_THAT(profile.anchors_size(), AllOf(Ge(1), Le(10)));
  for (const auto& adult : profile.adults()) {
    EXPECT_THAT(adult.occupations_size(), AllOf(Ge(1), Le(10)));
    EXPECT_THAT(adult.skills_size(), Le(100));
    EXPECT_TRUE(!adult.has_salary() || adult.salary().floor_cents() > 100'000);
  }
  for (const auto& child : profile.children()) {
    EXPECT_THAT(child.birth_year(), AllOf(Ge(1990), Le(2027)));
  }
  EXPECT_TRUE(!profile.housing().has_min_rooms() ||
              profile.housing().min_rooms() >= 1);
  EXPECT_THAT(profile.contacts().interests_size(), Le(50));
}

template <typename Offer>
void ExpectCommonFields(const Offer& offer) {
  EXPECT_THAT(offer.validity().start_time().seconds(),
              Lt(offer.validity().end_time().seconds()));
  EXPECT_THAT(offer.place().location().latitude(), AllOf(Gt(46.8), Lt(55.6)));
  EXPECT_THAT(offer.place().location().longitude(), AllOf(Gt(5.4), Lt(15.6)));
  EXPECT_EQ(offer.place().ags().size(), 8u);
  if (offer.has_contact_person()) {
    EXPECT_THAT(offer.contact_person().email(), HasSubstr("@example.org"));
    EXPECT_THAT(offer.contact_person().phone_number(),
                HasSubstr("+49 30 23125 "));
  }
}

TEST(LimitsTest, ItemsKeepTheContractsLimits) {
  const Generator generator(nullptr, 11);
  for (int64_t i = 0; i < 5'000; ++i) {
    SCOPED_TRACE(i);
    const jobs::v1::Job job = generator.MakeJob(i);
    const housing::v1::Home home = generator.MakeHome(i);
    const contacts::v1::Contact contact = generator.MakeContact(i);
    ExpectWithinLimits(job);
    ExpectWithinLimits(home);
    ExpectWithinLimits(contact);
    ExpectCommonFields(job);
    ExpectCommonFields(home);
    ExpectCommonFields(contact);
    ExpectWithinLimits(generator.MakeProfile(i));
  }
}

}  // namespace
}  // namespace heimweg::generator
