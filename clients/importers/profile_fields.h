// What CVs say, as a Profile: one adult who looks for a job, and the personal
// part apart from it. Age, sex, birthday, nationality, photo, address and the
// names of other people have no field and are dropped on purpose.
#ifndef HEIMWEG_CLIENTS_IMPORTERS_PROFILE_FIELDS_H_
#define HEIMWEG_CLIENTS_IMPORTERS_PROFILE_FIELDS_H_

#include "absl/strings/string_view.h"
#include "clients/importers/draft.h"

namespace heimweg::importers {

// The one adult, "a", who looks for a job.
profiles::v1::Adult& AdultOf(Draft& draft);

// The latest first; at most 10.
void AddWantedOccupation(absl::string_view title, Draft& draft);

// At most 100 skills; "a, b; c" are several.
void AddOwnSkills(absl::string_view list, Draft& draft);

// What the adult can at most do by a degree's name or an EQF level ("EQR 6");
// a higher one that was said before stays. Words that say nothing are left out.
void AddDegree(absl::string_view degree, Draft& draft);

// A language that the adult and the household speak.
void AddOwnLanguage(absl::string_view language, absl::string_view level,
                    Draft& draft);

// What the household likes, and what connects it with people: a school, a club,
// a town where it lived. At most 50 each.
void AddInterest(absl::string_view interest, Draft& draft);
void AddBiographyHook(absl::string_view hook, Draft& draft);

// Who they are. Empty texts set nothing.
void SetPersonal(absl::string_view name, absl::string_view email,
                 absl::string_view phone, absl::string_view note, Draft& draft);

}  // namespace heimweg::importers

#endif  // HEIMWEG_CLIENTS_IMPORTERS_PROFILE_FIELDS_H_
