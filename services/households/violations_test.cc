#include "services/households/violations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "heimweg/profiles/v1/profile.pb.h"
#include "services/households/testing/profile_text.h"
#include "services/server/errors.h"

namespace heimweg::households::testing {
namespace {

using ::heimweg::profiles::v1::Profile;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

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
      {"anchors { id: 'a' }", {"anchors[0].place"}},
      {"anchors { id: 'a' place { street_address: 'x' } }",
       {"anchors[0].place"}},
      {"anchors { id: 'a' place { resolved { ags: '12062124' } } }",
       {"anchors[0].place"}},
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
      {"housing { excluded_landlords: '' }", {"housing.excluded_landlords[0]"}},
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
}  // namespace heimweg::households::testing
