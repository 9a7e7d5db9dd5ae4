// Contacts: people, places and events.
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/generator/weighted_choice.h"
#include "clients/generator/world.h"

namespace heimweg::generator {
namespace {

using contacts::v1::Contact;
using contacts::v1::ContactType;

struct Kind {
  ContactType type;
  int share;  // of 100 contacts
  absl::string_view title;
};

constexpr Kind kKinds[] = {
    {contacts::v1::CONTACT_TYPE_COUNSELLOR, 4, "Rückkehrberatung"},
    {contacts::v1::CONTACT_TYPE_MENTOR, 8, "Ansprechperson für Rückkehrende"},
    {contacts::v1::CONTACT_TYPE_CLUB, 38, "Verein"},
    {contacts::v1::CONTACT_TYPE_CHILDCARE, 12, "Kita"},
    {contacts::v1::CONTACT_TYPE_SCHOOL, 8, "Schule"},
    {contacts::v1::CONTACT_TYPE_DOCTOR, 8, "Hausarztpraxis"},
    {contacts::v1::CONTACT_TYPE_COWORKING, 4, "Coworking"},
    {contacts::v1::CONTACT_TYPE_EMPLOYER_MEETUP, 6, "Unternehmertreff"},
    {contacts::v1::CONTACT_TYPE_EVENT, 12, "Treffen für Rückkehrende"},
};

const Kind& DrawKind(Random& random) {
  int64_t drawn = random.Below(100);
  for (const Kind& kind : kKinds) {
    if (drawn < kind.share) return kind;
    drawn -= kind.share;
  }
  return kKinds[0];
}

void FillAges(Random& random, Contact& contact) {
  const bool said = random.Percent(85);
  if (contact.contact_type() == contacts::v1::CONTACT_TYPE_CHILDCARE && said) {
    contact.mutable_ages()->set_minimum_years(
        static_cast<int32_t>(random.Below(4)));
    contact.mutable_ages()->set_maximum_years(6);
  } else if (contact.contact_type() == contacts::v1::CONTACT_TYPE_SCHOOL &&
             said) {
    const bool primary = random.Percent(55);
    contact.mutable_ages()->set_minimum_years(primary ? 6 : 10);
    contact.mutable_ages()->set_maximum_years(primary ? 11 : 19);
  } else if (contact.contact_type() == contacts::v1::CONTACT_TYPE_CLUB &&
             random.Percent(25)) {
    contact.mutable_ages()->set_minimum_years(
        static_cast<int32_t>(random.Between(3, 18)));
  }
}

void FillHours(Random& random, Contact& contact) {
  const int64_t opens = 30 * random.Between(14, 20);
  const int64_t open = 30 * random.Between(6, 16);
  if (!random.Percent(60)) return;
  for (int weekday = 1; weekday <= 5; ++weekday) {
    contacts::v1::OpeningHours& hours = *contact.add_opening_hours();
    hours.set_iso_weekday(weekday);
    hours.set_opens_minute(static_cast<int32_t>(opens));
    hours.set_closes_minute(static_cast<int32_t>(opens + open));
  }
}

void FillSchedule(const Setting& setting, Random& random, Contact& contact) {
  constexpr absl::string_view kRules[] = {"", "FREQ=MONTHLY;BYDAY=1TH",
                                          "FREQ=MONTHLY;BYDAY=3SA",
                                          "FREQ=WEEKLY", "FREQ=YEARLY"};
  const absl::Duration ahead = absl::Hours(24 * random.Between(7, 500) + 17);
  const absl::Duration length = absl::Minutes(30 * random.Between(2, 16));
  contacts::v1::EventSchedule& schedule = *contact.mutable_schedule();
  const absl::Time start = setting.options.reference_time + ahead;
  *schedule.mutable_start_time() = ToTimestamp(start);
  if (random.Percent(80)) {
    *schedule.mutable_end_time() = ToTimestamp(start + length);
  }
  schedule.set_recurrence_rule(std::string(random.Pick(kRules)));
}

void FillTopics(const Town& town, Random& random, Contact& contact) {
  const int64_t topics = random.Between(1, 6);
  for (int64_t i = 0; i < topics; ++i) {
    contact.add_topics(std::string(DrawTopic(random)));
  }
  const int64_t hooks = random.Below(4);
  for (int64_t i = 0; i < hooks; ++i) {
    contact.add_biography_hooks(DrawBiographyHook(town, random));
  }
  if (random.Percent(40)) {
    type::v1::LanguageSkill& german = *contact.add_languages();
    german.set_language_code("de");
    german.set_level(type::v1::CEFR_LEVEL_NATIVE);
  }
  if (random.Percent(15)) {
    contact.add_languages()->set_language_code("en");
  }
}

}  // namespace

void FillContact(const Setting& setting, Random& random, Contact& contact) {
  const Town& town = setting.world.towns.Draw(random);
  *contact.mutable_place() =
      Towns::PlaceIn(town, setting.options.as_stored, random);
  const Kind& kind = DrawKind(random);
  contact.set_contact_type(kind.type);
  FillTopics(town, random, contact);
  contact.set_title(
      absl::StrCat(kind.title, " ", town.name, ": ", contact.topics(0)));
  contact.set_description(absl::StrCat(
      "Wer neu oder wieder in ", town.name,
      " ist, ist willkommen. Einfach vorbeikommen oder vorher anrufen."));
  FillAges(random, contact);
  if (kind.type == contacts::v1::CONTACT_TYPE_EVENT ||
      kind.type == contacts::v1::CONTACT_TYPE_EMPLOYER_MEETUP) {
    FillSchedule(setting, random, contact);
  } else {
    FillHours(random, contact);
    contact.set_appointment_only(DrawAnswer(30, 50, random));
  }
  contact.set_step_free(DrawAnswer(40, 35, random));
  if (random.Percent(75)) {
    contact.set_organization(absl::StrCat("Netzwerk ", town.name, " e. V."));
  }
}

}  // namespace heimweg::generator
