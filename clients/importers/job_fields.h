// What job feeds say in words, as the fields of a Job.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_JOB_FIELDS_H_
#define HEIMWEG_CLIENTS_IMPORTERS_JOB_FIELDS_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "clients/importers/draft.h"
#include "clients/importers/place_fields.h"

namespace heimweg::importers {

// What working-time words were seen; SetHours makes weekly hours of them.
struct WorkingTime {
  bool full = false;
  bool part = false;
};

// A word for how one is employed, of any feed: "FULL_TIME", "parttime",
// "permanent", "intern", "Minijob", "CONTRACTOR", "temporary". Sets employment
// type, fixed term and `time`; "OTHER" says nothing. Else
// "unknown-employment-type". `field` is the field of the report.
void AddEmploymentWord(absl::string_view word, WorkingTime& time, Draft& draft);

// Full-time as 35 to 40 hours a week, part-time as 10 to 34, either as 10 to
// 40; noted as "hours-assumed", for the feeds say no more than the word. Leaves
// hours that are set.
void SetHours(const WorkingTime& time, Draft& draft);

// `unit` is HOUR, MONTH, YEAR or WEEK in any usual word. An amount a week is
// taken times 52/12 as one a month ("salary-by-week"). Swaps minimum and
// maximum
// ("salary-swapped"). Without a unit, or of another currency than the euro, or
// out of range, the salary stays unset and the reason is noted. 0: not said.
void SetSalary(std::optional<double> minimum, std::optional<double> maximum,
               absl::string_view unit, absl::string_view currency,
               Draft& draft);

// "2.700 - 3.100 EUR/Monat", "18,50 € pro Stunde", "ab 45.000 € p.a.".
void SetSalaryText(absl::string_view text, Draft& draft);

// Working elsewhere is possible, but no share is said: taken for 40 per cent,
// two days of five ("remote-share-assumed").
void SetPartlyRemote(Draft& draft);

// The place, and what follows of one that is missing or abroad: true if the
// row goes on, false if it is abroad and is to be skipped.
bool SetJobPlace(const Address& address, Draft& draft);

// Occupation from a title as people write it; further ones are added.
void AddOccupationTitle(absl::string_view title, Draft& draft);

// Source, id and title: what every job has. Wrong if title is empty.
void SetTitle(absl::string_view title, Draft& draft);

// "a, b; c" as optional skills.
void AddSkills(absl::string_view list, Draft& draft);

// If the text is a moment (in `zone` if it has no offset). A text that is none
// is "unknown-time".
std::optional<absl::Time> MomentOf(absl::string_view text,
                                   absl::string_view field, Draft& draft);
// For an end: a date without a time means the whole day.
std::optional<absl::Time> EndOf(absl::string_view text, absl::string_view field,
                                Draft& draft);
google::protobuf::Timestamp StampOf(absl::Time time);

// The first day of work. "sofort", "ab sofort" and "immediately" are unset.
void SetStartDate(absl::string_view text, Draft& draft);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_JOB_FIELDS_H_
