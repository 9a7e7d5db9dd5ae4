#include "services/households/adult.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "services/households/testing/profile_text.h"

namespace heimweg::households::testing {
namespace {

TEST(AdultViolations, OccupationsNeedACodeOrATitleInTheRightForm) {
  const std::string path = "adults[0].occupations[0].";
  ExpectPaths({
      {Adult("occupations { }"), {path + "kldb_code"}},
      {Adult("occupations { inferred: true }"), {path + "kldb_code"}},
      {Adult("occupations { kldb_code: '8' }"), {path + "kldb_code"}},
      {Adult("occupations { kldb_code: '81' }"), {}},
      {Adult("occupations { kldb_code: '813021' }"), {path + "kldb_code"}},
      {Adult("occupations { title: 'x' } occupations { kldb_code: '8a' }"),
       {"adults[0].occupations[1].kldb_code"}},
      {Adult("occupations { esco_uri: 'https://example.org/' }"),
       {path + "esco_uri"}},
      {Adult("occupations {"
             " esco_uri: 'http://data.europa.eu/esco/occupation/1' }"),
       {}},
      {Adult(absl::StrCat("occupations { title: ", Quoted(201), " }")),
       {path + "title"}},
  });
}

TEST(AdultViolations, WorkingLifeKeepsItsRanges) {
  ExpectPaths({
      {Adult("skills: ''"), {"adults[0].skills[0]"}},
      {Adult(absl::StrCat("skills: 'a' skills: ", Quoted(101))),
       {"adults[0].skills[1]"}},
      {Adult("requirement_level: 9"), {"adults[0].requirement_level"}},
      {Adult("weekly_hours { }"), {"adults[0].weekly_hours.minimum"}},
      {Adult("weekly_hours { minimum: 0.4 }"),
       {"adults[0].weekly_hours.minimum"}},
      {Adult("weekly_hours { minimum: nan }"),
       {"adults[0].weekly_hours.minimum"}},
      {Adult("weekly_hours { minimum: 81 }"),
       {"adults[0].weekly_hours.minimum"}},
      {Adult("weekly_hours { minimum: 20 maximum: 19 }"),
       {"adults[0].weekly_hours.maximum"}},
      {Adult("weekly_hours { minimum: 20 maximum: 81 }"),
       {"adults[0].weekly_hours.maximum"}},
      {Adult("salary { floor_cents: 1 }"), {"adults[0].salary.period"}},
      {Adult("salary { floor_cents: 1 period: 7 }"),
       {"adults[0].salary.period"}},
      {Adult("salary { period: SALARY_PERIOD_HOUR }"),
       {"adults[0].salary.floor_cents"}},
      {Adult("salary { floor_cents: 100000001 period: SALARY_PERIOD_HOUR }"),
       {"adults[0].salary.floor_cents"}},
      {Adult("languages { language_code: 'DE' }"),
       {"adults[0].languages[0].language_code"}},
      {Adult("languages { language_code: 'xx' }"),
       {"adults[0].languages[0].language_code"}},
      {Adult("languages { language_code: 'de' level: 8 }"),
       {"adults[0].languages[0].level"}},
      {Adult("excluded_employers: ''"), {"adults[0].excluded_employers[0]"}},
      {Adult(absl::StrCat("excluded_employers: ", Quoted(201))),
       {"adults[0].excluded_employers[0]"}},
      {Adult("employment_types: EMPLOYMENT_TYPE_UNSPECIFIED"),
       {"adults[0].employment_types[0]"}},
      {Adult("employment_types: 6"), {"adults[0].employment_types[0]"}},
  });
}

TEST(AdultViolations, LicencesAreKnownClassesAndNoneStandsAlone) {
  ExpectPaths({
      {Adult("driving_licences: 'NONE'"), {}},
      {Adult("driving_licences: 'B' driving_licences: 'NONE'"),
       {"adults[0].driving_licences[1]"}},
      {Adult("driving_licences: 'b'"), {"adults[0].driving_licences[0]"}},
      {Adult("driving_licences: ''"), {"adults[0].driving_licences[0]"}},
      {Adult("driving_licences: 'B' driving_licences: 'T'"), {}},
  });
}

}  // namespace
}  // namespace heimweg::households::testing
