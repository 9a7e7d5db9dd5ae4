#include "services/households/violations.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/server/errors.h"

namespace heimweg::households {
namespace {

using ::heimweg::profiles::v1::Profile;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

absl::Time Now() {
  return absl::FromCivil(absl::CivilDay(2026, 8, 1), absl::UTCTimeZone());
}

Profile ParseProfile(const std::string& text) {
  Profile profile;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &profile))
      << text;
  return profile;
}

std::vector<std::string> Paths(const Profile& profile) {
  std::vector<std::string> paths;
  for (const server::Violation& violation : Violations(profile, Now())) {
    paths.push_back(violation.field);
  }
  return paths;
}

std::string Repeat(int count, absl::string_view text) {
  std::string all;
  for (int i = 0; i < count; ++i) absl::StrAppend(&all, text, " ");
  return all;
}

// `count` of what `text` describes, `$` standing for a number of its own.
std::string Numbered(int count, absl::string_view text) {
  std::string all;
  for (int i = 0; i < count; ++i) {
    for (const char c : text) {
      if (c == '$') {
        absl::StrAppend(&all, i);
      } else {
        all.push_back(c);
      }
    }
    all.push_back(' ');
  }
  return all;
}

std::string Quoted(int length) {
  return absl::StrCat("'", std::string(length, 'x'), "'");
}

// Text of a profile, and the paths of what is wrong with it.
struct Case {
  std::string profile;
  std::vector<std::string> paths;
};

void ExpectPaths(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    EXPECT_THAT(Paths(ParseProfile(c.profile)), ElementsAreArray(c.paths))
        << c.profile;
  }
}

std::string Adult(absl::string_view fields) {
  return absl::StrCat("adults { id: 'a' ", fields, " }");
}

std::string Anchor(absl::string_view fields) {
  return absl::StrCat("anchors { id: 'a' place { postal_code: '04910' } ",
                      fields, " }");
}

TEST(Violations, AnEmptyProfileHasNone) {
  EXPECT_THAT(Paths(Profile()), IsEmpty());
}

TEST(Violations, AFullProfileAtItsLimitsHasNone) {
  EXPECT_THAT(
      Paths(ParseProfile(absl::StrCat(
          Adult(absl::StrCat(
              "seeks_job: true", " occupations { kldb_code: '81302' } ",
              Repeat(9,
                     absl::StrCat("occupations { title: ", Quoted(200), " }")),
              Repeat(100, absl::StrCat("skills: ", Quoted(100))),
              " requirement_level: REQUIREMENT_LEVEL_EXPERT"
              " weekly_hours { minimum: 0.5 maximum: 80 }"
              " salary { floor_cents: 100000000 period: SALARY_PERIOD_YEAR }",
              Repeat(20, "languages { language_code: 'de' }"),
              Repeat(15, "driving_licences: 'C1E'"),
              Repeat(100, absl::StrCat("excluded_employers: ", Quoted(200))),
              " employment_types: EMPLOYMENT_TYPE_MARGINAL")),
          Numbered(9, "adults { id: 'b$' }"),
          " children { id: 'c' birth_year: 1990 }",
          Numbered(14, "children { id: 'c$' birth_year: 2027 }"),
          " pets: PET_DOG pets: PET_DOG ", Anchor("radius_km: 1000 weight: 10"),
          Numbered(9,
                   "anchors { id: 'b$' place { ags: '12062' }"
                   " commute_minutes: 600 weight: 0 }"),
          " return_window { earliest { year: 2028 month: 2 day: 29 }"
          " latest { year: 2028 month: 2 day: 29 } }"
          " housing { tenures: TENURE_BUY"
          " max_monthly_warm_rent_cents: 10000000"
          " max_price_cents: 100000000000 min_rooms: 0.5"
          " living_area_sqm: 10000 home_types: HOME_TYPE_FLAT"
          " accessibility: ACCESSIBILITY_NONE has_wbs: ANSWER_NO"
          " equipment: EQUIPMENT_GARDEN broadband_mbps: 100000 }"
          " contacts { contact_types: CONTACT_TYPE_CLUB ",
          Repeat(50, absl::StrCat("interests: ", Quoted(100))),
          Repeat(50, absl::StrCat("biography_hooks: ", Quoted(100))),
          "} weights { occupation: 0 freshness: 10 }"
          " notifications { enabled: true threshold_millionths: 1000000"
          " daily_budget: 100 quiet_from_minute: 1439 quiet_until_minute: 0 }",
          Repeat(1000, "dismissed_offers: 'networks/n/jobs/j'")))),
      IsEmpty());
}

