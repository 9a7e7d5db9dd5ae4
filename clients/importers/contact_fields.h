// What directories and calendars say in words, as the fields of a Contact.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_CONTACT_FIELDS_H_
#define HEIMWEG_CLIENTS_IMPORTERS_CONTACT_FIELDS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "clients/importers/draft.h"
#include "clients/importers/place_fields.h"

namespace heimweg::importers {

// What a contact is, from categories, else from a title: "Verein", "Kita",
// "Hausarztpraxis", "Jobmesse" … The first text that says something decides.
// Unspecified: none of them does.
contacts::v1::ContactType ContactTypeOf(const std::vector<std::string>& texts);

// An event (EVENT) or a meeting with employers (Jobmesse).
contacts::v1::ContactType EventTypeOf(const std::vector<std::string>& texts);

// Short terms in lower case, at most 30.
void AddTopic(absl::string_view topic, Draft& draft);

// Sets the title; wrong if it is empty.
void SetContactTitle(absl::string_view title, Draft& draft);

// As SetJobPlace, for contacts: false if it is abroad.
bool SetContactPlace(const Address& address, Draft& draft);

// E-mail, telephone and name, if there are any.
void SetContactPerson(absl::string_view name, absl::string_view email,
                      absl::string_view phone, Draft& draft);

// An event in its own zone, as calendars write it.
struct Occasion {
  absl::CivilSecond start;
  absl::TimeZone zone;
  std::optional<absl::Duration> length;
  std::string rule;  // RFC 5545, without "RRULE:"; empty: once
};

// Sets the schedule to the next occurrence that has not ended before `now`, and
// the validity to the end of the last if there is one. False: it is over. Rules
// that cannot be counted out (more often than daily, more than 20,000
// occurrences) are wrong, as is one longer than 200 characters.
bool SetSchedule(const Occasion& occasion, absl::Time now, Draft& draft);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_CONTACT_FIELDS_H_
