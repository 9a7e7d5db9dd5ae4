#include "services/contacts/contact_kind.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace heimweg::contacts {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Optional;
using v1::Contact;

Contact AContact(v1::ContactType type = v1::CONTACT_TYPE_CLUB) {
  Contact contact;
  contact.set_title("Handballverein");
  contact.mutable_place()->set_postal_code("04910");
  contact.set_contact_type(type);
  return contact;
}

// A change of a contact that is right, and the fields that are then wrong.
struct Case {
  const char* what;
  std::function<void(Contact&)> change;
  std::vector<std::string> wrong;
};

v1::OpeningHours Hours(int weekday, int opens, int closes) {
  v1::OpeningHours hours;
  hours.set_iso_weekday(weekday);
  hours.set_opens_minute(opens);
  hours.set_closes_minute(closes);
  return hours;
}

const std::vector<Case>& PeopleCases() {
  static const auto* cases = new std::vector<Case>{
      {"nothing more", [](Contact&) {}, {}},
      {"nothing at all",
       [](Contact& c) { c.Clear(); },
       {"title", "place", "contact_type"}},
      {"unknown values",
       [](Contact& c) {
         c.set_contact_type(static_cast<v1::ContactType>(99));
         c.set_appointment_only(static_cast<type::v1::Answer>(9));
         c.set_step_free(static_cast<type::v1::Answer>(9));
       },
       {"contact_type", "appointment_only", "step_free"}},
      {"wrong topics",
       [](Contact& c) {
         c.add_topics("gründung");
         c.add_topics("Handball");
         c.add_topics("");
         c.add_topics(std::string(101, 'x'));
       },
       {"topics[2]", "topics[3]", "topics[1]"}},
      {"many of everything",
       [](Contact& c) {
         for (int i = 0; i < 31; ++i) {
           c.add_topics("x");
           c.add_biography_hooks("Berlin");
         }
         for (int i = 0; i < 11; ++i) {
           c.add_languages()->set_language_code("de");
         }
         for (int i = 0; i < 51; ++i) *c.add_opening_hours() = Hours(1, 0, 1);
       },
       {"topics", "languages", "opening_hours", "biography_hooks"}},
      {"empty hook",
       [](Contact& c) { c.add_biography_hooks(""); },
       {"biography_hooks[0]"}},
      {"long organization",
       [](Contact& c) { c.set_organization(std::string(201, 'x')); },
       {"organization"}},
      {"no such language",
       [](Contact& c) { c.add_languages()->set_language_code("xx"); },
       {"languages[0].language_code"}},
      {"any age", [](Contact& c) { c.mutable_ages(); }, {}},
      {"ages the wrong way round",
       [](Contact& c) {
         c.mutable_ages()->set_minimum_years(6);
         c.mutable_ages()->set_maximum_years(3);
       },
       {"ages.maximum_years"}},
      {"ages out of range",
       [](Contact& c) {
         c.mutable_ages()->set_minimum_years(-1);
         c.mutable_ages()->set_maximum_years(121);
       },
       {"ages.minimum_years", "ages.maximum_years"}},
  };
  return *cases;
}

const std::vector<Case>& TimeCases() {
  static const auto* cases = new std::vector<Case>{
      {"open all day",
       [](Contact& c) { *c.add_opening_hours() = Hours(7, 0, 1'440); },
       {}},
      {"hours out of range",
       [](Contact& c) {
         *c.add_opening_hours() = Hours(0, -1, 1'441);
         *c.add_opening_hours() = Hours(8, 1'440, 1'440);
       },
       {"opening_hours[0].iso_weekday", "opening_hours[0].opens_minute",
        "opening_hours[0].closes_minute", "opening_hours[1].iso_weekday",
        "opening_hours[1].opens_minute", "opening_hours[1].closes_minute"}},
      {"closes before it opens",
       [](Contact& c) { *c.add_opening_hours() = Hours(1, 600, 540); },
       {"opening_hours[0].closes_minute"}},
      {"a schedule of a club",
       [](Contact& c) {
         c.mutable_schedule()->mutable_start_time()->set_seconds(1);
       },
       {"schedule"}},
      {"an event that begins never",
       [](Contact& c) {
         c.set_contact_type(v1::CONTACT_TYPE_EVENT);
         c.mutable_schedule();
       },
       {"schedule.start_time"}},
      {"a monthly meeting",
       [](Contact& c) {
         c.set_contact_type(v1::CONTACT_TYPE_EMPLOYER_MEETUP);
         c.mutable_schedule()->mutable_start_time()->set_seconds(10);
         c.mutable_schedule()->mutable_end_time()->set_seconds(10);
         c.mutable_schedule()->set_recurrence_rule("FREQ=MONTHLY;BYDAY=1TH");
       },
       {}},
      {"an event with a wrong end and rule",
       [](Contact& c) {
         c.set_contact_type(v1::CONTACT_TYPE_EVENT);
         c.mutable_schedule()->mutable_start_time()->set_seconds(10);
         c.mutable_schedule()->mutable_end_time()->set_seconds(9);
         c.mutable_schedule()->set_recurrence_rule("monthly");
       },
       {"schedule.end_time", "schedule.recurrence_rule"}},
  };
  return *cases;
}

void ExpectWrong(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    Contact contact = AContact();
    one.change(contact);
    std::vector<std::string> paths;
    for (const auto& violation : ContactKind::Violations(contact)) {
      paths.push_back(violation.field);
    }
    EXPECT_THAT(paths, ::testing::ElementsAreArray(one.wrong)) << one.what;
  }
}

TEST(ContactKindTest, KeepsTheRulesOfContacts) { ExpectWrong(PeopleCases()); }

TEST(ContactKindTest, KeepsTheRulesOfTheirTimes) { ExpectWrong(TimeCases()); }

TEST(ContactKindTest, IsFoundByType) {
  EXPECT_THAT(ContactKind::Terms(AContact()), ElementsAre("3"));
  v1::ContactFilter filter;
  EXPECT_EQ(ContactKind::Term(filter), std::nullopt);
  filter.add_contact_types(v1::CONTACT_TYPE_CLUB);
  EXPECT_THAT(ContactKind::Term(filter), Optional(Eq("3")));
  filter.add_contact_types(v1::CONTACT_TYPE_EVENT);
  EXPECT_EQ(ContactKind::Term(filter), std::nullopt);
}

TEST(ContactKindTest, MatchesOneOfTheTypesAndOneOfTheTopics) {
  Contact contact = AContact();
  contact.add_topics("handball");
  v1::ContactFilter filter;
  EXPECT_TRUE(ContactKind::Matches(filter, contact));
  filter.add_topics("imkern");
  EXPECT_FALSE(ContactKind::Matches(filter, contact));
  filter.add_topics("handball");
  EXPECT_TRUE(ContactKind::Matches(filter, contact));
  filter.add_contact_types(v1::CONTACT_TYPE_EVENT);
  EXPECT_FALSE(ContactKind::Matches(filter, contact));
}

TEST(ContactKindTest, ChecksItsFilter) {
  v1::ContactFilter filter;
  filter.add_contact_types(static_cast<v1::ContactType>(99));
  filter.add_topics("");
  std::vector<std::string> paths;
  for (const auto& violation : ContactKind::FilterViolations(filter)) {
    paths.push_back(violation.field);
  }
  EXPECT_THAT(paths, ElementsAre("contact_types[0]", "topics[0]"));
}

}  // namespace
}  // namespace heimweg::contacts
