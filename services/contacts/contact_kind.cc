#include "services/contacts/contact_kind.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "heimweg/type/v1/answer.pb.h"
#include "services/contacts/recurrence_rule.h"
#include "services/offers/common_rules.h"
#include "services/server/errors.h"
#include "services/server/field_checks.h"

namespace heimweg::contacts {
namespace {

using server::Field;
using server::FieldChecks;
using type::v1::Answer_IsValid;
using v1::Contact;

constexpr int kMinutesPerDay = 1'440;

void CheckAges(const v1::AgeRange& ages, FieldChecks& checks) {
  checks.Range("ages.minimum_years", ages.minimum_years(), 0, 120);
  if (!ages.has_maximum_years()) return;
  checks.Range("ages.maximum_years", ages.maximum_years(), 0, 120);
  if (ages.maximum_years() < ages.minimum_years()) {
    checks.Add("ages.maximum_years", "must not be below minimum_years");
  }
}

void CheckOpeningHours(const Contact& contact, FieldChecks& checks) {
  checks.Count("opening_hours", contact.opening_hours_size(), 50);
  for (int i = 0; i < contact.opening_hours_size(); ++i) {
    const v1::OpeningHours& hours = contact.opening_hours(i);
    checks.Range(Field("opening_hours", i, "iso_weekday"), hours.iso_weekday(),
                 1, 7);
    checks.Range(Field("opening_hours", i, "opens_minute"),
                 hours.opens_minute(), 0, kMinutesPerDay - 1);
    checks.Range(Field("opening_hours", i, "closes_minute"),
                 hours.closes_minute(), 1, kMinutesPerDay);
    if (hours.closes_minute() <= hours.opens_minute()) {
      checks.Add(Field("opening_hours", i, "closes_minute"),
                 "must be above opens_minute");
    }
  }
}

void CheckSchedule(const v1::EventSchedule& schedule, FieldChecks& checks) {
  FieldChecks times;
  if (!schedule.has_start_time()) {
    times.Add("schedule.start_time", "is required");
  } else {
    times.Time("schedule.start_time", schedule.start_time());
  }
  if (schedule.has_end_time()) {
    times.Time("schedule.end_time", schedule.end_time());
  }
  if (times.ok() && schedule.has_end_time() &&
      offers::ToTime(schedule.end_time()) <
          offers::ToTime(schedule.start_time())) {
    times.Add("schedule.end_time", "must not be before start_time");
  }
  checks.AddAll(std::move(times).Take());
  checks.Text("schedule.recurrence_rule", schedule.recurrence_rule(), 200);
  if (!schedule.recurrence_rule().empty() &&
      !IsRecurrenceRule(schedule.recurrence_rule())) {
    checks.Add("schedule.recurrence_rule",
               "must be a rule of RFC 5545, such as "
               "\"FREQ=MONTHLY;BYDAY=1TH\"");
  }
}

bool TakesPlace(const Contact& contact) {
  return contact.contact_type() == v1::CONTACT_TYPE_EVENT ||
         contact.contact_type() == v1::CONTACT_TYPE_EMPLOYER_MEETUP;
}

// Lower case as far as ASCII goes: no rule here knows other alphabets.
void CheckTopics(const Contact& contact, FieldChecks& checks) {
  checks.EachText("topics", contact.topics(), 30, 100);
  for (int i = 0; i < contact.topics_size(); ++i) {
    const std::string& topic = contact.topics(i);
    if (std::any_of(topic.begin(), topic.end(), absl::ascii_isupper)) {
      checks.Add(Field("topics", i), "must be in lower case");
    }
  }
}

}  // namespace

std::vector<server::Violation> ContactKind::Violations(const Offer& contact) {
  FieldChecks checks;
  offers::CheckCommonFields(contact, checks);
  if (!contact.has_place()) checks.Add("place", "is required");
  if (contact.contact_type() == v1::CONTACT_TYPE_UNSPECIFIED) {
    checks.Add("contact_type", "is required");
  }
  checks.Known("contact_type", contact.contact_type(), v1::ContactType_IsValid);
  CheckTopics(contact, checks);
  checks.Count("languages", contact.languages_size(), 10);
  checks.Languages("languages", contact.languages());
  if (contact.has_ages()) CheckAges(contact.ages(), checks);
  CheckOpeningHours(contact, checks);
  checks.Known("appointment_only", contact.appointment_only(), Answer_IsValid);
  if (contact.has_schedule()) {
    if (!TakesPlace(contact)) {
      checks.Add("schedule", "is for events and employer meetings");
    }
    CheckSchedule(contact.schedule(), checks);
  }
  checks.EachText("biography_hooks", contact.biography_hooks(), 30, 100);
  checks.Known("step_free", contact.step_free(), Answer_IsValid);
  checks.Text("organization", contact.organization(), 200);
  return std::move(checks).Take();
}

void ContactKind::SetOutputOnly(
    const occupations::OccupationCatalog& /*catalog*/, Offer& /*contact*/) {}

std::vector<std::string> ContactKind::Terms(const Offer& contact) {
  return {absl::StrCat(contact.contact_type())};
}

std::vector<server::Violation> ContactKind::FilterViolations(
    const Filter& filter) {
  FieldChecks checks;
  for (int i = 0; i < filter.contact_types_size(); ++i) {
    checks.Known(Field("contact_types", i), filter.contact_types(i),
                 v1::ContactType_IsValid);
  }
  checks.EachText("topics", filter.topics(), 30, 100);
  return std::move(checks).Take();
}

std::optional<std::string> ContactKind::Term(const Filter& filter) {
  if (filter.contact_types_size() != 1) return std::nullopt;
  return absl::StrCat(filter.contact_types(0));
}

bool ContactKind::Matches(const Filter& filter, const Offer& contact) {
  const auto& types = filter.contact_types();
  if (!types.empty() && std::find(types.begin(), types.end(),
                                  contact.contact_type()) == types.end()) {
    return false;
  }
  return filter.topics().empty() ||
         std::any_of(filter.topics().begin(), filter.topics().end(),
                     [&contact](const std::string& topic) {
                       return std::find(contact.topics().begin(),
                                        contact.topics().end(),
                                        topic) != contact.topics().end();
                     });
}

}  // namespace heimweg::contacts