TEST(Violations, TellsHowManyElementsAreTooMany) {
  ExpectPaths({
      {Numbered(11, "adults { id: 'a$' }"), {"adults"}},
      {Numbered(16, "children { id: 'c$' birth_year: 2000 }"), {"children"}},
      {Numbered(11, "anchors { id: 'c$' place { ags: '12062124' } }"),
       {"anchors"}},
      {Repeat(1001, "dismissed_offers: 'networks/n/homes/h'"),
       {"dismissed_offers"}},
      {absl::StrCat("contacts {", Repeat(51, "interests: 'x'"), "}"),
       {"contacts.interests"}},
      {absl::StrCat("contacts {", Repeat(51, "biography_hooks: 'x'"), "}"),
       {"contacts.biography_hooks"}},
      {Adult(Repeat(11, "occupations { title: 'x' }")),
       {"adults[0].occupations"}},
      {Adult(Repeat(101, "skills: 'x'")), {"adults[0].skills"}},
      {Adult(Repeat(21, "languages { language_code: 'de' }")),
       {"adults[0].languages"}},
      {Adult(Repeat(16, "driving_licences: 'B'")),
       {"adults[0].driving_licences"}},
      {Adult(Repeat(101, "excluded_employers: 'x'")),
       {"adults[0].excluded_employers"}},
  });
}

TEST(Violations, IdsAreWellFormedAndUniqueAmongTheirLike) {
  ExpectPaths({
      {"adults { }", {"adults[0].id"}},
      {"adults { id: 'A' }", {"adults[0].id"}},
      {absl::StrCat("adults { id: ", Quoted(64), " }"), {"adults[0].id"}},
      {absl::StrCat("adults { id: ", Quoted(63), " }"), {}},
      {"adults { id: 'a' } adults { id: 'a' }", {"adults[1].id"}},
      {"adults { } adults { }", {"adults[0].id", "adults[1].id"}},
      {"children { id: 'c' birth_year: 2000 }"
       "children { id: 'c' birth_year: 2000 }",
       {"children[1].id"}},
      {Anchor("") + Anchor(""), {"anchors[1].id"}},
      {"adults { id: 'x' } children { id: 'x' birth_year: 2000 }", {}},
  });
}

