#include "services/households/adult.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "heimweg/jobs/v1/job.pb.h"
#include "heimweg/type/v1/occupation.pb.h"
#include "services/households/text.h"
#include "services/server/field_checks.h"

namespace heimweg::households {
namespace {

constexpr absl::string_view kLicences[] = {"B",  "BE", "C1", "C1E", "C",
                                           "CE", "D1", "D",  "DE",  "AM",
                                           "A1", "A2", "A",  "L",   "T"};
constexpr absl::string_view kNoLicence = "NONE";
constexpr absl::string_view kEscoOccupation =
    "http://data.europa.eu/esco/occupation/";

void CheckOccupation(const type::v1::Occupation& occupation,
                     server::FieldChecks checks) {
  const bool named = !occupation.kldb_code().empty() ||
                     !occupation.esco_uri().empty() ||
                     !occupation.title().empty();
  checks.Expect(named, "kldb_code",
                "one of kldb_code, esco_uri and title must be set");
  checks.Expect(
      occupation.kldb_code().empty() || IsDigits(occupation.kldb_code(), 2, 5),
      "kldb_code", "must be 2 to 5 digits");
  checks.Expect(occupation.esco_uri().empty() ||
                    (absl::StartsWith(occupation.esco_uri(), kEscoOccupation) &&
                     occupation.esco_uri().size() > kEscoOccupation.size()),
                "esco_uri",
                "must be http://data.europa.eu/esco/occupation/<uuid>");
  checks.Text("title", occupation.title(), 200);
}

void CheckWeeklyHours(const jobs::v1::WeeklyHours& hours,
                      server::FieldChecks checks) {
  checks.Range("minimum", hours.minimum(), 0.5, 80.0);
  checks.Expect(hours.maximum() == 0 || (hours.minimum() <= hours.maximum() &&
                                         hours.maximum() <= 80),
                "maximum", "must be 0 or from the minimum to 80");
}

void CheckSalary(const profiles::v1::SalaryWish& salary,
                 server::FieldChecks checks) {
  checks.Range<int64_t>("floor_cents", salary.floor_cents(), 1, 100'000'000);
  checks.Expect(salary.period() != jobs::v1::SALARY_PERIOD_UNSPECIFIED &&
                    jobs::v1::SalaryPeriod_IsValid(salary.period()),
                "period", "must be hour, month or year");
}

void CheckLicences(const profiles::v1::Adult& adult,
                   server::FieldChecks& checks) {
  const auto& licences = adult.driving_licences();
  checks.Count("driving_licences", licences.size(), 15);
  for (int i = 0; i < licences.size(); ++i) {
    const absl::string_view licence = licences[i];
    const server::Field field("driving_licences", i);
    if (licence == kNoLicence) {
      checks.Expect(licences.size() == 1, field, "NONE must stand alone");
      continue;
    }
    checks.Expect(std::find(std::begin(kLicences), std::end(kLicences),
                            licence) != std::end(kLicences),
                  field,
                  "must be B, BE, C1, C1E, C, CE, D1, D, DE, AM, A1, A2, A, "
                  "L, T or NONE");
  }
}

}  // namespace

void CheckAdult(const profiles::v1::Adult& adult, server::FieldChecks checks) {
  checks.Count("occupations", adult.occupations_size(), 10);
  for (int i = 0; i < adult.occupations_size(); ++i) {
    CheckOccupation(adult.occupations(i),
                    checks.In(server::Field("occupations", i)));
  }
  checks.EachText("skills", adult.skills(), 100, 100);
  checks.Known("requirement_level", adult.requirement_level(),
               type::v1::RequirementLevel_IsValid);
  if (adult.has_weekly_hours()) {
    CheckWeeklyHours(adult.weekly_hours(), checks.In("weekly_hours"));
  }
  if (adult.has_salary()) CheckSalary(adult.salary(), checks.In("salary"));
  if (adult.has_max_commute_minutes()) {
    checks.Range("max_commute_minutes", adult.max_commute_minutes(), 1, 600);
  }
  if (adult.has_max_commute_km()) {
    checks.Range("max_commute_km", adult.max_commute_km(), 0.001, 1'000.0);
  }
  checks.Known("commute_mode", adult.commute_mode(),
               profiles::v1::CommuteMode_IsValid);
  checks.Count("languages", adult.languages_size(), 20);
  checks.Languages("languages", adult.languages());
  CheckLicences(adult, checks);
  checks.EachText("excluded_employers", adult.excluded_employers(), 100, 200);
  checks.EachKnown("employment_types", adult.employment_types(),
                   jobs::v1::EmploymentType_IsValid);
}

}  // namespace heimweg::households
