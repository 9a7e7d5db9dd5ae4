#include "services/jobs/job_kind.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "services/occupations/occupation_catalog.h"

namespace heimweg::jobs {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;
using v1::Job;

Job AJob() {
  Job job;
  job.set_title("Pflegefachkraft");
  job.mutable_place()->set_postal_code("04910");
  return job;
}

std::vector<std::string> Paths(const Job& job) {
  std::vector<std::string> paths;
  for (const auto& violation : JobKind::Violations(job)) {
    paths.push_back(violation.field);
  }
  return paths;
}

// A change of a job that is right, and the fields that are then wrong.
struct Case {
  const char* what;
  std::function<void(Job&)> change;
  std::vector<std::string> wrong;
};

std::string Long(size_t length) { return std::string(length, 'x'); }

const std::vector<Case>& CommonCases() {
  static const auto* cases = new std::vector<Case>{
      {"nothing more", [](Job&) {}, {}},
      {"no title", [](Job& j) { j.clear_title(); }, {"title"}},
      {"long title", [](Job& j) { j.set_title(Long(201)); }, {"title"}},
      {"longest title", [](Job& j) { j.set_title(Long(200)); }, {}},
      {"long description",
       [](Job& j) { j.set_description(Long(20'001)); },
       {"description"}},
      {"unknown state",
       [](Job& j) { j.set_state(static_cast<type::v1::OfferState>(99)); },
       {"state"}},
      {"unknown visibility",
       [](Job& j) { j.set_visibility(static_cast<type::v1::Visibility>(99)); },
       {"visibility"}},
      {"no such language",
       [](Job& j) { j.set_language_code("xx"); },
       {"language_code"}},
      {"external id alone", [](Job& j) { j.set_external_id("1"); }, {"source"}},
      {"source alone", [](Job& j) { j.set_source("csv"); }, {}},
      {"long source", [](Job& j) { j.set_source(Long(101)); }, {"source"}},
      {"long external id",
       [](Job& j) {
         j.set_source("csv");
         j.set_external_id(Long(201));
       },
       {"external_id"}},
      {"no page", [](Job& j) { j.set_source_uri("csv"); }, {"source_uri"}},
      {"no capacity", [](Job& j) { j.set_capacity(0); }, {"capacity"}},
      {"great capacity", [](Job& j) { j.set_capacity(100'001); }, {"capacity"}},
      {"wrong time",
       [](Job& j) { j.mutable_verified_time()->set_nanos(-1); },
       {"verified_time"}},
      {"ends before it starts",
       [](Job& j) {
         j.mutable_validity()->mutable_start_time()->set_seconds(10);
         j.mutable_validity()->mutable_end_time()->set_seconds(10);
       },
       {"validity.end_time"}},
      {"long person",
       [](Job& j) {
         j.mutable_contact_person()->set_display_name(Long(201));
         j.mutable_contact_person()->set_email(Long(255));
         j.mutable_contact_person()->set_phone_number(Long(41));
       },
       {"contact_person.display_name", "contact_person.email",
        "contact_person.phone_number"}},
  };
  return *cases;
}

const std::vector<Case>& OwnCases() {
  static const auto* cases = new std::vector<Case>{
      {"no place", [](Job& j) { j.clear_place(); }, {"place"}},
      {"no place, partly remote",
       [](Job& j) {
         j.clear_place();
         j.set_remote_percent(99);
       },
       {"place"}},
      {"no place, wholly remote",
       [](Job& j) {
         j.clear_place();
         j.set_remote_percent(100);
       },
       {}},
      {"too remote",
       [](Job& j) { j.set_remote_percent(101); },
       {"remote_percent"}},
      {"empty occupation",
       [](Job& j) { j.add_occupations(); },
       {"occupations[0]"}},
      {"wrong codes",
       [](Job& j) {
         j.add_occupations()->set_kldb_code("8");
         j.add_occupations()->set_kldb_code("813021");
         j.add_occupations()->set_kldb_code("8130x");
         j.add_occupations()->set_kldb_code("81");
       },
       {"occupations[0].kldb_code", "occupations[1].kldb_code",
        "occupations[2].kldb_code"}},
      {"wrong occupation texts",
       [](Job& j) {
         j.add_occupations()->set_title(Long(201));
         j.add_occupations()->set_esco_uri("esco");
       },
       {"occupations[0].title", "occupations[1].esco_uri"}},
      {"many occupations",
       [](Job& j) {
         for (int i = 0; i < 6; ++i) j.add_occupations()->set_title("x");
       },
       {"occupations"}},
      {"wrong skills",
       [](Job& j) {
         j.add_required_skills("");
         j.add_optional_skills("x");
         j.add_optional_skills(Long(101));
       },
       {"required_skills[0]", "optional_skills[1]"}},
      {"many skills",
       [](Job& j) {
         for (int i = 0; i < 51; ++i) {
           j.add_required_skills("x");
           j.add_optional_skills("x");
         }
       },
       {"required_skills", "optional_skills"}},
      {"unknown values",
       [](Job& j) {
         j.set_requirement_level(static_cast<type::v1::RequirementLevel>(9));
         j.set_employment_type(static_cast<v1::EmploymentType>(9));
         j.set_fixed_term(static_cast<type::v1::Answer>(9));
         j.set_temp_agency(static_cast<type::v1::Answer>(9));
         j.set_shift_work(static_cast<type::v1::Answer>(9));
         j.set_weekend_work(static_cast<type::v1::Answer>(9));
       },
       {"requirement_level", "employment_type", "fixed_term", "temp_agency",
        "shift_work", "weekend_work"}},
      {"no hours",
       [](Job& j) { j.mutable_weekly_hours()->set_maximum(20); },
       {"weekly_hours.minimum"}},
      {"fewest hours alone",
       [](Job& j) { j.mutable_weekly_hours()->set_minimum(0.5); },
       {}},
      {"hours the wrong way round",
       [](Job& j) {
         j.mutable_weekly_hours()->set_minimum(30);
         j.mutable_weekly_hours()->set_maximum(20);
       },
       {"weekly_hours.maximum"}},
      {"too many hours",
       [](Job& j) {
         j.mutable_weekly_hours()->set_minimum(
             std::numeric_limits<double>::quiet_NaN());
         j.mutable_weekly_hours()->set_maximum(81);
       },
       {"weekly_hours.minimum", "weekly_hours.maximum"}},
      {"amount without a period",
       [](Job& j) { j.mutable_salary()->set_minimum_cents(1'500); },
       {"salary.period"}},
      {"period without an amount",
       [](Job& j) { j.mutable_salary()->set_period(v1::SALARY_PERIOD_HOUR); },
       {}},
      {"amounts the wrong way round",
       [](Job& j) {
         j.mutable_salary()->set_period(v1::SALARY_PERIOD_HOUR);
         j.mutable_salary()->set_minimum_cents(1'500);
         j.mutable_salary()->set_maximum_cents(1'499);
       },
       {"salary.maximum_cents"}},
      {"amounts out of range",
       [](Job& j) {
         j.mutable_salary()->set_period(static_cast<v1::SalaryPeriod>(9));
         j.mutable_salary()->set_minimum_cents(0);
         j.mutable_salary()->set_maximum_cents(100'000'001);
       },
       {"salary.period", "salary.minimum_cents", "salary.maximum_cents"}},
      {"wrong languages",
       [](Job& j) {
         j.add_languages()->set_language_code("DE");
         j.add_languages()->set_language_code("de");
         j.mutable_languages(1)->set_level(static_cast<type::v1::CefrLevel>(9));
       },
       {"languages[0].language_code", "languages[1].level"}},
      {"many languages and licences",
       [](Job& j) {
         for (int i = 0; i < 11; ++i) {
           j.add_languages()->set_language_code("de");
           j.add_driving_licences("B");
         }
       },
       {"languages", "driving_licences"}},
      {"no such licence",
       [](Job& j) {
         j.add_driving_licences("C1E");
         j.add_driving_licences("b");
       },
       {"driving_licences[1]"}},
      {"no such day",
       [](Job& j) {
         j.mutable_start_date()->set_year(2027);
         j.mutable_start_date()->set_month(2);
         j.mutable_start_date()->set_day(29);
       },
       {"start_date"}},
      {"wrong employer",
       [](Job& j) {
         j.mutable_employer()->set_display_name(Long(201));
         j.mutable_employer()->set_employee_count(0);
         j.mutable_employer()->set_family_friendly_certificate(
             static_cast<type::v1::Answer>(9));
         j.mutable_employer()->set_website_uri("www");
       },
       {"employer.display_name", "employer.employee_count",
        "employer.family_friendly_certificate", "employer.website_uri"}},
  };
  return *cases;
}

void ExpectWrong(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    Job job = AJob();
    one.change(job);
    EXPECT_THAT(Paths(job), ::testing::ElementsAreArray(one.wrong)) << one.what;
  }
}

TEST(JobKindTest, KeepsTheRulesThatAllOffersShare) {
  ExpectWrong(CommonCases());
}

TEST(JobKindTest, KeepsTheRulesOfJobs) { ExpectWrong(OwnCases()); }

TEST(JobKindTest, HasTheOccupationOfItsTitleIfItNamesNone) {
  const auto& catalog = *occupations::OccupationCatalog::BuiltIn();
  Job job = AJob();
  job.clear_occupations();
  JobKind::SetOutputOnly(catalog, job);
  ASSERT_THAT(job.occupations(), SizeIs(1));
  EXPECT_EQ(job.occupations(0).kldb_code(), "813");
  EXPECT_TRUE(job.occupations(0).inferred());
  EXPECT_THAT(JobKind::Violations(job), IsEmpty());
  // Read, changed, and sent back.
  job.set_title("Bäcker (m/w/d)");
  JobKind::SetOutputOnly(catalog, job);
  EXPECT_THAT(JobKind::Terms(job), ElementsAre("292"));
  job.add_occupations()->set_title("Imker");
  JobKind::SetOutputOnly(catalog, job);
  ASSERT_THAT(job.occupations(), SizeIs(1));
  EXPECT_EQ(job.occupations(0).title(), "Imker");
}

TEST(JobKindTest, IsFoundByTheGroupsOfItsOccupations) {
  Job job = AJob();
  job.add_occupations()->set_kldb_code("81302");
  job.add_occupations()->set_kldb_code("814");
  job.add_occupations()->set_kldb_code("24");
  job.add_occupations()->set_title("Imker");
  EXPECT_THAT(JobKind::Terms(job), ElementsAre("813", "814"));
}

TEST(JobKindTest, AFilterHasATermIfAllMatchesHaveIt) {
  v1::JobFilter filter;
  EXPECT_EQ(JobKind::Term(filter), std::nullopt);
  filter.add_kldb_prefixes("8130");
  EXPECT_THAT(JobKind::Term(filter), Optional(Eq("813")));
  filter.add_kldb_prefixes("24");
  EXPECT_EQ(JobKind::Term(filter), std::nullopt);
  filter.clear_kldb_prefixes();
  filter.add_kldb_prefixes("81");
  EXPECT_EQ(JobKind::Term(filter), std::nullopt);
}

TEST(JobKindTest, ChecksItsFilter) {
  v1::JobFilter filter;
  filter.add_kldb_prefixes("81");
  filter.add_employment_types(v1::EMPLOYMENT_TYPE_EMPLOYEE);
  EXPECT_THAT(JobKind::FilterViolations(filter), IsEmpty());
  filter.add_kldb_prefixes("813021");
  filter.add_employment_types(static_cast<v1::EmploymentType>(9));
  std::vector<std::string> paths;
  for (const auto& violation : JobKind::FilterViolations(filter)) {
    paths.push_back(violation.field);
  }
  EXPECT_THAT(paths, ElementsAre("kldb_prefixes[1]", "employment_types[1]"));
}

}  // namespace
}  // namespace heimweg::jobs
