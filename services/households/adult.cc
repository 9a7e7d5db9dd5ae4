#include "services/households/adult.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/type/v1/language.pb.h"
#include "heimweg/type/v1/occupation.pb.h"
#include "services/households/findings.h"
#include "services/households/text.h"

namespace heimweg::households {
namespace {

constexpr absl::string_view kLicences[] = {"B",  "BE", "C1", "C1E", "C",
                                           "CE", "D1", "D",  "DE",  "AM",
                                           "A1", "A2", "A",  "L",   "T"};
constexpr absl::string_view kNoLicence = "NONE";
constexpr absl::string_view kEscoOccupation =
    "http://data.europa.eu/esco/occupation/";

void CheckOccupation(const type::v1::Occupation& occupation,
                     const Findings& findings) {
  const bool named = !occupation.kldb_code().empty() ||
                     !occupation.esco_uri().empty() ||
                     !occupation.title().empty();
  findings.Expect(named, "kldb_code",
                  "one of kldb_code, esco_uri and title must be set");
  findings.Expect(
      occupation.kldb_code().empty() || IsDigits(occupation.kldb_code(), 2, 5),
      "kldb_code", "must be 2 to 5 digits");
  findings.Expect(
      occupation.esco_uri().empty() ||
          (absl::StartsWith(occupation.esco_uri(), kEscoOccupation) &&
           occupation.esco_uri().size() > kEscoOccupation.size()),
      "esco_uri", "must be http://data.europa.eu/esco/occupation/<uuid>");
  findings.ExpectShort(200, occupation.title(), "title");
}

void CheckWeeklyHours(const jobs::v1::WeeklyHours& hours,
                      const Findings& findings) {
  findings.Expect(0.5 <= hours.minimum() && hours.minimum() <= 80, "minimum",
                  "must be 0.5 to 80");
  findings.Expect(hours.maximum() == 0 || (hours.minimum() <= hours.maximum() &&
                                           hours.maximum() <= 80),
                  "maximum", "must be 0 or from the minimum to 80");
}

void CheckSalary(const profiles::v1::SalaryWish& salary,
                 const Findings& findings) {
  findings.ExpectWithin(1, 100'000'000, salary.floor_cents(), "floor_cents");
  findings.Expect(salary.period() != jobs::v1::SALARY_PERIOD_UNSPECIFIED &&
                      jobs::v1::SalaryPeriod_IsValid(salary.period()),
                  "period", "must be hour, month or year");
}

void CheckLicences(const profiles::v1::Adult& adult, const Findings& findings) {
  const auto& licences = adult.driving_licences();
  findings.ExpectAtMost(15, licences.size(), "driving_licences");
  for (int i = 0; i < licences.size(); ++i) {
    const absl::string_view licence = licences[i];
    if (licence == kNoLicence) {
      findings.Expect(licences.size() == 1, "driving_licences", i,
                      "NONE must stand alone");
      continue;
    }
    findings.Expect(std::find(std::begin(kLicences), std::end(kLicences),
                              licence) != std::end(kLicences),
                    "driving_licences", i,
                    "must be B, BE, C1, C1E, C, CE, D1, D, DE, AM, A1, A2, A, "
                    "L, T or NONE");
  }
}

}  // namespace

void CheckAdult(const profiles::v1::Adult& adult, const Findings& findings) {
  findings.ExpectAtMost(10, adult.occupations_size(), "occupations");
  for (int i = 0; i < adult.occupations_size(); ++i) {
    CheckOccupation(adult.occupations(i), findings.In("occupations", i));
  }
  findings.ExpectTerms(100, 100, adult.skills(), "skills");
  findings.ExpectKnown(type::v1::RequirementLevel_IsValid,
                       adult.requirement_level(), "requirement_level");
  if (adult.has_weekly_hours()) {
    CheckWeeklyHours(adult.weekly_hours(), findings.In("weekly_hours"));
  }
  if (adult.has_salary()) CheckSalary(adult.salary(), findings.In("salary"));
  if (adult.has_max_commute_minutes()) {
    findings.ExpectWithin(1, 600, adult.max_commute_minutes(),
                          "max_commute_minutes");
  }
  if (adult.has_max_commute_km()) {
    findings.Expect(
        0.001 <= adult.max_commute_km() && adult.max_commute_km() <= 1'000,
        "max_commute_km", "must be above 0 and at most 1,000");
  }
  findings.ExpectKnown(profiles::v1::CommuteMode_IsValid, adult.commute_mode(),
                       "commute_mode");
  findings.ExpectAtMost(20, adult.languages_size(), "languages");
  CheckLanguages(adult.languages(), findings);
  CheckLicences(adult, findings);
  findings.ExpectTerms(100, 200, adult.excluded_employers(),
                       "excluded_employers");
  findings.ExpectAllKnown(jobs::v1::EmploymentType_IsValid,
                          adult.employment_types(), "employment_types");
}

void CheckLanguages(const google::protobuf::RepeatedPtrField<
                        type::v1::LanguageSkill>& languages,
                    const Findings& findings) {
  for (int i = 0; i < languages.size(); ++i) {
    const Findings skill = findings.In("languages", i);
    skill.Expect(IsLanguageCode(languages[i].language_code()), "language_code",
                 "must be an ISO 639-1 code in lower case, such as de");
    skill.ExpectKnown(type::v1::CefrLevel_IsValid, languages[i].level(),
                      "level");
  }
}

}  // namespace heimweg::households