TEST(Violations, OccupationsNeedACodeOrATitleInTheRightForm) {
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

TEST(Violations, WorkingLifeKeepsItsRanges) {
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

TEST(Violations, LicencesAreKnownClassesAndNoneStandsAlone) {
  ExpectPaths({
      {Adult("driving_licences: 'NONE'"), {}},
      {Adult("driving_licences: 'B' driving_licences: 'NONE'"),
       {"adults[0].driving_licences[1]"}},
      {Adult("driving_licences: 'b'"), {"adults[0].driving_licences[0]"}},
      {Adult("driving_licences: ''"), {"adults[0].driving_licences[0]"}},
      {Adult("driving_licences: 'B' driving_licences: 'T'"), {}},
  });
}

TEST(Violations, ChildrenAreBornFrom1990ToNextYear) {
  ExpectPaths({
      {"children { id: 'c' }", {"children[0].birth_year"}},
      {"children { id: 'c' birth_year: 1989 }", {"children[0].birth_year"}},
      {"children { id: 'c' birth_year: 2027 }", {}},
      {"children { id: 'c' birth_year: 2028 }", {"children[0].birth_year"}},
  });
}

TEST(Violations, PetsAreKnownKinds) {
  ExpectPaths({
      {"pets: PET_OTHER", {}},
      {"pets: PET_UNSPECIFIED", {"pets[0]"}},
      {"pets: PET_CAT pets: 5", {"pets[1]"}},
  });
}

TEST(Violations, AnchorsHaveAPlaceAndALimitInRange) {
  ExpectPaths({
      {"anchors { id: 'a' }", {"anchors[0].place.postal_code"}},
      {"anchors { id: 'a' place { street_address: 'x' } }",
       {"anchors[0].place.postal_code"}},
      {"anchors { id: 'a' place { resolved { ags: '12062124' } } }",
       {"anchors[0].place.postal_code"}},
      {"anchors { id: 'a' place { postal_code: '4910' } }",
       {"anchors[0].place.postal_code"}},
      {"anchors { id: 'a' place { ags: '120621' } }", {"anchors[0].place.ags"}},
      {absl::StrCat("anchors { id: 'a' place { municipality: ", Quoted(101),
                    " } }"),
       {"anchors[0].place.municipality"}},
      {absl::StrCat("anchors { id: 'a' place { ags: '12062124'"
                    " street_address: ",
                    Quoted(201), " } }"),
       {"anchors[0].place.street_address"}},
      {"anchors { id: 'a' place { location { latitude: 91 longitude: -181 } }"
       " }",
       {"anchors[0].place.location.latitude",
        "anchors[0].place.location.longitude"}},
      {Anchor("radius_km: 0"), {"anchors[0].radius_km"}},
      {Anchor("radius_km: nan"), {"anchors[0].radius_km"}},
      {Anchor("radius_km: 1000.5"), {"anchors[0].radius_km"}},
      {Anchor("radius_km: 0.1"), {}},
      {Anchor("commute_minutes: 0"), {"anchors[0].commute_minutes"}},
      {Anchor("commute_minutes: 601"), {"anchors[0].commute_minutes"}},
      {Anchor("commute_mode: 5"), {"anchors[0].commute_mode"}},
      {Anchor("weight: -1"), {"anchors[0].weight"}},
      {Anchor("weight: 11"), {"anchors[0].weight"}},
  });
}

TEST(Violations, TheReturnWindowHasRealDaysInOrder) {
  ExpectPaths({
      {"return_window { earliest { year: 2027 month: 2 day: 29 } }",
       {"return_window.earliest"}},
      {"return_window { earliest { } }", {"return_window.earliest"}},
      {"return_window { latest { year: 2201 month: 1 day: 1 } }",
       {"return_window.latest"}},
      {"return_window { latest { year: 2027 month: 13 day: 1 } }",
       {"return_window.latest"}},
      {"return_window { latest { year: 2027 month: 2147483647 day: 1 } }",
       {"return_window.latest"}},
      {"return_window { earliest { year: 2027 month: 8 day: 2 }"
       " latest { year: 2027 month: 8 day: 1 } }",
       {"return_window.latest"}},
  });
}

TEST(Violations, TheHousingWishKeepsItsRanges) {
  ExpectPaths({
      {"housing { tenures: TENURE_UNSPECIFIED }", {"housing.tenures[0]"}},
      {"housing { tenures: TENURE_RENT tenures: 5 }", {"housing.tenures[1]"}},
      {"housing { max_monthly_warm_rent_cents: 0 }",
       {"housing.max_monthly_warm_rent_cents"}},
      {"housing { max_monthly_warm_rent_cents: 10000001 }",
       {"housing.max_monthly_warm_rent_cents"}},
      {"housing { max_price_cents: 0 }", {"housing.max_price_cents"}},
      {"housing { max_price_cents: 100000000001 }",
       {"housing.max_price_cents"}},
      {"housing { min_rooms: 0 }", {"housing.min_rooms"}},
      {"housing { min_rooms: 2.25 }", {"housing.min_rooms"}},
      {"housing { min_rooms: 100.5 }", {"housing.min_rooms"}},
      {"housing { min_rooms: 2.5 }", {}},
      {"housing { living_area_sqm: 0.9 }", {"housing.living_area_sqm"}},
      {"housing { living_area_sqm: 10001 }", {"housing.living_area_sqm"}},
      {"housing { living_area_sqm: nan }", {"housing.living_area_sqm"}},
      {"housing { home_types: 8 }", {"housing.home_types[0]"}},
      {"housing { accessibility: ACCESSIBILITY_UNSPECIFIED }",
       {"housing.accessibility[0]"}},
      {"housing { accessibility: ACCESSIBILITY_NONE"
       " accessibility: ACCESSIBILITY_LIFT }",
       {"housing.accessibility[0]"}},
      {"housing { has_wbs: 3 }", {"housing.has_wbs"}},
      {"housing { equipment: EQUIPMENT_UNSPECIFIED }",
       {"housing.equipment[0]"}},
      {"housing { broadband_mbps: 0 }", {"housing.broadband_mbps"}},
      {"housing { broadband_mbps: 100001 }", {"housing.broadband_mbps"}},
  });
}

TEST(Violations, TheContactWishKeepsItsRanges) {
  ExpectPaths({
      {"contacts { contact_types: 10 }", {"contacts.contact_types[0]"}},
      {"contacts { interests: '' }", {"contacts.interests[0]"}},
      {absl::StrCat("contacts { biography_hooks: ", Quoted(101), " }"),
       {"contacts.biography_hooks[0]"}},
      {"contacts { languages { language_code: 'deu' } }",
       {"contacts.languages[0].language_code"}},
  });
}

TEST(Violations, WeightsAndNotificationsKeepTheirRanges) {
  ExpectPaths({
      {"weights { occupation: -1 people: 11 }",
       {"weights.occupation", "weights.people"}},
      {"weights { freshness: 11 }", {"weights.freshness"}},
      {"notifications { threshold_millionths: 1000001 }",
       {"notifications.threshold_millionths"}},
      {"notifications { threshold_millionths: -1 }",
       {"notifications.threshold_millionths"}},
      {"notifications { daily_budget: 101 }", {"notifications.daily_budget"}},
      {"notifications { quiet_from_minute: 1440 quiet_until_minute: -1 }",
       {"notifications.quiet_from_minute", "notifications.quiet_until_minute"}},
  });
}

TEST(Violations, DismissedOffersAreNamesOfOffers) {
  for (const absl::string_view name :
       {"", "networks/n/jobs/", "networks/-/jobs/j", "networks/n/cars/c",
        "jobs/j", "networks/n/jobs/j/x", "networks/n/jobs/J"}) {
    EXPECT_THAT(
        Paths(ParseProfile(absl::StrCat("dismissed_offers: '", name, "'"))),
        ElementsAre("dismissed_offers[0]"))
        << name;
  }
}

TEST(Violations, AllAreReportedAtOnceAndRepeatNoValue) {
  const std::vector<server::Violation> violations = Violations(
      ParseProfile("adults { id: 'SECRET' skills: 'SECRET' skills: ''"
                   " driving_licences: 'SECRET' }"
                   "anchors { id: 'a' place { postal_code: 'SECRET' } }"
                   "dismissed_offers: 'SECRET'"),
      Now());

  EXPECT_EQ(violations.size(), 5U);
  for (const server::Violation& violation : violations) {
    EXPECT_THAT(violation.field, Not(HasSubstr("SECRET")));
    EXPECT_THAT(violation.description, Not(HasSubstr("SECRET")));
  }
}

TEST(Violations, CountsCharactersAndNotBytes) {
  std::string umlauts;
  for (int i = 0; i < 100; ++i) umlauts += "ä";
  Profile profile;
  profile.mutable_contacts()->add_interests(umlauts);
  EXPECT_THAT(Paths(profile), IsEmpty());
  profile.mutable_contacts()->set_interests(0, umlauts + "ä");
  EXPECT_THAT(Paths(profile), ElementsAre("contacts.interests[0]"));
}

}  // namespace
}  // namespace heimweg::households
