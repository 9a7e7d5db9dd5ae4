#include "clients/importers/profile_fields.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "clients/importers/field_text.h"
#include "clients/importers/language_fields.h"

namespace heimweg::importers {
namespace {

using type::v1::RequirementLevel;

// Parts of words in lower case, the highest level first. EQF 4 is vocational
// training, 6 a bachelor or master craftsman, 7 a master's degree.
constexpr std::array<std::pair<absl::string_view, RequirementLevel>, 24>
    kDegrees = {{{"promotion", type::v1::REQUIREMENT_LEVEL_EXPERT},
                 {"phd", type::v1::REQUIREMENT_LEVEL_EXPERT},
                 {"doktor", type::v1::REQUIREMENT_LEVEL_EXPERT},
                 {"diplom-", type::v1::REQUIREMENT_LEVEL_EXPERT},
                 {"magister", type::v1::REQUIREMENT_LEVEL_EXPERT},
                 {"staatsexamen", type::v1::REQUIREMENT_LEVEL_EXPERT},
                 {"master", type::v1::REQUIREMENT_LEVEL_EXPERT},
                 {"eqr 7", type::v1::REQUIREMENT_LEVEL_EXPERT},
                 {"eqr 8", type::v1::REQUIREMENT_LEVEL_EXPERT},
                 {"eqf 7", type::v1::REQUIREMENT_LEVEL_EXPERT},
                 {"eqf 8", type::v1::REQUIREMENT_LEVEL_EXPERT},
                 {"bachelor", type::v1::REQUIREMENT_LEVEL_SPECIALIST},
                 {"meister", type::v1::REQUIREMENT_LEVEL_SPECIALIST},
                 {"techniker", type::v1::REQUIREMENT_LEVEL_SPECIALIST},
                 {"fachwirt", type::v1::REQUIREMENT_LEVEL_SPECIALIST},
                 {"eqr 6", type::v1::REQUIREMENT_LEVEL_SPECIALIST},
                 {"eqf 6", type::v1::REQUIREMENT_LEVEL_SPECIALIST},
                 {"ausbildung", type::v1::REQUIREMENT_LEVEL_SKILLED},
                 {"lehre", type::v1::REQUIREMENT_LEVEL_SKILLED},
                 {"geselle", type::v1::REQUIREMENT_LEVEL_SKILLED},
                 {"facharbeiter", type::v1::REQUIREMENT_LEVEL_SKILLED},
                 {"eqr 4", type::v1::REQUIREMENT_LEVEL_SKILLED},
                 {"eqf 4", type::v1::REQUIREMENT_LEVEL_SKILLED},
                 {"vocational", type::v1::REQUIREMENT_LEVEL_SKILLED}}};

}  // namespace

profiles::v1::Adult& AdultOf(Draft& draft) {
  profiles::v1::Profile& profile = draft.profile();
  if (profile.adults_size() == 0) {
    profiles::v1::Adult& adult = *profile.add_adults();
    adult.set_id("a");
    adult.set_seeks_job(true);
  }
  return *profile.mutable_adults(0);
}

void AddWantedOccupation(absl::string_view title, Draft& draft) {
  std::string text = draft.Line(200, title, "adults[0].occupations");
  profiles::v1::Adult& adult = AdultOf(draft);
  if (text.empty()) return;
  for (const auto& known : adult.occupations()) {
    if (absl::EqualsIgnoreCase(known.title(), text)) return;
  }
  if (adult.occupations_size() >= 10) {
    return draft.Repaired("list-cut", "adults[0].occupations");
  }
  adult.add_occupations()->set_title(std::move(text));
}

void AddOwnSkills(absl::string_view list, Draft& draft) {
  for (const absl::string_view skill :
       absl::StrSplit(list, absl::ByAnyChar(",;\n"))) {
    draft.AddTo(*AdultOf(draft).mutable_skills(), 100, skill,
                "adults[0].skills");
  }
}

void AddDegree(absl::string_view degree, Draft& draft) {
  const std::string lower = absl::AsciiStrToLower(degree);
  for (const auto& [word, level] : kDegrees) {
    if (!absl::StrContains(lower, word)) continue;
    profiles::v1::Adult& adult = AdultOf(draft);
    adult.set_requirement_level(std::max(adult.requirement_level(), level));
    return draft.Repaired("level-from-degree", "adults[0].requirement_level");
  }
}

void AddOwnLanguage(absl::string_view language, absl::string_view level,
                    Draft& draft) {
  AddLanguage(language, level, "adults[0].languages",
              *AdultOf(draft).mutable_languages(), draft);
  *draft.profile().mutable_contacts()->mutable_languages() =
      AdultOf(draft).languages();
}

void AddInterest(absl::string_view interest, Draft& draft) {
  draft.AddTo(*draft.profile().mutable_contacts()->mutable_interests(), 50,
              interest, "contacts.interests");
}

void AddBiographyHook(absl::string_view hook, Draft& draft) {
  draft.AddTo(*draft.profile().mutable_contacts()->mutable_biography_hooks(),
              50, hook, "contacts.biography_hooks");
}

void SetPersonal(absl::string_view name, absl::string_view email,
                 absl::string_view phone, absl::string_view note,
                 Draft& draft) {
  profiles::v1::PersonalPart personal;
  personal.set_display_name(draft.Line(200, name, "personal.display_name"));
  personal.set_email(draft.Line(254, email, "personal.email"));
  personal.set_phone_number(draft.Line(40, phone, "personal.phone_number"));
  personal.set_note(draft.Lines(10'000, note, "personal.note"));
  if (personal.ByteSizeLong() == 0) return;
  *draft.profile().mutable_personal() = std::move(personal);
}

}  // namespace heimweg::importers
