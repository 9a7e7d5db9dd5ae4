#include "services/jobs/job_kind.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "heimweg/type/v1/answer.pb.h"
#include "heimweg/type/v1/occupation.pb.h"
#include "services/occupations/occupation_inference.h"
#include "services/offers/common_rules.h"
#include "services/offers/offer_filter.h"
#include "services/server/errors.h"
#include "services/server/field_checks.h"

namespace heimweg::jobs {
namespace {

using server::Field;
using server::FieldChecks;
using type::v1::Answer_IsValid;
using v1::Job;

constexpr int64_t kMostCents = 100'000'000;
constexpr size_t kGroupDigits = 3;  // Of a KldB group.

constexpr std::array<absl::string_view, 15> kLicences = {
    "B",  "BE", "C1", "C1E", "C", "CE", "D1", "D",
    "DE", "AM", "A1", "A2",  "A", "L",  "T"};

bool IsKldbCode(absl::string_view code) {
  return code.size() >= 2 && code.size() <= 5 &&
         std::all_of(code.begin(), code.end(), absl::ascii_isdigit);
}

void CheckOccupations(const Job& job, FieldChecks& checks) {
  checks.Count("occupations", job.occupations_size(), 5);
  for (int i = 0; i < job.occupations_size(); ++i) {
    const type::v1::Occupation& occupation = job.occupations(i);
    if (occupation.kldb_code().empty() && occupation.esco_uri().empty() &&
        occupation.title().empty()) {
      checks.Add(Field("occupations", i),
                 "needs a kldb_code, an esco_uri or a title");
    }
    if (!occupation.kldb_code().empty() &&
        !IsKldbCode(occupation.kldb_code())) {
      checks.Add(Field("occupations", i, "kldb_code"),
                 "must have 2 to 5 digits");
    }
    checks.HttpUri(Field("occupations", i, "esco_uri"), occupation.esco_uri(),
                   2'000);
    checks.Text(Field("occupations", i, "title"), occupation.title(), 200);
  }
  checks.Known("requirement_level", job.requirement_level(),
               type::v1::RequirementLevel_IsValid);
}

void CheckTime(const Job& job, FieldChecks& checks) {
  checks.Known("employment_type", job.employment_type(),
               v1::EmploymentType_IsValid);
  if (job.has_weekly_hours()) {
    const v1::WeeklyHours& hours = job.weekly_hours();
    checks.Range("weekly_hours.minimum", hours.minimum(), 0.5, 80.0);
    if (hours.maximum() != 0) {
      checks.Range("weekly_hours.maximum", hours.maximum(), 0.5, 80.0);
      if (hours.maximum() < hours.minimum()) {
        checks.Add("weekly_hours.maximum", "must not be below minimum");
      }
    }
  }
  checks.Known("fixed_term", job.fixed_term(), Answer_IsValid);
  checks.Known("temp_agency", job.temp_agency(), Answer_IsValid);
  checks.Known("shift_work", job.shift_work(), Answer_IsValid);
  checks.Known("weekend_work", job.weekend_work(), Answer_IsValid);
  if (job.has_start_date()) checks.Day("start_date", job.start_date());
}

void CheckSalary(const v1::Salary& salary, FieldChecks& checks) {
  checks.Known("salary.period", salary.period(), v1::SalaryPeriod_IsValid);
  if (salary.has_minimum_cents()) {
    checks.Range<int64_t>("salary.minimum_cents", salary.minimum_cents(), 1,
                          kMostCents);
  }
  if (salary.has_maximum_cents()) {
    checks.Range<int64_t>("salary.maximum_cents", salary.maximum_cents(), 1,
                          kMostCents);
  }
  if (salary.has_minimum_cents() && salary.has_maximum_cents() &&
      salary.maximum_cents() < salary.minimum_cents()) {
    checks.Add("salary.maximum_cents", "must not be below minimum_cents");
  }
  if ((salary.has_minimum_cents() || salary.has_maximum_cents()) &&
      salary.period() == v1::SALARY_PERIOD_UNSPECIFIED) {
    checks.Add("salary.period", "is required with an amount");
  }
}

void CheckLicences(const Job& job, FieldChecks& checks) {
  checks.Count("driving_licences", job.driving_licences_size(), 10);
  for (int i = 0; i < job.driving_licences_size(); ++i) {
    if (std::find(kLicences.begin(), kLicences.end(),
                  job.driving_licences(i)) == kLicences.end()) {
      checks.Add(Field("driving_licences", i),
                 "must be one of B, BE, C1, C1E, C, CE, D1, D, DE, AM, A1, "
                 "A2, A, L, T");
    }
  }
}

void CheckEmployer(const v1::Employer& employer, FieldChecks& checks) {
  checks.Text("employer.display_name", employer.display_name(), 200);
  if (employer.has_employee_count()) {
    checks.Range("employer.employee_count", employer.employee_count(), 1,
                 10'000'000);
  }
  checks.Known("employer.family_friendly_certificate",
               employer.family_friendly_certificate(), Answer_IsValid);
  checks.HttpUri("employer.website_uri", employer.website_uri(), 2'000);
}

}  // namespace

std::vector<server::Violation> JobKind::Violations(const Offer& job) {
  FieldChecks checks;
  offers::CheckCommonFields(job, checks);
  if (!job.has_place() && job.remote_percent() != 100) {
    checks.Add("place", "is required unless remote_percent is 100");
  }
  CheckOccupations(job, checks);
  checks.EachText("required_skills", job.required_skills(), 50, 100);
  checks.EachText("optional_skills", job.optional_skills(), 50, 100);
  CheckTime(job, checks);
  if (job.has_salary()) CheckSalary(job.salary(), checks);
  if (job.has_remote_percent()) {
    checks.Range("remote_percent", job.remote_percent(), 0, 100);
  }
  checks.Count("languages", job.languages_size(), 10);
  checks.Languages("languages", job.languages());
  CheckLicences(job, checks);
  if (job.has_employer()) CheckEmployer(job.employer(), checks);
  return std::move(checks).Take();
}

void JobKind::SetOutputOnly(const occupations::OccupationCatalog& catalog,
                            Offer& job) {
  occupations::InferOccupations(catalog, job.title(),
                                *job.mutable_occupations());
}

std::vector<std::string> JobKind::Terms(const Offer& job) {
  std::vector<std::string> terms;
  for (const type::v1::Occupation& occupation : job.occupations()) {
    if (occupation.kldb_code().size() >= kGroupDigits) {
      terms.push_back(occupation.kldb_code().substr(0, kGroupDigits));
    }
  }
  return terms;
}

std::vector<server::Violation> JobKind::FilterViolations(const Filter& filter) {
  FieldChecks checks;
  offers::CheckDigitPrefixes("kldb_prefixes", filter.kldb_prefixes(), 2, 5,
                             checks);
  for (int i = 0; i < filter.employment_types_size(); ++i) {
    checks.Known(Field("employment_types", i), filter.employment_types(i),
                 v1::EmploymentType_IsValid);
  }
  return std::move(checks).Take();
}

std::optional<std::string> JobKind::Term(const Filter& filter) {
  if (filter.kldb_prefixes_size() != 1 ||
      filter.kldb_prefixes(0).size() < kGroupDigits) {
    return std::nullopt;
  }
  return filter.kldb_prefixes(0).substr(0, kGroupDigits);
}

bool JobKind::Matches(const Filter& filter, const Offer& job) {
  const auto& types = filter.employment_types();
  if (!types.empty() && std::find(types.begin(), types.end(),
                                  job.employment_type()) == types.end()) {
    return false;
  }
  return filter.kldb_prefixes().empty() ||
         std::any_of(job.occupations().begin(), job.occupations().end(),
                     [&](const type::v1::Occupation& occupation) {
                       return offers::HasPrefixOf(occupation.kldb_code(),
                                                  filter.kldb_prefixes());
                     });
}

}  // namespace heimweg::jobs
